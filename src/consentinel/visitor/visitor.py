"""A visitor: a person with a cookie jar of their own, who acts on the site while evidence is recorded."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from consentinel.browser.base import BY_ADDRESS, Context
from consentinel.browser.device import DESKTOP, Device
from consentinel.browser.errors import BrowserError, CommandFailed
from consentinel.browser.history_state import state_kept
from consentinel.browser.page_scripts import EMPTIED
from consentinel.browser.spec import BrowserSpec
from consentinel.consent.base import ConsentManager
from consentinel.consent.registry import manager_for
from consentinel.evidence.observer import observe
from consentinel.evidence.page_load import (
    comes_by_link,
    listens_for_unloading,
    load_or_follow,
    wait_for_last_requests,
)
from consentinel.evidence.proxy import Tap
from consentinel.evidence.records import Action, Choice, Deed, Kind, Settled
from consentinel.evidence.timeline import Timeline
from consentinel.evidence.trouble import Trouble
from consentinel.site.classify import is_choice
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.navigation import NO_PAGE
from consentinel.visitor.ahead import answer_what_is_asked_first
from consentinel.visitor.answer import check_answer, check_manners
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.held_services import stand_in_for
from consentinel.visitor.resources import Resources
from consentinel.visitor.sitemap import absolute, address_of_error_page


class Visitor:
    """One person with a browser. `mark` is the moment from which "since" counts, in seconds since the epoch.

    `granted` has the keys of the categories that the last choice allows, None while there is none. `away` is for how
    many seconds the visitor was away before they last came back; `forgotten` is when the last choice was lost or ran
    out, 0 for never. `chose_on` is the document on which the visitor made the last choice, `closed_on` the one on which
    they last closed a dialog without a choice. `out_of_reach` names what the keyboard did not reach when it last had to
    choose. `rested` is the last result of waiting for the page to settle. `trouble` is what the proxy does to this
    visitor on purpose.
    """

    def __init__(
        self,
        name: str,
        resources: Resources,
        profile: Profile,
        spec: BrowserSpec | None = None,
        device: Device = DESKTOP,
    ) -> None:
        self.name = name
        self.resources = resources
        self.profile = profile
        self.spec = spec or resources.spec
        self.device = device
        self.granted: frozenset[str] | None = None
        self.mark = self.away = self.forgotten = 0.0
        self.chose_on = self.closed_on = self.out_of_reach = ""
        self.rested = Settled(0.0, 0.0)
        self.trouble: Trouble | None = None
        self.visits: list[tuple[float, str]] = []
        self._consent: ConsentManager | None = None
        self._tap: Tap | None = resources.let_in(self, stand_in_for(profile))
        try:
            self._open_browser()
        except BrowserError:
            resources.take_back(self._tap)
            resources.places.give_back(self)
            raise

    def _open_browser(self) -> None:
        self.context = self._context()
        self.browser = self.context.browser
        self.observer = observe(self.name, self.context, self._tap, self.resources.elsewhere)
        self.recorder = self.observer.recorder
        self.context.open_tab()

    def _context(self) -> Context:
        return self.resources.browser_pool.visit(self.spec, self.device, self._tap.address if self._tap else None)

    @property
    def timeline(self) -> Timeline:
        """Everything seen of this visitor so far."""
        return self.recorder.timeline()

    @property
    def history(self) -> list[str]:
        """The addresses that the visitor went to."""
        return [url for _, url in self.visits]

    def visited_since_choice(self) -> list[str]:
        """Return the addresses that the visitor went to since the last choice."""
        return [url for at, url in self.visits if at >= self.mark]

    def cookie_names(self) -> set[str]:
        """Return the names of the cookies on the device, as last read."""
        items = self.timeline.state.items if self.timeline.state else ()
        return {item.name for item in items if item.kind is Kind.COOKIE}

    @property
    def consent(self) -> ConsentManager:
        """The consent dialog on the page that is open. Raises ConsentFailure when there is none."""
        at = self._consent
        if at is None or at.driver is not self.browser.driver or at.profile is not self.profile:
            at = self._consent = manager_for(self.browser.driver, self.profile)
        return at

    @contextmanager
    def doing(self, sentence: str, horizon: float | None = None, deed: Deed = Deed.OTHER) -> Iterator[None]:
        """Record one action, in words. Afterwards wait until the page is at rest, and read the device."""
        self.recorder.develop()
        self.context.focus()
        self.recorder.add(Action(time.time(), sentence, self.history[-1] if self.visits else "", deed=deed))
        with self.trouble.during(self.observer) if self.trouble else contextlib.nullcontext():
            yield
        if self.resources.slow_ms:
            threading.Event().wait(self.resources.slow_ms / 1000)
        self.rest(horizon)

    @contextmanager
    def choosing(self, granted: Collection[Category], sentence: str) -> Iterator[None]:
        """Record a choice. It allows from before the click; it refuses from when the site wrote the choice down."""
        chosen = frozenset(str(category) for category in granted)
        with self.doing(sentence):
            self.chose_on, begun = self.document(), time.time()
            before = frozenset(map(str, self.profile.objectionable)) if self.granted is None else self.granted
            self.recorder.add(Choice(begun, chosen | before))
            yield
            self.mark = self._choice_noted(begun)
            self.granted = chosen
            self.recorder.add(Choice(self.mark, chosen))

    def _choice_noted(self, since: float) -> float:
        """Return when the site wrote the choice down, or the present moment if no script was seen doing so.

        Working the dialog may take until the page has been left and loaded anew: too late to count from.
        """
        notes = (write for write in self.recorder.notes if write.at >= since)
        written = [write.at for write in notes if is_choice(write, self.profile)]
        return written[-1] if written else time.time()

    def visit(self, url: str, sentence: str) -> None:
        """Go to an address. Raises SiteUnavailable when the site does not answer as itself."""
        check_manners(url, self.resources.manners)
        with self.doing(sentence):
            self._navigate(url)
        self._check_answer(url)

    def attempt(self, url: str, sentence: str, deed: Deed = Deed.OTHER) -> None:
        """Go to an address, whatever the answer: the scenario is about the answer itself."""
        check_manners(url, self.resources.manners)
        with self.doing(sentence, deed=deed):
            try:
                self._navigate(url)
            except SiteUnavailable:
                self.recorder.add(Action(time.time(), NO_PAGE))

    def open_tab(self, path: str = "/") -> None:
        """Open another tab and visit a page of the site in it."""
        self.recorder.develop()
        self.context.open_tab()
        self.visit(absolute(self.profile, path), "opens a second tab")

    def return_to_first_tab(self) -> None:
        """Look at the tab again that was opened first, as it is now."""
        with self.doing("returns to the first tab"):
            self.context.show_first_tab()

    def leave_site(self, sentence: str, deed: Deed = Deed.OTHER) -> None:
        """Leave for the harness's own page. What the site sends on being left counts as sent before the next step."""
        with self.doing(sentence, deed=deed):
            self._leave()

    def remove_all_cookies(self) -> None:
        """Empty the jar as the browser's settings do; other stores stay as they are, but for one that has the choice.

        The page is left before, and loaded anew afterwards: what it still knew it would else tell on the next page.
        """
        with self.doing("removes all cookies"), state_kept(self.context):
            here = self.context.ask("location.href")
            if store := EMPTIED.get(self.profile.consent.stored.kind):
                self.context.ask_everywhere(store)
            self._leave()
            self.context.delete_cookies()
            self.observer.read()
            self.forget_choice()
            load_or_follow(self.recorder, here)

    def forget_choice(self) -> None:
        """Record that the choice is no longer on the device: from now on nothing is allowed."""
        self.granted = None
        self.mark = self.forgotten = time.time()
        self.recorder.add(Choice(self.mark, None))

    def come_back(self, seconds: float, sentence: str) -> None:
        """Close the browser's windows, let time pass, and visit the home page."""
        self.leave_site("closes the browser", Deed.CLOSES_BROWSER)
        self.recorder.develop()
        self.recorder.add(Action(time.time(), sentence))
        self.mark = self.forgotten = time.time()
        self.observer.age(seconds)
        self.away = seconds
        self.context.open_tab()
        self.observer.read()
        self.visit(absolute(self.profile, self.profile.pages.home), "visits the home page")

    def rest(self, horizon: float | None = None) -> None:
        """Wait until the page has come to rest, then read the device; once more after what the page asks first."""
        self._come_to_rest(horizon)
        if answer_what_is_asked_first(self.browser.driver, self.recorder, self.profile.access.ahead):
            self._come_to_rest(horizon)

    def _come_to_rest(self, horizon: float | None) -> None:
        bound = self.resources.horizon if horizon is None else horizon
        self.rested = self.trouble.settle(self.observer, bound) if self.trouble else self.observer.settle(bound)
        self.recorder.add(self.rested)
        self.context.let_go_when_left()
        self.read_device()

    def read_device(self) -> str:
        """Read the device, and take a picture; return its path, empty where none is wanted."""
        screenshots = self.resources.screenshots
        path = screenshots.next_path() if screenshots else ""
        self.observer.read(screenshots.folder / path if screenshots else None, path)
        return path

    def watch_on(self, seconds: float) -> Settled:
        """Watch a page at rest until so many seconds of page time have passed since the last action."""
        before = self.rested
        if before.complete and before.bound < seconds:
            more = self.observer.settle(seconds - before.bound)
            self.rested = replace(more, bound=before.bound + more.bound)
            self.recorder.add(self.rested)
            self.observer.read()
        return self.rested

    def document(self) -> str:
        """Return a token of the open document. A page that a script puts in its place keeps the token."""
        return self.context.ask("performance.timeOrigin")

    def load_anew(self, sentence: str) -> None:
        """Load the page that is open once more. Raises SiteUnavailable when the site does not answer as itself."""
        url = self.context.ask("location.href")
        check_manners(url, self.resources.manners)
        with self.doing(sentence):
            try:
                load_or_follow(self.recorder, url)
            except CommandFailed as error:
                raise SiteUnavailable(f"{url} did not answer: {error}") from error
        self._check_answer(url)

    def leave(self) -> None:
        """End the visit: the visitor's jar, tabs and port go."""
        with contextlib.suppress(BrowserError):
            self.recorder.develop()
        if self._tap is not None:
            self._tap.close()
        try:
            self.context.close(then=lambda: self.resources.take_back(self._tap))
        finally:
            self.resources.places.give_back(self)

    def _navigate(self, url: str) -> None:
        self.visits.append((time.time(), url))
        try:
            way = self._follow(url)
            if not way:
                load_or_follow(self.recorder, url)
        except CommandFailed as error:
            raise SiteUnavailable(f"{url} did not answer: {error}") from error
        self.recorder.came_by(way or BY_ADDRESS)

    def _leave(self) -> None:
        """Go to the harness's own page, and wait for what the page that was left sends at its end."""
        listens = listens_for_unloading(self.recorder, self.visits[-1][0] if self.visits else 0.0)
        self.context.navigate(self.resources.elsewhere)
        if listens:
            wait_for_last_requests(self.recorder)

    def _follow(self, url: str) -> str:
        """Go there by a link, as people do. Return how, empty if no link leads there or none works."""
        before, asked = self.context.loads(), len(self.recorder.traffic.sent)
        way = self.context.follow(url) if before else ""
        is_there = way and comes_by_link(self.recorder, lambda: self.context.loads() > before, asked)
        return way if is_there else ""

    def _check_answer(self, url: str) -> None:
        if url != address_of_error_page(self.profile):
            check_answer(url, self.recorder, self.context, self.watch_on)
