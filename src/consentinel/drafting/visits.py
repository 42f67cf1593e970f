"""Visits a site as new visitors, and records what each is left with; the profile that they use grows meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import requests

from consentinel.browser.errors import PageStaysBlank
from consentinel.consent.base import ConsentFailure
from consentinel.drafting.confirming import asked_once_more, words_shown
from consentinel.drafting.provisional import provisional
from consentinel.drafting.survey import Option, Proposal, Traces
from consentinel.drafting.tour import Tour, with_way_back
from consentinel.drafting.traces import traces_of
from consentinel.drafting.unknown_dialog import places_of
from consentinel.evidence.guarded import parts_of
from consentinel.site.profile import Category, Profile
from consentinel.visitor.asking import Asking
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Act:
    """What a visitor does about the dialog: in words, and by what; nothing is done without the latter."""

    words: str
    choose: Callable[[Choices], None] | None = None
    switches: bool = False
    """Whether a switch is turned, and nothing refused or accepted as a whole."""


NOTHING = Act("chooses nothing")
REFUSAL = Act("refuses everything", lambda choices: choices.refuse_all())
CONSENT = Act("accepts everything", lambda choices: choices.accept_all())


def _take_back(choices: Choices) -> None:
    choices.accept_all()
    choices.refuse_all()


WITHDRAWAL = Act("accepts everything and takes it back", _take_back)


def allowing(what: str, category: Category) -> Act:
    """Return the act of allowing one category alone. `what` is what people read of it."""
    return Act(f"allows {what} alone", lambda choices: choices.allow_only([category]), switches=True)


class Visits:
    """The visits to one site, and what is known of it so far."""

    def __init__(
        self, url: str, resources: Resources, http: requests.Session, say: Progress, ahead: Sequence[str]
    ) -> None:
        self.ahead = ahead
        self.url = self.asked = url
        self.framed_in = ""
        """The address of the page that shows nothing but a frame of `url`; empty for a page of its own."""

        self.resources = resources
        self.http = http
        self.say = say
        self.manager = ""
        self.options: dict[Category, Option] = {}
        self.tour = Tour({}, ())
        self.strange: tuple[str, ...] = ()
        self.notes: list[str] = []
        self.dialog: Proposal | None = None
        self.settings_page = ""
        self.readings: dict[Act, dict[Category, bool | None]] = {}
        self.is_remembered = False
        self.asks_on = False
        self.meant: Proposal | None = None
        """The dialog with one more click to refuse, where another one may have asked whether the refusal was meant."""

    def _read(self, act: Act, visitor: Visitor) -> None:
        try:
            self.readings[act] = Choices(visitor).states()
        except ConsentFailure as failure:
            self.notes.append(f"The preferences of a visitor who {act.words} could not be read: {failure}")

    def _traces(self, act: Act, *, read: bool = False) -> Traces | None:
        """Return what a new visitor is left with who reads the articles; None where the choice failed.

        A visitor who chooses nothing also reads the other pages. `read` asks to read the preferences in the end.
        """
        if act.choose and not self.manager:
            return None
        self.say(f"comes anew, {act.words}, and looks around")
        with self._visitor() as visitor:
            visitor.visit(self.url, "visits the home page")
            refused = self.dialog if act == REFUSAL else None
            before = words_shown(visitor.browser.driver, refused) if refused else frozenset()
            try:
                if act.choose:
                    act.choose(Choices(visitor))
            except ConsentFailure as failure:
                self.notes.append(f"A visitor who {act.words} did not get through: {failure}")
                return None
            finally:
                self.meant = asked_once_more(visitor.browser.driver, refused, before) if refused else self.meant
            for path in self.tour.articles if act.choose else (*self.tour.articles, *self.tour.others):
                self._look_at(visitor, path)
            if act.choose:
                self._find_the_way_back(visitor)
            elif self.manager:
                self._open(visitor)
            traces = traces_of(visitor.timeline)
            if act == REFUSAL:
                self.is_remembered = not any(Asking(visitor).asks_again())
            if act.switches and self.dialog and self.dialog.at_once:
                self.asks_on |= any(Asking(visitor).asks_again())
            if read and self.dialog and self.options:
                self._read(act, visitor)
            return traces

    def _open(self, visitor: Visitor) -> None:
        """Open the preferences and choose nothing: some ask a service what they are to show."""
        with suppress(ConsentFailure):
            Choices(visitor).open_preferences()

    def _find_the_way_back(self, visitor: Visitor) -> None:
        """Note what leads to the preferences, where it shows only to those who have chosen."""
        if self.dialog and "preferences" not in self.tour.links:
            self.tour = with_way_back(self.tour, visitor.browser.driver, places_of(self.dialog))
            visitor.profile = self._profile()

    def _look_at(self, visitor: Visitor, path: str) -> None:
        """Read a page; one that the browser does not get is an article no longer."""
        origin = parts_of(self.url)
        try:
            visitor.visit(f"{origin.scheme}://{origin.netloc}{path}", "reads a page")
        except (SiteUnavailable, PageStaysBlank) as error:
            self.notes.append(str(error))
            self.tour = replace(self.tour, articles=tuple(one for one in self.tour.articles if one != path))

    @contextmanager
    def _visitor(self) -> Iterator[Visitor]:
        visitor = Visitor("visitor", self.resources, self._profile())
        try:
            yield visitor
        finally:
            visitor.leave()

    def _profile(self) -> Profile:
        link = self.tour.links.get("preferences")
        return provisional(self.url, self.manager, self.options, self.dialog, link[0] if link else "", self.ahead)
