"""Finds out whether the site asks for a choice, and what it proves that no dialog shows.

A dialog may come late, or with the visitor's first movement. So a dialog counts as not shown only when
the page was watched for `consent.late_s` of page time and the visitor has moved the pointer and scrolled. And it counts
as missing only where its description is known to fit: the document holds it, hidden, or another visitor was shown it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.browser.pointer import wait_for_picture
from consentinel.browser.spec import BrowserSpec, CookiePolicy
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure
from consentinel.consent.dialog_driver import EFFECT, DialogDriver
from consentinel.evidence.records import StoredItem
from consentinel.site.classify import is_choice
from consentinel.site.hosts import covered, host_of, pattern_of
from consentinel.visitor import sitemap
from consentinel.visitor.page import Page
from consentinel.visitor.visitor import Visitor

EDGE = 2
"""The distance from the window's left edge, in CSS pixels, at which the pointer moves: little lies there."""

NOTCH = 100
"""How far one turn of the wheel scrolls, in CSS pixels."""


PAGES = 6
"""How many pages are read to see whether one of them asks again."""


class Sight(NamedTuple):
    """Whether the dialog shows. `doubt` says why its absence proves nothing; empty where it proves something."""

    shows: bool
    doubt: str = ""


class Others(NamedTuple):
    """The items in the choice's place: of a visitor who accepted everything, and of a later one who did not choose."""

    agreed: tuple[StoredItem, ...] = ()
    untouched: tuple[StoredItem, ...] = ()


def rejects_all_of(host: str, spec: BrowserSpec) -> bool:
    """Return whether a browser rejects every cookie of this host: of all hosts, or of the host's site."""
    return spec.cookies is CookiePolicy.NONE or covered(map(pattern_of, map(host_of, spec.rejected)), host)


class Asking(Page):
    """The question whether the site asks."""

    def meet(self) -> bool:
        """Wait for the dialog that a visitor who has not chosen is about to use, and return whether it shows.

        Return False at once for one who has chosen.
        """
        return self.visitor.granted is None and self._comes()

    def asks(self) -> Sight:
        """Return whether the choice is still open: the site asks, or shows preferences that Escape need not close.

        A dialog that was closed without a choice, or that has closed itself, is asked for on the page loaded anew.
        """
        try:
            is_open = self._is_open()
            if not is_open and self.visitor.closed_on == self.visitor.document():
                self.visitor.load_anew("loads the page anew")
                is_open = self._is_open()
            if is_open or self._comes():
                return Sight(True)
            if self.is_turned_away():
                return Sight(False)
            doubt = self._restlessness() or self.what_is_over() or self._why_unseen()
            return Sight(not doubt and self._has_closed_itself(), doubt)
        except ConsentFailure as failure:
            return Sight(False, str(failure))

    def asks_again(self) -> Sight:
        """Return whether the site asks a visitor who has chosen.

        The page on which they chose says nothing of the next one.
        """
        if self.visitor.chose_on == self.visitor.document():
            self.visitor.load_anew("loads the page anew")
        try:
            if self._shows():
                return Sight(True)
            self.stir()
            return Sight(True) if self._comes_late() else Sight(False, self._restlessness())
        except ConsentFailure as failure:
            return Sight(False, str(failure))

    def asks_on_a_page(self) -> Sight:
        """Return whether the site asks a visitor who has chosen on one of `PAGES` pages, read one after the other."""
        doubt = ""
        for words, url in sitemap.readings(self.visitor.profile, PAGES):
            self.visitor.visit(url, f"reads {words}")
            sight = self.asks_again()
            if sight.shows:
                return sight
            doubt = doubt or sight.doubt
        return Sight(False, doubt)

    def is_turned_away(self) -> bool:
        """Return whether the visitor's browser rejects the site's cookies, and with them every other store.

        A site that looks first for what it can keep a choice in need not ask this visitor: it could not remember.
        """
        return rejects_all_of(self.visitor.profile.site.base_url.host or "", self.visitor.spec)

    def what_is_over(self) -> str:
        """Return what the page asks before anything else, as a doubt; empty if nothing but the dialog lies over all."""
        page = DialogDriver(self.driver, "the page")
        content = self.visitor.profile.elements.content
        dialogs = self.visitor.consent.places()
        if not dialogs and self._is_open():
            return ""
        [over] = wait_until("the page to answer", lambda: [page.ask_page("over", content, dialogs)], EFFECT)
        if not over:
            return ""
        return f"{over[0]} lies over the whole page; if it asks something else first, access.ahead says what to click"

    def stir(self) -> None:
        """Move the pointer, turn the wheel and press the key that scrolls: what a first interaction is."""
        driver, middle = self.driver, self.visitor.device.viewport[1] // 2
        wait_for_picture(driver)
        actions = ActionChains(driver, duration=0)
        for step in (0, EDGE):
            actions.w3c_actions.pointer_action.move_to_location(EDGE, middle + step)
        actions.scroll_by_amount(0, NOTCH).send_keys(Keys.PAGE_DOWN).perform()
        wait_for_picture(driver)  # a page gets its scroll event with the next frame that is drawn

    def others(self) -> Others:
        """Return the items in the choice's place of two more visitors: an item from before a choice may be a default.

        Only where the site asks this visitor while it keeps something there; nothing elsewhere. Raises ConsentFailure
        or SiteUnavailable.
        """
        if self.visitor.granted is not None or not self._choices() or not self._is_open():
            return Others()
        with self.newcomer() as newcomer:
            with newcomer.choosing(newcomer.profile.refusable, "accepts all cookies"):
                if not newcomer.consent.is_asking():
                    newcomer.consent.open_preferences()
                newcomer.consent.accept_all()
            agreed = Asking(newcomer)._choices()
        with self.newcomer() as newcomer:
            return Others(agreed, Asking(newcomer)._choices())

    def _shows(self) -> bool:
        self.visitor.context.focus()
        return self.visitor.consent.is_asking()

    def _is_open(self) -> bool:
        return self._shows() or self.visitor.consent.shows_preferences()

    def _comes(self) -> bool:
        """Return whether the dialog shows by itself within the limit, or then with the visitor's first movements."""
        if self._shows() or self._comes_late():
            return True
        self.stir()
        self.visitor.rest()
        return self._shows()

    def _comes_late(self) -> bool:
        """Return whether the dialog shows when the page has been watched for as long as the profile lets it take."""
        limit = self.visitor.profile.consent.late_s
        if self.visitor.watch_on(limit).complete:
            return self._shows()
        try:  # page time stands where the page does not come to rest: the dialog may come by the wall clock
            return wait_until("the dialog", self._shows, limit)
        except WaitFailed:
            return False

    def _restlessness(self) -> str:
        """Return why the page was not watched for as long as a dialog may take; empty if it was."""
        rested = self.visitor.rested
        return "" if rested.complete else f"no dialog showed, but the page did not come to rest: {rested.reason}"

    def _has_closed_itself(self) -> bool:
        """Return whether the dialog has closed itself.

        That is so where a new visitor is shown it, and this one, who has never chosen, on the page loaded anew. It has
        then gone by itself, as with a countdown or with scrolling, and the choice is still open.
        """
        if self.visitor.timeline.choices:
            return False
        with self.newcomer() as newcomer:
            if not Asking(newcomer)._shows():
                return False
        self.visitor.load_anew("loads the page anew")
        return self._comes()

    def _why_unseen(self) -> str:
        """Return why a dialog may be there although none was found; empty if its description is known to fit."""
        why = self.visitor.consent.why_unseen()
        if not why:
            return ""
        with self.newcomer() as newcomer:
            if Asking(newcomer)._comes():
                return ""
        reach = (
            "a new visitor is shown none on the home page either, so the dialog's description may be out of date, or "
        )
        return f"{why}; {reach}the dialog out of a script's reach, as in a closed shadow root"

    @contextmanager
    def newcomer(self) -> Iterator[Visitor]:
        """Yield another visitor, who has just come to the home page with the harness's ordinary browser."""
        newcomer = Visitor("newcomer", replace(self.visitor.resources, screenshots=None), self.visitor.profile)
        try:
            newcomer.visit(sitemap.address(newcomer.profile, "home page"), "visits the home page")
            yield newcomer
        finally:
            newcomer.leave()

    def _choices(self) -> tuple[StoredItem, ...]:
        state = self.visitor.timeline.state
        items = state.items if state else ()
        return tuple(item for item in items if is_choice(item, self.visitor.profile))
