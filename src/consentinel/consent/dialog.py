"""Drives any consent dialog that selectors describe; a subclass overrides what is special about a manager."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import (
    ACCEPT,
    REFUSE,
    SAVE,
    ClickedChoice,
    ConsentFailure,
    NotOffered,
    Switch,
    Ticked,
    Unfamiliar,
)
from consentinel.consent.deciding import see_taken
from consentinel.consent.dialog_state import DialogState, repeating
from consentinel.consent.panels import Panels, known_switches
from consentinel.consent.turning import turn, turn_all
from consentinel.consent.watching import NO_WAY_IN, LayeredManager
from consentinel.site.profile import Category, Profile, SwitchSelectors

DRAWN = 3.0
"""Seconds that the switches may take to be drawn in preferences that are open."""

SAY_INVERTED = "does it refuse when it is on? Say so by inverted = true or false in its table"


class DialogManager(LayeredManager):
    """A manager whose dialog is named by selectors."""

    switch: ClassVar[str] = ""
    """The selector of a category's switch, with `{key}` for the manager's own name of the category."""

    keys: ClassVar[Mapping[Category, str]] = {}
    """The manager's usual names of categories, where they differ from ours; the profile may say otherwise."""

    aside: ClassVar[tuple[str, ...]] = ()
    """Selectors of switches that are no category: master switches, single services of a category."""

    sweeping: ClassVar[tuple[str, ...]] = ()
    """The clicks that refuse everything in the open preferences, where `refuse` does so in the banner alone."""

    @classmethod
    def switches_by_key(cls, profile: Profile) -> dict[Category, SwitchSelectors]:
        """Return a switch for each of the profile's categories, by the manager's name for it."""
        return {
            category: SwitchSelectors(control=cls.switch.format(key=table.key or cls.keys.get(category, category)))
            for category, table in profile.categories.items()
        }

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
            refuse = (*self.selectors.preferences, *self.selectors.save)
        return max(1, 1 + len(refuse) - len(self.selectors.accept))

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
        if not self._are_open(seen):
            opening += len(seen.preferences or self.selectors.preferences)
            self._open_from_banner()
        turned = len([one for one in self.switches().values() if one.on and not one.locked])
        if self.name == "described" or self.layers.offers(self.selectors.aside):  # another may turn them all
            turned = min(turned, 1)
        clicks = turned + len(() if self.selectors.at_once else self.selectors.save)
        if self.layers.offers(self.sweeping[:1]):
            clicks = min(clicks, len(self.sweeping))
        return opening + clicks, len(self.selectors.accept)

    @override
    def open_preferences(self) -> None:
        seen = self._wait_for_a_way_in()
        if not seen.banner and not self._are_open(seen):
            seen = self._reopen()
        if not self._are_open(seen):
            self._open_from_banner()
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
        self.layers.click_each(clicks)
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
    def switches(self) -> Mapping[Category, Switch]:
        if not self.selectors.categories:
            raise NotOffered(f"{self.name}: this dialog offers no choice by category")
        # A list, which is true however few there are; the page may be giving way to another at this moment.
        [read] = self.dialog_driver.until("the switches to be read", lambda: [self._read_switches()])
        return self._known(read)

    def _known(self, read: dict[Category, dict[str, Any]]) -> Mapping[Category, Switch]:
        for category, one in read.items():
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
        shown = self.switches()
        state_selectors = [
            how for one, how in self.selectors.categories.items() if one in shown and shown[one].on is not None
        ]
        buttons = (*self.selectors.accept, *self.selectors.refuse, *self.selectors.save, *self.selectors.close)
        apart = (*buttons, *self.selectors.preferences)
        panels = Panels(self.layers.inner, self._containers[0], known_switches(state_selectors), apart)
        return panels.ticked(self.selectors.panels, self.profile)

    def own_names(self) -> list[dict[str, str]]:
        """Return the manager's own `key` and `label` of each switch in the open preferences, for drafting a profile."""
        if not self.switch:
            return []
        read: list[dict[str, str]] = self.layers.inner.ask("keys", self._containers[0], self.switch, self.aside)
        return read

    @override
    def set_category(self, category: Category, granted: bool) -> None:
        shown = self.switches().get(category)
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
        return turn_all(self.layers, self.selectors.others, granted, reopen)

    def _reads(self, category: Category, granted: bool) -> bool:
        shown = self._known(self._read_switches()).get(category)
        return shown is not None and shown.on is granted

    @override
    def save(self) -> None:
        on = {category: switch.on for category, switch in self.switches().items()} if self.selectors.categories else {}
        if self.selectors.at_once:
            if self.selectors.close and self.shows_preferences():
                self.close()
            self.clicked_choices.append(ClickedChoice(SAVE, on))
            return
        if not self.selectors.save:
            raise NotOffered(f"{self.name}: no selector says what saves the preferences")
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

    def _turn(self, category: Category, granted: bool) -> None:
        turn(self.layers, self.selectors.categories[category], granted)

    def _are_open(self, at: DialogState) -> bool:
        """Return whether the preferences show; in a dialog of one layer that is the banner."""
        return at.dialog or (self.selectors.dialog is None and at.banner)

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
