"""A visitor who has no pointer: walks by the Tab key, and presses Enter and Space."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import NotOffered
from consentinel.consent.dialog import DialogManager
from consentinel.site.profile import Category
from consentinel.visitor.asking import Asking
from consentinel.visitor.page import Page

MOST_IN_DIALOG = 60
"""Presses of the Tab key after which a button of the dialog counts as out of reach."""

MOST_ON_PAGE = 400
"""Presses of the Tab key after which the walk through a page is given up."""

ANSWERS = 3.0
"""Seconds that a key may take to show its effect."""

_PLACE = """(() => {
  const deep = (root) => [...root.querySelectorAll("*")].flatMap((one) => (
    one.shadowRoot ? [one, ...deep(one.shadowRoot)] : [one]));
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at && at !== document.body ? String(deep(document).indexOf(at)) : "";
})()"""
"""The place of the element with the keyboard among all elements, empty for none."""

MOST_RADIOS = 12
"""Presses of an arrow key after which a group of radio buttons has been gone through."""


class OutOfReach(Exception):
    """The keyboard does not get at something. The message says what, as the end of a sentence."""


class Stops(NamedTuple):
    """Presses of the Tab key: those on the page to what opens the dialog, those in the dialog to what decides."""

    on_page: int
    in_dialog: int

    @property
    def all(self) -> int:
        """Both together."""
        return self.on_page + self.in_dialog


class Keyboard(Page):
    """The visitor's dealings with the consent dialog by keys alone. Raises NotOffered for a dialog in a frame.

    What the keyboard does not get at is noted as `out_of_reach` of the visitor's.
    """

    def accept_all(self) -> None:
        """Accept everything: in the banner, or, after a choice, in the preferences, which are opened from the page."""
        everything = self.visitor.profile.refusable
        with self._choosing(everything, "accepts all cookies by keyboard") as dialog:
            if self.visitor.granted is not None:
                self._reopen(dialog)
                self._decide_in_front(dialog, dialog.layers.look(None).accept, everything)
                return
            if not dialog.selectors.accept:
                raise NotOffered(f"{dialog.name}: no selector says what accepts everything")
            self._press_each(dialog, dialog.selectors.accept)

    def refuse_all(self) -> None:
        """Refuse everything: in the banner, or, after a choice, in the preferences, which are opened from the page."""
        self.visitor.consent.must_offer_refusal()
        with self._choosing((), "refuses all cookies by keyboard") as dialog:
            if self.visitor.granted is not None:
                self._reopen(dialog)
                self._decide_in_front(dialog, dialog.layers.look(None).refuse, ())
            elif dialog.selectors.refuse:
                self._press_each(dialog, dialog.selectors.refuse)
            else:
                self._open(dialog)
                self._set_and_save(dialog, ())

    def allow_only(self, allowed: Collection[Category]) -> None:
        """Open the preferences, after a choice from the page, set each switch, and save."""
        names = ", ".join(sorted(allowed))
        self.visitor.consent.must_offer_refusal()
        with self._choosing(allowed, f"allows only {names} cookies by keyboard") as dialog:
            if self.visitor.granted is not None:
                self._reopen(dialog)
            self._open(dialog)
            self._set_and_save(dialog, allowed)

    def stops_to_accept(self) -> Stops:
        """Return how many presses of Tab lead from the page's beginning to what accepts. Raises OutOfReach."""
        dialog = self._meet()
        return Stops(0, sum(self._walk(partial(dialog.is_focused, one), one) for one in dialog.selectors.accept[:1]))

    def stops_to_withdraw(self) -> Stops:
        """Open the preferences, and count the presses of Tab to what refuses or saves there. Raises OutOfReach."""
        dialog = self._meet()
        with self.visitor.doing("opens the preferences by keyboard"):
            on_page = self._reopen(dialog)
        last = dialog.layers.look(None).refuse[:1]
        if not last:
            _must_have_one_step(dialog)
            last = dialog.selectors.save[:1]
        return Stops(on_page, sum(self._walk(partial(dialog.is_focused, one), one) for one in last))

    @contextmanager
    def _choosing(self, granted: Collection[Category], sentence: str) -> Iterator[DialogManager]:
        dialog = self._meet()
        with self.visitor.choosing(granted, sentence):
            try:
                self.visitor.out_of_reach = ""
                yield dialog
            except OutOfReach as missed:
                self.visitor.out_of_reach = str(missed)

    def _meet(self) -> DialogManager:
        self.visitor.context.focus()
        Asking(self.visitor).meet()
        consent = self.visitor.consent
        if not isinstance(consent, DialogManager):
            raise NotOffered(f"{consent.name}: its buttons are not known by selector")
        return consent

    def _open(self, dialog: DialogManager) -> None:
        """Open the preferences from the banner; those that show already are open."""
        if dialog.preferences_are_open():
            return
        if dialog.selectors.preferences:
            self._press_each(dialog, dialog.selectors.preferences)
            self._see(dialog, dialog.preferences_are_open, dialog.selectors.preferences[-1])
            self.visitor.rest()
        else:
            self._reopen(dialog)

    def _reopen(self, dialog: DialogManager) -> int:
        """Open the dialog from the page; return the presses of Tab that led there."""
        clicks, had_banner = dialog.reopeners(), dialog.is_asking()
        if not clicks:
            raise NotOffered(f"{dialog.name}: nothing is known that opens the preferences from the page")
        pressed = sum(self._press(dialog, one, MOST_ON_PAGE) for one in clicks)
        self._see(dialog, partial(dialog.have_come, had_banner), clicks[-1])
        self.visitor.rest()  # until then, the dialog may take the keyboard at any moment
        return pressed

    def _decide_in_front(self, dialog: DialogManager, buttons: Collection[str], allowed: Collection[Category]) -> None:
        """Press what decides at once in the layer in front, else set each switch and save."""
        if buttons and not set(buttons) & set(dialog.selectors.save):
            self._press_each(dialog, buttons)
        else:
            self._open(dialog)
            self._set_and_save(dialog, allowed)

    def _set_and_save(self, dialog: DialogManager, allowed: Collection[Category]) -> None:
        _must_have_one_step(dialog)
        for category in self.visitor.profile.refusable:
            self._turn(dialog, category, category in allowed)
        if not dialog.selectors.at_once:
            self._press_each(dialog, dialog.selectors.save)

    def _turn(self, dialog: DialogManager, category: Category, wanted: bool) -> None:
        """Turn a switch by Space, by Enter, or, among radio buttons, by an arrow key."""

        def is_turned() -> bool:
            shown = dialog.switches().get(category)
            if shown is None:
                raise NotOffered(f"{dialog.name}: the preferences offer no switch for {category}")
            return shown.on is wanted

        if is_turned():
            return
        held = partial(dialog.held, category, wanted)
        self._walk(lambda: bool(held()), f"the switch of {category}", MOST_IN_DIALOG)
        keys = [Keys.ARROW_DOWN] * MOST_RADIOS if held() == "radio" else [Keys.SPACE, Keys.ENTER]
        for key in keys:
            self._send(key)
            if self._comes(is_turned):
                return
        raise OutOfReach(f"no key turns the switch of {category}")

    def _press_each(self, dialog: DialogManager, selectors: Collection[str]) -> None:
        for one in selectors:
            self._comes(partial(dialog.layers.offers, (one,)))  # what the last key opened
            self._press(dialog, one, MOST_IN_DIALOG)

    def _press(self, dialog: DialogManager, selector: str, most: int) -> int:
        """Press Enter on what the selector finds; return how often Tab was pressed before. Raises OutOfReach.

        A browser clicks buttons and links with an address for keys. Anything else has to hear keys by itself.
        """
        pressed = self._walk(partial(dialog.is_focused, selector), selector, most)
        unclicked = dialog.unclicked()
        before = self._sight(dialog, selector) if unclicked else ()
        for key in (Keys.ENTER, Keys.SPACE):
            self._send(key)
            if not unclicked or self._comes(lambda: self._sight(dialog, selector) != before):
                return pressed
        raise OutOfReach(f"neither Enter nor the space bar does anything on {unclicked} ({selector})")

    def _sight(self, dialog: DialogManager, selector: str) -> tuple[object, ...]:
        """Return what changes where a key that was pressed on something has any effect."""

        def seen() -> tuple[object, ...]:
            front = (dialog.is_asking(), dialog.shows_preferences(), dialog.layers.offers((selector,)))
            return (*front, dialog.is_focused(selector), self.visitor.recorder.news)

        return wait_until("the page to answer", seen, ANSWERS)

    def _see(self, dialog: DialogManager, has_come: Callable[[], bool], selector: str) -> None:
        if not self._comes(has_come):
            raise OutOfReach(f"Enter on {selector} opens no preferences of {dialog.name}")

    def _comes(self, condition: Callable[[], bool]) -> bool:
        try:
            return wait_until("a key's effect", condition, ANSWERS)
        except WaitFailed:
            return False

    def _walk(self, is_reached: Callable[[], bool], what: str, most: int = MOST_IN_DIALOG) -> int:
        """Press Tab until something is reached, and Shift and Tab where that leaves the page; return how often.

        Raises OutOfReach, or NotOffered where the page was not walked through.
        """
        pressed = 0
        for back in (False, True):
            first, last, left = "", "", 0
            for _ in range(most):
                self._tab(back)
                pressed += 1
                if is_reached():
                    return pressed
                place = self._place()
                left = 0 if place else left + 1
                if left > 1 or (place and place == first != last):  # once around, or to and fro at a frame
                    break
                first, last = first or place, place
            else:
                if most == MOST_IN_DIALOG:
                    raise OutOfReach(f"the Tab key does not reach {what}")
                raise NotOffered(f"{most} presses of the Tab key did not lead through the page, nor to {what}")
        raise OutOfReach(f"the Tab key does not reach {what}")

    def _tab(self, back: bool) -> None:
        keys, shift = ActionChains(self.driver), Keys.SHIFT
        keys = keys.key_down(shift).send_keys(Keys.TAB).key_up(shift) if back else keys.send_keys(Keys.TAB)
        keys.perform()

    def _place(self) -> str:
        """Return which element of the page has the keyboard; empty for none."""

        def told() -> tuple[str]:
            return (self.visitor.context.ask(_PLACE),)

        return wait_until("the page to answer", told, ANSWERS)[0]

    def _send(self, key: str) -> None:
        ActionChains(self.driver).send_keys(key).perform()


def _must_have_one_step(dialog: DialogManager) -> None:
    if dialog.selectors.next:
        raise NotOffered(f"{dialog.name}: the switches stand on several steps, through which no key leads from here")
