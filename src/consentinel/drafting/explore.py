"""Visits a site as new visitors, and records its stored items and the hosts that it contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import requests
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.consent.autoconsent import Autoconsent
from consentinel.consent.base import ConsentFailure
from consentinel.consent.described import Described
from consentinel.consent.dialog import DialogManager
from consentinel.consent.registry import managers
from consentinel.drafting.finder import framed, sealed
from consentinel.drafting.offered import offered
from consentinel.drafting.orientation import oriented
from consentinel.drafting.overlay import way_past
from consentinel.drafting.pair import fit
from consentinel.drafting.proposal import labels
from consentinel.drafting.recognising import recognised
from consentinel.drafting.saving import NOTHING_SAVED, are_told_apart, saved_by_the_banner
from consentinel.drafting.sorting import what_it_brings
from consentinel.drafting.survey import (
    Option,
    ProposedSwitch,
    Survey,
    Traces,
    nothing_refuses,
    together,
)
from consentinel.drafting.switches import without_switches
from consentinel.drafting.tour import tour_from
from consentinel.drafting.traces import traces_of
from consentinel.drafting.unknown_dialog import described_dialog, places_of
from consentinel.drafting.varying import needs_another
from consentinel.drafting.visits import CONSENT, NOTHING, REFUSAL, WITHDRAWAL, Progress, Visits, allowing
from consentinel.evidence.guarded import parts_of
from consentinel.site.profile import REFUSABLE, Category
from consentinel.visitor.asking import Asking
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor


def explore(url: str, resources: Resources, http: requests.Session, say: Progress, ahead: Sequence[str] = ()) -> Survey:
    """Return a survey of the site at this address. Raises SiteUnavailable when it does not answer as itself.

    `http` asks which links are pages. `ahead` are selectors as in the profile's `access.ahead`.
    """
    explorer = _Explorer(url, resources, http, say, ahead)
    return explorer.survey()


class _Explorer(Visits):
    def survey(self) -> Survey:
        first, title = self._first_visit()
        again = self._traces(NOTHING)
        is_wall = nothing_refuses(self.dialog)
        refused = None if is_wall else self._refused()
        accepted = self._traces(CONSENT, read=True)
        self._orient()
        if self.dialog and not ((refused or is_wall) and accepted):
            self.manager = ""
        found = Survey(
            self.url, title, self.manager, self.options, self.strange, together(first, again), refused, accepted, {},
            self.tour.links, self.tour.articles, tuple(dict.fromkeys(self.notes)), self.dialog, asked=self.asked,
            sometimes=first.items ^ again.items if again else frozenset(), is_remembered=self.is_remembered,
            ahead=tuple(self.ahead),
        )  # fmt: skip
        found = fit(found)
        self.dialog = found.dialog
        said = len(self.notes)
        alone = {**self._alone(refused), **self._strange_alone(refused)}
        found = replace(found, alone=alone, notes=(*found.notes, *self.notes[said:]), dialog=self.dialog)
        found = replace(found, withdrawn=self._withdrawn() if refused and accepted else None)
        if refused and needs_another(found):
            found = replace(found, refused_too=self._traces(REFUSAL))
        return replace(found, options=self.options, strange_labels=self.strange)

    def _refused(self) -> Traces | None:
        """Return what a visitor is left with who refuses everything.

        Where another dialog asks whether the refusal is meant, the visitor confirms it.
        """
        said = len(self.notes)
        refused = self._traces(REFUSAL, read=True)
        if self.meant is None or (refused and self.is_remembered):
            return refused
        known, self.dialog = self.dialog, self.meant
        button = self.dialog.buttons[-1].name
        self.say(f'finds that a dialog asks whether the refusal is meant, and clicks "{button}"')
        surely = self._traces(REFUSAL, read=True)
        if surely and self.is_remembered:
            self.notes[said:] = [f'Another dialog asks whether a refusal is meant: visitors click "{button}" there.']
            return surely
        self.dialog, self.is_remembered = known, False
        self.notes.append(f'After a refusal another dialog shows, with a button "{button}": see what it asks.')
        return refused

    def _alone(self, refused: Traces | None) -> dict[Category, Traces]:
        """Return what visitors are left with who allow one category each.

        Where the site still asks after such a choice, a button of the banner may save it.
        """
        alone, said = self._each_alone(), len(self.notes)
        by_banner = saved_by_the_banner(self.dialog) if self.dialog and self.asks_on else None
        if by_banner:
            self.dialog = by_banner
            alone = self._each_alone()
            self.asks_on = not are_told_apart(alone.values(), refused)
        if self.asks_on and self.dialog:
            self.notes[said:] = [NOTHING_SAVED]
            self.dialog, self.options, self.strange = without_switches(self.dialog), {}, ()
            return {}
        return alone

    def _withdrawn(self) -> Traces | None:
        """Return what a visitor is left with who takes consent back: some sites note that beside the choice."""
        if "preferences" not in self.tour.links:
            return None
        said = len(self.notes)
        withdrawn = self._traces(WITHDRAWAL)
        if withdrawn is None:
            del self.notes[said:]  # a scenario says it, and what stood in the way
        return withdrawn

    def _each_alone(self) -> dict[Category, Traces]:
        wanted = [one for one in REFUSABLE if one in self.options and not self.options[one].always]
        found = {one: self._traces(allowing(one, one)) for one in wanted}
        return {category: traces for category, traces in found.items() if traces is not None}

    def _strange_alone(self, refused: Traces | None) -> dict[Category, Traces]:
        """Visit once for each switch that fits no category by its name, with it alone allowed; return the category's
        traces."""
        found: dict[Category, Traces] = {}
        for switch in self.dialog.strange if self.dialog and refused else ():
            free = [category for category in REFUSABLE if category not in self.options]
            if not free or not switch.is_workable or not self.dialog or not refused:
                continue
            known = self.dialog, self.options
            self._take(switch, free[0])
            traces = self._traces(allowing(f'"{switch.label}"', free[0]))
            self.dialog, self.options = known
            served, reason = what_it_brings(traces, refused) if traces else (None, "could not be seen")
            self.notes.append(
                f'A visitor allowed "{switch.label}" alone, which fits no category by its name: {reason}.'
            )
            if served in free and traces:
                self._take(switch, served)
                self.strange = tuple(label for label in self.strange if label != switch.label)
                found[served] = traces
        return found

    def _take(self, switch: ProposedSwitch, category: Category) -> None:
        """Take a switch for that of a category."""
        assert self.dialog is not None
        others = tuple(one for one in self.dialog.strange if one != switch)
        self.dialog = replace(self.dialog, switches={**self.dialog.switches, category: switch}, strange=others)
        self.options = {**self.options, category: Option("", switch.label)}

    def _first_visit(self) -> tuple[Traces, str]:
        self.say("visits the home page without choosing anything")
        with self._visitor() as visitor:
            visitor.visit(self.url, "visits the home page")
            driver = visitor.browser.driver
            title = str(driver.title)
            self._arrive_at(str(driver.current_url))
            is_framed = self._is_framed(driver)
            arrived = len(self.notes)
            if not is_framed:
                traces = self._recognise(visitor)
            if not is_framed and not self._is_covered(visitor, arrived):
                self._look_around(visitor)
                return traces, title
        return self._first_visit()

    def _recognise(self, visitor: Visitor) -> Traces:
        """Recognise the consent manager, or describe the dialog; return what the visitor was left with until then."""
        self.manager, notes = recognised(visitor.browser.driver)
        self.notes += notes
        self.say(f"recognises the consent manager {self.manager}" if self.manager else "recognises no consent manager")
        traces = traces_of(visitor.timeline)
        if self.manager in ("", Autoconsent.name):
            self.manager = self._by_its_buttons(visitor) or self.manager
        if self.manager == Autoconsent.name:
            self.dialog, self.options, self.strange = None, {}, ()
        return traces

    def _is_framed(self, driver: WebDriver) -> bool:
        """Return whether the page shows nothing but a frame. Visitors then go to the frame's address instead."""
        inside = "" if self.framed_in else framed(driver)
        if not inside:
            return False
        self.say(f"finds nothing but a frame of {inside}")
        self.notes.append(f"{self.url} shows nothing but a frame of {inside}: visitors go to the latter.")
        self.framed_in, self.url = self.url, inside
        if parts_of(inside).netloc == parts_of(self.asked).netloc:
            self.asked = inside
        return True

    def _is_covered(self, visitor: Visitor, arrived: int) -> bool:
        """Return whether something lay over the page. Visitors then click it away from now on.

        What was noted since they `arrived`, as the number of notes then, is of no use where the page is looked at anew.
        """
        is_known = self.manager not in ("", Described.name)
        past = way_past(visitor.browser.driver, self.dialog, visitor.profile.elements.content, is_known=is_known)
        if past is None or past.selector in self.ahead:
            return False
        if past.selector:
            self.notes[arrived:] = []
        self.notes.append(past.note)
        self.ahead = (*self.ahead, *filter(None, [past.selector]))
        return bool(past.selector)

    def _look_around(self, visitor: Visitor) -> None:
        places = places_of(self.dialog)
        self.tour = tour_from(visitor.browser.driver, places, self.url, self.settings_page, self.http)
        if len(self.tour.articles) == 0:
            self.notes.append("The home page links to no page with content: visitors read the home page alone.")
        self._note_options(visitor)

    def _arrive_at(self, url: str) -> None:
        """Continue at the address of a redirect, which may be on another host: that host is the site."""
        if parts_of(url).scheme not in ("http", "https") or parts_of(url).netloc == parts_of(self.url).netloc:
            return
        self.say(f"is led on to {url}")
        self.notes.append(f"{self.asked} leads to {url}: this is the profile of the latter.")
        self.url = url

    def _by_its_buttons(self, visitor: Visitor) -> str:
        """Describe a dialog that no page object knows, and return the manager's name.

        It is empty where the description does not suffice to work the dialog.
        """
        self.dialog, self.settings_page = described_dialog(visitor)
        if self.dialog is None:
            Asking(visitor).stir()  # some dialogs come with the visitor's first movement
            visitor.rest()
            self.dialog, self.settings_page = described_dialog(visitor)
            if self.dialog:
                self.notes.append("The dialog showed once the visitor had moved the pointer and scrolled, not before.")
        if self.dialog is None:
            self.say("finds no dialog by its buttons either")
            if unread := sealed(visitor.browser.driver):
                self.notes.append(
                    f"{unread} shows something that no script can read, as in a closed shadow root. If that asks for "
                    "consent, no selector reaches it: ask for a build of the site whose shadow root is open."
                )
            return ""
        self.say(f"finds a dialog with the buttons {labels(self.dialog.buttons)}")
        if self.dialog.unopened:
            self.notes.append(
                f"The preferences are not described, and choices by category are skipped: {self.dialog.unopened}. "
                "docs/profile.md names the entries of [consent.dialog] that describe them."
            )
        workable = self.dialog.workable.items()
        self.options = {category: Option("", switch.label, switch.always) for category, switch in workable}
        self.strange = self.dialog.strange_labels
        self.say(f"finds a switch for {', '.join(self.options) or 'no category'}")
        return Described.name if self.dialog.is_complete else ""

    def _note_options(self, visitor: Visitor) -> None:
        """Note what the preferences offer, in the manager's own names."""
        if not self.manager or self.dialog:
            return
        manager = managers()[self.manager](visitor.browser.driver, visitor.profile)
        if not isinstance(manager, DialogManager):
            return
        try:
            self.options, self.strange = offered(manager)
        except ConsentFailure as failure:
            self.notes.append(f"The preferences could not be read: {failure}")
            return
        self.say(f"finds a switch for {', '.join(self.options) or 'no category'}")

    def _orient(self) -> None:
        """Invert each switch that is on after a refusal, or off after everything was accepted."""
        if self.dialog:
            refused, accepted = (self.readings.get(act, {}) for act in (REFUSAL, CONSENT))
            self.dialog = oriented(self.dialog, refused, accepted)
