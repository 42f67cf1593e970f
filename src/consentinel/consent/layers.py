"""The two layers of a consent dialog, each in the page or in a frame: reads their state and clicks in the front one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from functools import partial

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet
from consentinel.consent.dialog_driver import DialogDriver, Selectors
from consentinel.consent.dialog_state import DialogState
from consentinel.site.profile import DialogSelectors

PAGE = ":root"
"""Names the page itself where a profile names a frame."""

WAYS = ("accept", "refuse", "preferences")
"""What takes one click or several."""


class Layers:
    """`outer` works the banner, `inner` the preferences: one and the same, unless they lie in different frames."""

    def __init__(self, driver: WebDriver, name: str, selectors: DialogSelectors) -> None:
        self.selectors = selectors
        self.containers = [place for place in (selectors.dialog, selectors.banner) if place]
        self.outer = self.inner = DialogDriver(driver, name, _frame(selectors.frame))
        if selectors.dialog_frame and _frame(selectors.dialog_frame) != self.outer.frame:
            self.inner = DialogDriver(driver, name, _frame(selectors.dialog_frame))

    @property
    def are_apart(self) -> bool:
        """Whether the layers lie in different documents."""
        return self.inner is not self.outer

    def look(self, reopener: str | None) -> DialogState:
        """Return one look, in one call, or in a few where a layer lies in a frame."""
        chosen = self.selectors
        steps = {f"{way}.{n}": one for way in WAYS for n, one in enumerate(getattr(chosen, way))}
        places: Selectors = {"banner": chosen.banner, "dialog": chosen.dialog, "saved": chosen.saved}
        top: Selectors = {"reopen": reopener}
        if self.outer.frame is None and not self.are_apart:
            page = self.outer.ask_page("shows", {**places, **top}, steps, self.containers)
            shows: dict[str, bool] = page["shows"]
        else:
            page = self.outer.ask_page("shows", top, {}, [])
            shows = {**page["shows"], **self._shows(places, steps)}
        return DialogState(
            **{name: shows[name] for name in ("banner", "dialog", "saved", "reopen")},
            accept=_left(shows, "accept", chosen.accept),
            refuse=_left(shows, "refuse", chosen.refuse),
            preferences=_left(shows, "preferences", chosen.preferences),
            origin=page["origin"],
            age=page["age"],
        )

    def click(self, selector: str, unless: Callable[[], bool] = lambda: False) -> bool:
        """Click what the selector finds in the front layer, once it can be clicked. Raises ConsentFailure.

        Return False where `unless` held before that: then nothing was clicked.
        """
        what = f"{selector} to be clickable"
        return self.outer.until(what, lambda: [not unless() and self.click_now(selector)])[0]

    def click_now(self, selector: str) -> bool:
        """Return the same, if it can be clicked at this moment; raises NotYet if it cannot."""
        dialog_driver, containers = self.front()
        return dialog_driver.click_now(selector, containers)

    def click_each(self, selectors: tuple[str, ...], unless: Callable[[], bool] = lambda: False) -> None:
        """Click these one after the other. What is clicked twice running stands in two steps of the dialog, and is
        clicked again once the dialog says something else. Of further clicks, one is left out that would fold again
        what has been unfolded. Raises ConsentFailure.

        `unless` says whether what they lead to shows already: it may come while the first of them is waited for.
        """
        said = None
        for number, selector in enumerate(selectors):
            if selector in selectors[number - 1 : number]:
                self.outer.until("the next step", partial(self._says_another, said))
            if selector in selectors[number + 1 : number + 2]:
                said = self.words()
            if number and self._has_unfolded(selector):
                continue
            if not self.click(selector, *([unless] if number == 0 else ())):
                return

    def front(self) -> tuple[DialogDriver, list[str]]:
        """Return who works the front layer, and where its buttons may be."""
        if not self.are_apart:
            return self.outer, self.containers
        if self.inner.shows({"dialog": self.selectors.dialog}, {}, [])["dialog"]:
            return self.inner, self.containers[:1]
        return self.outer, self.containers[-1:]

    def offers(self, selectors: tuple[str, ...]) -> bool:
        """Return whether one of these shows in the front layer at this moment."""
        dialog_driver, containers = self.front()
        return any(dialog_driver.shows({}, {one: one for one in selectors}, containers).values())

    def matches(self, selector: str) -> bool:
        """Return whether the selector finds anything at this moment, in the page or in a layer, seen or not."""
        places = {id(one): one for one in (self.outer, self.inner)}.values()
        found = bool(self.outer.ask_page("exists", selector))
        for dialog_driver in places:
            with contextlib.suppress(NotYet):
                found = found or bool(dialog_driver.ask("exists", selector))
        return found

    def shows_dialog(self) -> bool:
        """Return whether the second layer is visible at this moment."""
        return self.inner.shows({"dialog": self.selectors.dialog}, {}, [])["dialog"]

    def words(self) -> str:
        """Return what the front layer says, as far as it stands in no control."""
        dialog_driver, containers = self.front()
        return str(dialog_driver.ask("says", containers))

    def _has_unfolded(self, selector: str) -> bool:
        with contextlib.suppress(NotYet):
            return bool(self.front()[0].ask("unfolded", selector))
        return False

    def _says_another(self, words: str | None) -> bool:
        return self.words() != words

    def _shows(self, places: Selectors, steps: Selectors) -> dict[str, bool]:
        if not self.are_apart:
            return self.outer.shows(places, steps, self.containers)
        banner = self.outer.shows({"banner": places["banner"]}, steps, self.containers[-1:])
        inner: Selectors = {"dialog": places["dialog"], "saved": places["saved"]}
        dialog = self.inner.shows(inner, steps, self.containers[:1])
        return {**banner, **dialog} if dialog["dialog"] else {**dialog, **banner}


def _frame(selector: str | None) -> str | None:
    return None if selector == PAGE else selector


def _left(shows: Mapping[str, bool], way: str, clicks: tuple[str, ...]) -> tuple[str, ...]:
    """Return the clicks that are left, from the first that shows."""
    first = next((n for n in range(len(clicks)) if shows[f"{way}.{n}"]), None)
    return () if first is None else clicks[first:]
