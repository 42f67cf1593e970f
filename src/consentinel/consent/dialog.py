"""Drives any consent dialog that selectors describe; a subclass overrides what is special about a manager."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from typing_extensions import override

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import (
    ACCEPT,
    REFUSE,
    SAVE,
    ClickedChoice,
    ConsentFailure,
    NotOffered,
    ReloadLoop,
)
from consentinel.consent.deciding import see_taken
from consentinel.consent.dialog_state import DialogState, repeating
from consentinel.consent.switched import SwitchedManager
from consentinel.consent.watching import NO_WAY_IN
from consentinel.site.profile import Category

AT_ONCE = 2.0
"""Seconds that a button may take to work once the dialog shows and the page is at rest."""

DRAWN = 3.0
"""Seconds that the switches may take to be drawn in preferences that are open."""


class DialogManager(SwitchedManager):
    """A manager whose dialog is named by selectors."""

    sweeping: ClassVar[tuple[str, ...]] = ()
    """The clicks that refuse everything in the open preferences, where `refuse` does so in the banner alone."""

    @override
    def accept_all(self) -> None:
        seen = self._wait_for_dialog()
        if self._goes_straight(seen.accept, seen):
            self._decide(ACCEPT, seen.accept, seen)
        else:
            self._decide_by_switches(granted=True)

    @override
    def refuse_all(self) -> None:
        seen = self._wait_for_dialog()
        if self._goes_straight(seen.refuse, seen):
            self._decide(REFUSE, seen.refuse, seen)
        else:
            self._decide_by_switches(granted=False)

    @override
    def clicks_to_refuse(self) -> int:
        refuse = self.selectors.refuse
        if self.is_wall():
            self._wait_for_dialog()
            raise ConsentFailure(f"{self.name}: nothing refuses in this dialog")
        if self._wait_for_dialog().refuse != refuse:
            self._must_be_known(refuse[0])
            refuse = (*self.selectors.preferences, *self.selectors.next, *self.selectors.save)
        return max(1, 1 + len(refuse) - len(self.selectors.accept))

    @override
    def first_click(self, what: str) -> str:
        self.must_offer_refusal()
        seen = self._wait_for_dialog()
        clicks = seen.accept if what == ACCEPT else seen.refuse
        if len(clicks) != 1 or not self._goes_straight(clicks, seen):
            return ""
        tried = f"{self.name}: tried to {what} by one click"
        try:
            wait_until(f"{clicks[0]} to be clickable", lambda: [self.layers.click_now(clicks[0])], AT_ONCE)
            see_taken(tried, seen, self._look, None)
        except ReloadLoop:
            raise
        except WaitFailed as failure:
            return f"{tried}; {failure}"
        except ConsentFailure as failure:
            return str(failure)
        return ""

    @override
    def prominence_of_refusing(self) -> Mapping[str, float]:
        self.must_offer_refusal()
        self._wait_for_dialog()
        dialog_driver, containers = self.layers.front()
        accept = dialog_driver.ask("weight", self.selectors.accept[0], containers)
        refuse = dialog_driver.ask("weight", self.selectors.refuse[0], containers)
        for found, selector in ((accept, self.selectors.accept[0]), (refuse, self.selectors.refuse[0])):
            if not found:
                self._must_be_known(selector)
        return {one: refuse[one] / accept[one] for one in refuse if accept.get(one)}

    @override
    def clicks_to_withdraw(self) -> tuple[int, int]:
        seen = self._wait_for_a_way_in()
        opening = 0
        if not seen.anything:
            opening, seen = len(self.reopeners()), self._reopen()
        if seen.refuse and self._goes_straight(seen.refuse, seen):
            return opening + len(seen.refuse), len(self.selectors.accept)
        were_open = opening == 0 and self._are_open(seen)
        if not self._are_open(seen):
            opening += len(seen.preferences or self.selectors.preferences)
            self._open_from_banner()
        self.steps.begin(were_open=were_open)
        turned = len([one for one in self.switches().values() if one.on and not one.locked])
        if self.name == "described" or self.layers.offers(self.selectors.aside):  # another may turn them all
            turned = min(turned, 1)
        clicks = turned + len(self.selectors.next) + len(() if self.selectors.at_once else self.selectors.save)
        if self.layers.offers(self.sweeping[:1]):
            clicks = min(clicks, len(self.sweeping))
        return opening + clicks, len(self.selectors.accept)

    @override
    def open_preferences(self) -> None:
        seen = self._wait_for_a_way_in()
        were_open = self._are_open(seen)
        if not seen.banner and not were_open:
            seen = self._reopen()
        if not self._are_open(seen):
            self._open_from_banner()
        self.steps.begin(were_open=were_open)
        self._see_switches_drawn()

    def _see_switches_drawn(self) -> None:
        """Wait until a layer that shows holds its switches, which some load after it; one without any is shown so."""
        with contextlib.suppress(WaitFailed):
            wait_until("a switch", lambda: bool(not self.selectors.categories or self._read_switches()), DRAWN)

    def _open_from_banner(self) -> None:
        clicks = self._look().preferences or self.selectors.preferences
        if not clicks:
            self._reopen()
            return
        # Where the page's own link was clicked before the banner came, it may still open them, in front of the banner.
        self.layers.click_each(clicks, unless=self.preferences_are_open)
        self._wait_for("the preferences", repeating(self._are_open, lambda: self.layers.click_now(clicks[-1])))

    def _reopen(self) -> DialogState:
        """Click what opens the preferences from any page: they come, or the banner does, which leads to them."""
        clicks = self.reopeners()
        if not clicks:
            raise NotOffered(f"{self.name}: {NO_WAY_IN}")
        come = partial(self._leads_on, self._look().banner)
        for selector in clicks:
            self.dialog_driver.click(selector, [])
        return self._wait_for("the preferences", repeating(come, lambda: self.dialog_driver.click_now(clicks[-1], [])))

    @override
    def save(self) -> None:
        on = {category: switch.on for category, switch in self.switches().items()} if self.selectors.categories else {}
        if self.selectors.at_once:
            if self.selectors.close and self.shows_preferences():
                self.close()
            self.clicked_choices.append(ClickedChoice(SAVE, on))
            return
        if not self.selectors.save:
            self._require_categories()
            raise NotOffered(f"{self.name}: no selector says what saves the preferences")
        self.steps.go_to_last()
        self._decide(SAVE, self.selectors.save, self._look(), on)

    @override
    def close(self) -> None:
        if not self.selectors.close:
            raise NotOffered(f"{self.name}: the dialog cannot be closed without a choice")
        had_dialog = self._look().dialog
        self.layers.click_each(self.selectors.close)
        again = partial(self.layers.click_now, self.selectors.close[-1])
        closed = repeating(lambda at: not (at.dialog if had_dialog else at.banner), again)
        self.dialog_driver.until("the dialog to close", lambda: closed(self._look()))

    @override
    def dismiss(self) -> None:
        clicks = self.selectors.dismiss
        if not clicks:
            super().dismiss()
        self._wait_for_dialog()
        self.layers.click_each(clicks)
        gone = repeating(lambda at: not at.banner, partial(self.layers.click_now, clicks[-1]))
        self.dialog_driver.until("the banner to close", lambda: gone(self._look()))

    @override
    def preferences_are_open(self) -> bool:
        return self._are_open(self._look())

    @override
    def have_come(self, had_banner: bool) -> bool:
        return self._leads_on(had_banner, self._look())

    # What the actions are made of; a subclass overrides what is special about its manager.

    def _leads_on(self, had_banner: bool, at: DialogState) -> bool:
        return self._are_open(at) or (at.banner and not had_banner and bool(self.selectors.preferences))

    def _goes_straight(self, clicks: tuple[str, ...], seen: DialogState) -> bool:
        """Return whether these clicks decide, whatever the switches stand on: what saves the switches decides by them.

        One button may accept from the banner, and save once the preferences show.
        """
        saves = bool(self.selectors.categories and set(clicks) & set(self.selectors.save))
        return bool(clicks) and not (saves and (len(clicks) > 1 or self._are_open(seen)))

    def _decide_by_switches(self, granted: bool) -> None:
        self.open_preferences()
        for category in self.profile.refusable:
            self.set_category(category, granted)
        self.set_others(granted)
        self.save()

    def _decide(
        self, what: str, clicks: tuple[str, ...], seen: DialogState, on: Mapping[Category, bool | None] | None = None
    ) -> None:
        """Click through to a choice, then see that it was taken. `on` are the switches as they are saved."""
        self.layers.click_each(clicks)
        see_taken(f"{self.name}: tried to {what}", seen, self._look, partial(self.layers.click_now, clicks[-1]))
        self.clicked_choices.append(ClickedChoice(what, on or {}))
