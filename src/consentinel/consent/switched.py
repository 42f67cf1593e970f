"""Reads and turns the switches of a dialog that selectors describe, on whatever step of the preferences they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.consent.base import NotOffered, Switch, Ticked, Unfamiliar
from consentinel.consent.dialog_state import DialogState
from consentinel.consent.panels import Panels, known_switches
from consentinel.consent.steps import Steps
from consentinel.consent.turning import turn, turn_all
from consentinel.consent.watching import LayeredManager
from consentinel.site.profile import Category, Profile, SwitchSelectors

SAY_INVERTED = "does it refuse when it is on? Say so by inverted = true or false in its table"


class SwitchedManager(LayeredManager):
    """A manager whose switches are named by selectors."""

    switch: ClassVar[str] = ""
    """The selector of a category's switch, with `{key}` for the manager's own name of the category."""

    keys: ClassVar[Mapping[Category, str]] = {}
    """The manager's usual names of categories, where they differ from ours; the profile may say otherwise."""

    aside: ClassVar[tuple[str, ...]] = ()
    """Selectors of switches that are no category: master switches, single services of a category."""

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        super().__init__(driver, profile)
        self.steps = Steps(self.layers)

    @classmethod
    def switches_by_key(cls, profile: Profile) -> dict[Category, SwitchSelectors]:
        """Return a switch for each of the profile's categories, by the manager's name for it."""
        return {
            category: SwitchSelectors(control=cls.switch.format(key=table.key or cls.keys.get(category, category)))
            for category, table in profile.categories.items()
        }

    @override
    def switches(self) -> Mapping[Category, Switch]:
        self._require_categories()
        read: dict[Category, dict[str, Any]] = {}
        shown: dict[Category, dict[str, Any]] = {}
        for _ in self.steps.each():
            read |= self._read_surely()
            if self.steps.are_several:
                here = (one for one in read if one not in shown and self.steps.shows(self.selectors.categories[one]))
                shown |= {one: read[one] for one in here}
        return self._known({**read, **shown})

    def _require_categories(self) -> None:
        if not self.selectors.categories:
            raise NotOffered(f"{self.name}: this dialog offers no choice by category")

    def _read_surely(self) -> dict[Category, dict[str, Any]]:
        # A list, which is true however few there are; the page may be giving way to another at this moment.
        [read] = self.dialog_driver.until("the switches to be read", lambda: [self._read_switches()])
        return read

    def _known(self, read: dict[Category, dict[str, Any]]) -> Mapping[Category, Switch]:
        for category, one in read.items():
            one.pop("unset", None)
            if one.pop("refuses", False) and self.selectors.categories[category].inverted is None:
                raise Unfamiliar(f'{self.name}: the switch of {category} says "{one["label"]}": {SAY_INVERTED}')
        order = dict.fromkeys((*Category, *self.selectors.categories))
        return {category: Switch(**read[category]) for category in order if category in read}

    def _read_switches(self) -> dict[Category, dict[str, Any]]:
        asked = {category: how.model_dump() for category, how in self.selectors.categories.items()}
        read: dict[Category, dict[str, Any]] = self.layers.inner.ask("switches", asked)
        return read

    @override
    def other_labels(self) -> tuple[str, ...]:
        return tuple(
            self.layers.inner.ask(
                "others", self._containers[0], [*known_switches(self.selectors.categories.values()), *self.aside_of()]
            )
        )

    def aside_of(self) -> tuple[str, ...]:
        """Selectors of switches that are no category, by the manager and by the profile."""
        return (*self.aside, *self.selectors.aside)

    @override
    def ticked_besides(self) -> tuple[Ticked, ...]:
        chosen, shown = self.selectors, self.switches()
        state_selectors = [how for one, how in chosen.categories.items() if one in shown and shown[one].on is not None]
        buttons = (*chosen.accept, *chosen.refuse, *chosen.save, *chosen.close, *chosen.next, *chosen.back)
        apart = (*buttons, *chosen.preferences)
        ticked: dict[Ticked, None] = {}
        for _ in self.steps.each():
            panels = Panels(self.layers.inner, self._containers[0], known_switches(state_selectors), apart)
            ticked |= dict.fromkeys(panels.ticked(chosen.panels, self.profile))
        return tuple(ticked)

    def own_names(self) -> list[dict[str, str]]:
        """Return the manager's own `key` and `label` of each switch in the open preferences, for drafting a profile."""
        if not self.switch:
            return []
        read: list[dict[str, str]] = self.layers.inner.ask("keys", self._containers[0], self.switch, self.aside)
        return read

    @override
    def set_category(self, category: Category, granted: bool) -> None:
        self._require_categories()
        how = self.selectors.categories.get(category)
        shown = self._known(self._read_surely()).get(category) if how and self.steps.find(how) else None
        if shown is None:
            raise NotOffered(f"{self.name}: the preferences offer no switch for {category}")
        if shown.on is granted:
            return
        if shown.locked:
            raise NotOffered(f'{self.name}: the switch "{shown.label}" is locked')
        self._turn(category, granted)
        what = f"the switch of {category} to be {'on' if granted else 'off'}"
        if self.selectors.at_once:
            self.dialog_driver.until(what, lambda: self._reads(category, granted) or not self._are_open(self._look()))
            self.open_preferences()
        self.dialog_driver.until(what, lambda: self._reads(category, granted))

    @override
    def set_others(self, granted: bool) -> int:
        reopen = self.open_preferences if self.selectors.at_once else None
        if not self.steps.are_several:
            return turn_all(self.layers, self.selectors.others, granted, reopen)
        here = ([one for one in self.selectors.others if self.steps.shows(one)] for _ in self.steps.each())
        return sum(turn_all(self.layers, switches, granted, reopen) for switches in here)

    def _reads(self, category: Category, granted: bool) -> bool:
        shown = self._known(self._read_switches()).get(category)
        return shown is not None and shown.on is granted

    # What a subclass overrides where it is special about its manager.

    def _are_open(self, at: DialogState) -> bool:
        """Return whether the preferences show; in a dialog of one layer that is the banner."""
        return at.dialog or (self.selectors.dialog is None and at.banner)

    def _turn(self, category: Category, granted: bool) -> None:
        turn(self.layers, self.selectors.categories[category], granted)
