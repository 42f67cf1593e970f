"""Waits for a dialog that selectors describe, and diagnoses why it does not show."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.browser.wait import WaitFailed, script_answer, wait_until
from consentinel.consent.base import (
    ConsentFailure,
    ConsentManager,
    NoDialog,
    NoManager,
    NotOffered,
    NoWayIn,
    WrongManager,
)
from consentinel.consent.dialog_driver import EFFECT
from consentinel.consent.dialog_state import Condition, DialogState
from consentinel.consent.layers import Layers
from consentinel.site.profile import Category, DialogSelectors, Profile

NO_WAY_IN = "the profile has no entry elements.preferences_link, which would say what opens the preferences"


class LayeredManager(ConsentManager):
    """A manager whose dialog is named by selectors, as far as it is looked at.

    `mark` is a JavaScript expression, truthy where this manager runs; empty for one that cannot be recognised.
    """

    mark: ClassVar[str] = ""
    known: ClassVar[dict[str, type[LayeredManager]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.mark:
            LayeredManager.known[cls.name] = cls

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        super().__init__(driver, profile)
        self.selectors = self.described(profile)
        self.layers = Layers(driver, self.name, self.selectors)
        self.dialog_driver = self.layers.outer
        self._containers = self.layers.containers

    @classmethod
    @abstractmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        """Return the dialog's selectors on this site."""

    @classmethod
    @override
    def recognises(cls, driver: WebDriver) -> bool:
        return cls.name in running(driver)

    @override
    def is_asking(self) -> bool:
        return self.dialog_driver.shows({"banner": self.selectors.banner}, {}, [])["banner"]

    @override
    def shows_preferences(self) -> bool:
        return self.layers.shows_dialog()

    @override
    def why_unseen(self) -> str:
        place = self.selectors.frame or self.selectors.banner
        if wait_until("the page to answer", lambda: self.dialog_driver.ask_page("count", place), EFFECT)[0]:
            return ""
        runs = " although the manager runs here" if self.mark and self.recognises(self.driver) else ""
        return f"{self.name}: nothing on this page matches {place}{runs}"

    @override
    def places(self) -> tuple[str, ...]:
        named = (self.selectors.frame, self.selectors.dialog_frame, self.selectors.banner, self.selectors.dialog)
        return tuple(one for one in named if one and one != ":root")

    @override
    def is_wall(self) -> bool:
        return self.selectors.pays is not None

    def is_focused(self, selector: str) -> bool:
        """Return whether the keyboard is on what the selector finds.

        Raises NotOffered where the dialog lies in a frame.
        """
        self._must_lie_in_page()
        return bool(self.dialog_driver.ask_page("focused", selector))

    def unclicked(self) -> str:
        """Return what has the keyboard, where the browser clicks it for no key by itself; "" for anything else."""
        return str(self.dialog_driver.ask_page("unclicked"))

    def held(self, category: Category, wanted: bool) -> str:
        """Return what the keyboard is on of a category's switch: "switch", "radio", or "" for none.

        Raises NotOffered.
        """
        self._must_lie_in_page()
        how = self.selectors.categories.get(category)
        if how is None:
            raise NotOffered(f"{self.name}: no selector says where the switch of {category} is")
        chosen = how.control or (how.grant if wanted else how.refuse)
        held = str(self.dialog_driver.ask_page("held", chosen, [one for one in (how.grant, how.refuse) if one])[0])
        if held == "list":
            raise NotOffered(f"{self.name}: no line of a list is chosen by keyboard from here")
        return held

    def _must_lie_in_page(self) -> None:
        if self.selectors.frame is not None or self.selectors.dialog_frame is not None:
            raise NotOffered(f"{self.name}: no key reaches a dialog in a frame from here")

    def _must_be_known(self, selector: str) -> None:
        """Raises Unfamiliar if nothing shows that this selector is right for the site; here it is built in."""

    def reopeners(self) -> tuple[str, ...]:
        """Selectors of what opens the preferences from the page, one click after the other."""
        link = self.profile.elements.preferences_link
        return (link,) if link else self.selectors.reopen

    def _wait_for_a_way_in(self) -> DialogState:
        """Return the banner, or what opens the preferences; a menu that holds that is unfolded first.

        Raises NotOffered where the profile does not say what does.
        """
        what, link = "the banner, or what opens the preferences", next(iter(self.reopeners()), "")

        def shows(at: DialogState) -> bool:
            return at.anything or at.reopen

        def is_there(at: DialogState) -> bool:
            return shows(at) or bool(link and self.dialog_driver.is_folded(link))

        try:
            seen = self._wait_for(what, is_there, self.profile.consent.late_s)
            if not shows(seen):
                self.dialog_driver.unfold(link)
                seen = self._wait_for("what opens the preferences", shows)
            return seen
        except NoDialog as failure:
            if self.reopeners():
                raise NoWayIn(str(failure)) from failure
            raise NotOffered(f"{self.name}: {NO_WAY_IN}; {failure}") from failure

    def _wait_for_dialog(self) -> DialogState:
        return self._wait_for("the banner", lambda at: at.anything, self.profile.consent.late_s)

    def _wait_for(self, what: str, condition: Condition, limit: float | None = None) -> DialogState:
        """Return the first look that meets the condition. Raises NoManager, WrongManager or NoDialog, in that order."""

        def met() -> DialogState | None:
            at = self._look()
            return at if condition(at) else None

        try:
            found = wait_until(what, met, EFFECT if limit is None else limit)
        except WaitFailed as error:
            raise self._diagnosis(error) from error
        assert found is not None
        return found

    def _diagnosis(self, error: WaitFailed) -> ConsentFailure:
        present = running(self.driver) if self.mark else (self.name,)
        if self.name in present:
            return NoDialog(f"{self.name}: {error}")
        if present:
            return WrongManager(f"the profile names {self.name}, but {', '.join(present)} runs on this page; {error}")
        return NoManager(f"the profile names {self.name}, but no consent manager runs on this page; {error}")

    def _look(self) -> DialogState:
        return self.layers.look(next(iter(self.reopeners()), None))


def running(driver: WebDriver) -> tuple[str, ...]:
    """Return the names of the known managers that run on the page, in one call."""
    marks = ", ".join(f"{name!r}: () => {manager.mark}" for name, manager in LayeredManager.known.items())
    script = f"""
        const marks = {{{marks}}};
        return Object.keys(marks).filter((name) => Boolean(marks[name]()));
    """
    return tuple(script_answer(driver, script))
