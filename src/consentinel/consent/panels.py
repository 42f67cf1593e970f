"""Opens the hidden parts of the preferences: tabs, accordions, lists of vendors, legitimate interests."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import ConsentFailure, Ticked
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.site.profile import Category, Profile, SwitchSelectors

MOST = 24
"""Tabs and folded parts that are opened at most; a list of vendors may hold hundreds."""

SHOWS = 3.0
"""Seconds that a part of the preferences may take to show; one that changes nothing holds nothing new."""

RESTS = 0.5
"""Seconds without a change after which a part has shown all that it holds."""


class Panels:
    """The parts of a dialog. `known` finds the categories' switches, `apart` the buttons that decide something."""

    def __init__(self, dialog_driver: DialogDriver, dialog: str, known: Sequence[str], apart: Sequence[str]) -> None:
        self.dialog_driver = dialog_driver
        self.dialog = dialog
        self.known = known
        self.apart = apart
        self._shown: dict[WebElement, tuple[str, bool]] = {}
        self._found: dict[WebElement, dict[str, Any]] = {}

    def ticked(self, named: Sequence[str], profile: Profile) -> tuple[Ticked, ...]:
        """Return each switch that is on and that is no category's own; opens one part after the other to see them.

        `named` are selectors of what opens parts, besides what is known by its role or its words.
        """
        self._read("", False)
        opened: list[WebElement] = []
        while len(opened) < MOST and (opener := self._next(named, opened)):
            opened.append(opener["element"])
            if self._open(opener["element"]):
                self._read(opener["label"], opener["telling"])
        return tuple(self._ticked(element, profile) for element in self._found)

    def _next(self, named: Sequence[str], opened: Iterable[WebElement]) -> dict[str, Any] | None:
        found: list[dict[str, Any]] = self.dialog_driver.ask("openers", self.dialog, named, self.apart)
        left = [each for each in found if each["element"] not in opened]
        return next((each for each in left if each["telling"]), None) or next(iter(left), None)

    def _open(self, element: WebElement) -> bool:
        """Return whether a click on it changed anything of the dialog, which still shows."""
        before = self.dialog_driver.ask("sight", self.dialog)
        with contextlib.suppress(ConsentFailure, WaitFailed):
            self.dialog_driver.press(element)
            return wait_until("the dialog to change and to rest", self._rests_after(before), SHOWS)
        return False

    def _rests_after(self, before: str) -> Callable[[], bool]:
        """Return whether the dialog, which may load what it shows, looks otherwise than before and changes no more."""
        last, since = before, time.monotonic()

        def rests() -> bool:
            nonlocal last, since
            sight = self.dialog_driver.ask("sight", self.dialog)
            if sight != last:
                last, since = sight, time.monotonic()
            return bool(last != before) and time.monotonic() - since > RESTS

        return rests

    def _read(self, place: str, is_telling: bool) -> None:
        for each in self.dialog_driver.ask("ticked", self.dialog, self.known):
            element = each["element"]
            self._found[element] = each
            if each["seen"]:
                self._shown.setdefault(element, (place, is_telling))

    def _ticked(self, element: WebElement, profile: Profile) -> Ticked:
        found, shown = self._found[element], self._shown.get(element)
        place, is_telling = shown or ("", False)
        return Ticked(
            label=found["label"],
            place=place,
            category=category_named(found["label"], profile),
            is_telling=is_telling or found["telling"],
            is_seen=shown is not None,
            refuses=found["refuses"],
        )


def category_named(label: str, profile: Profile) -> Category | None:
    """Return the one category of the profile whose name stands in a label, None where none does or several do."""
    small = label.casefold()
    names = {category: (str(category), table.label, table.key) for category, table in profile.categories.items()}
    found = [category for category, each in names.items() if any(name and name.casefold() in small for name in each)]
    return found[0] if len(found) == 1 else None


def known_switches(switches: Iterable[SwitchSelectors]) -> list[str]:
    """Selectors of what belongs to these switches."""
    parts = ((how.control, how.grant, how.refuse, how.locked) for how in switches)
    return [selector for each in parts for selector in each if selector]
