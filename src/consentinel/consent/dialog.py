"""Works any consent dialog that selectors can name; what is special about a manager is its subclass's."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.base import (
    ACCEPT,
    REFUSE,
    SAVE,
    ChoiceNotTaken,
    ConsentFailure,
    ConsentManager,
    Deed,
    NoDialog,
    NoManager,
    NotOffered,
    ReloadLoop,
    Switch,
    WrongManager,
)
from consentinel.consent.dialog_driver import EFFECT, DialogDriver
from consentinel.consent.dialog_state import (
    Condition,
    DialogState,
    containers_of,
    look,
    repeating,
)
from consentinel.site.profile import (
    Category,
    DialogSelectors,
    Profile,
    SwitchSelectors,
)

SETTLED = 100.0
"""Milliseconds after its load for which a page reloaded by a choice must stay before the reload counts as over."""

NO_WAY_IN = "the profile has no entry elements.preferences_link, which would say what opens the preferences"

RELOADS = 5
"""Reloads after one choice that make a loop."""


class DialogManager(ConsentManager):
    """A manager whose dialog is named by selectors.

    `mark` is a JavaScript expression, truthy where this manager runs; empty for one that cannot be recognised.
    """

    mark: ClassVar[str] = ""
    switch: ClassVar[str] = ""
    """The selector of a category's switch, with `{key}` for the manager's own name of the category."""

    keys: ClassVar[Mapping[Category, str]] = {}
    """The manager's usual names of categories, where they differ from ours; the profile may say otherwise."""

    aside: ClassVar[tuple[str, ...]] = ()
    """Selectors of switches that are no category: master switches, single services of a category."""

    known: ClassVar[dict[str, type[DialogManager]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.mark:
            DialogManager.known[cls.name] = cls

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        super().__init__(driver, profile)
        self.selectors = self.described(profile)
        self.dialog_driver = DialogDriver(driver, self.name, self.selectors.frame)
        self._containers = containers_of(self.selectors)

    @classmethod
    @abstractmethod
    def described(cls, profile: Profile) -> DialogSelectors:
        """The dialog's selectors on this site."""

    @classmethod
    def switches_by_key(cls, profile: Profile) -> dict[Category, SwitchSelectors]:
        """A switch for each of the profile's categories, by the manager's name for it."""
        return {
            category: SwitchSelectors(control=cls.switch.format(key=table.key or cls.keys.get(category, category)))
            for category, table in profile.categories.items()
        }

    @classmethod
    @override
    def recognises(cls, driver: WebDriver) -> bool:
        return cls.name in running(driver)

    @override
    def is_asking(self) -> bool:
        return self.dialog_driver.shows({"banner": self.selectors.banner}, {}, [])["banner"]

    @override
    def shows_preferences(self) -> bool:
        return self.dialog_driver.shows({"dialog": self.selectors.dialog}, {}, [])["dialog"]

    @override
    def why_unseen(self) -> str:
        place = self.selectors.frame or self.selectors.banner
        if wait_until("the page to answer", lambda: self.dialog_driver.ask_page("count", place), EFFECT)[0]:
            return ""
        runs = " although the manager runs here" if self.mark and self.recognises(self.driver) else ""
        return f"{self.name}: nothing on this page matches {place}{runs}"

    @override
    def preferences_are_open(self) -> bool:
        return self._are_open(self._look())

    def is_focused(self, selector: str) -> bool:
        """Whether the keyboard is on what the selector finds. Raises NotOffered where the dialog lies in a frame."""
        if self.selectors.frame is not None:
            raise NotOffered(f"{self.name}: no key reaches a dialog in a frame from here")
        return bool(self.dialog_driver.ask_page("focused", selector))

    @override
    def accept_all(self) -> None:
        seen = self._wait_for_dialog()
        if seen.accept:
            self._decide(ACCEPT, self.selectors.accept, seen)
        else:
            self._decide_by_switches(granted=True)

    @override
    def refuse_all(self) -> None:
        seen = self._wait_for_dialog()
        if seen.refuse:
            self._decide(REFUSE, self.selectors.refuse, seen)
        else:
            self._decide_by_switches(granted=False)

    @override
    def clicks_to_refuse(self) -> int:
        if self._wait_for_dialog().refuse:
            return len(self.selectors.refuse)
        return len(self.selectors.preferences) + len(self.selectors.save)

    @override
    def prominence_of_refusing(self) -> Mapping[str, float]:
        self._wait_for_dialog()
        accept = self.dialog_driver.ask("weight", self.selectors.accept[0], self._containers)
        refuse = self.dialog_driver.ask("weight", self.selectors.refuse[0], self._containers)
        return {one: refuse[one] / accept[one] for one in refuse if accept.get(one)}

    @override
    def open_preferences(self) -> None:
        seen = self._wait_for_a_way_in()
        if self._are_open(seen):
            return
        from_banner = seen.banner and bool(self.selectors.preferences)
        clicks = self.selectors.preferences if from_banner else self._reopeners()
        if not clicks:
            raise NotOffered(f"{self.name}: {NO_WAY_IN}")
        containers = self._containers if from_banner else []
        for selector in clicks:
            self.dialog_driver.click(selector, containers)
        self._wait_for("the preferences", repeating(self.dialog_driver, clicks, containers, self._are_open))

    @override
    def switches(self) -> Mapping[Category, Switch]:
        if not self.selectors.categories:
            raise NotOffered(f"{self.name}: this dialog offers no choice by category")
        asked = {category: how.model_dump() for category, how in self.selectors.categories.items()}
        read = self.dialog_driver.ask("switches", asked)
        return {category: Switch(**read[category]) for category in Category if category in read}

    @override
    def other_labels(self) -> tuple[str, ...]:
        known = [s for how in self.selectors.categories.values() for s in how.model_dump().values() if s]
        return tuple(self.dialog_driver.ask("others", self._containers[0], [*known, *self.aside]))

    def own_names(self) -> list[dict[str, str]]:
        """The manager's own `key` and `label` of each switch in the open preferences, for drafting a profile."""
        if not self.switch:
            return []
        read: list[dict[str, str]] = self.dialog_driver.ask("keys", self._containers[0], self.switch, self.aside)
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
        self.dialog_driver.until(what, lambda: self.switches()[category].on is granted)

    @override
    def save(self) -> None:
        if not self.selectors.save:
            raise NotOffered(f"{self.name}: no selector says what saves the preferences")
        on = {category: switch.on for category, switch in self.switches().items()} if self.selectors.categories else {}
        self._decide(SAVE, self.selectors.save, self._look(), on)

    @override
    def close(self) -> None:
        if not self.selectors.close:
            raise NotOffered(f"{self.name}: the dialog cannot be closed without a choice")
        had_dialog = self._look().dialog
        self._click_each(self.selectors.close)
        closed = repeating(
            self.dialog_driver,
            self.selectors.close,
            self._containers,
            lambda at: not (at.dialog if had_dialog else at.banner),
        )
        self.dialog_driver.until("the dialog to close", lambda: closed(self._look()))

    # What the actions are made of; a subclass overrides what is special about its manager.

    def _turn(self, category: Category, granted: bool) -> None:
        how = self.selectors.categories[category]
        button = how.grant if granted else how.refuse
        if how.control:
            self.dialog_driver.turn(how.control)
        elif button:
            self._click_each((button,))

    def _are_open(self, at: DialogState) -> bool:
        """Whether the preferences show; in a dialog of one layer that is the banner."""
        return at.dialog or (self.selectors.dialog is None and at.banner)

    def _reopeners(self) -> tuple[str, ...]:
        link = self.profile.elements.preferences_link
        return (link,) if link else self.selectors.reopen

    def _decide_by_switches(self, granted: bool) -> None:
        self.open_preferences()
        for category in self.profile.refusable:
            self.set_category(category, granted)
        self.save()

    def _decide(
        self, what: str, clicks: tuple[str, ...], seen: DialogState, on: Mapping[Category, bool | None] | None = None
    ) -> None:
        """Click through to a choice, then see that it was taken: the dialog is gone, a reloaded page is at rest."""
        before = seen.origin
        self._click_each(clicks)
        origins = {before}

        def taken(at: DialogState) -> bool:
            origins.add(at.origin)
            if len(origins) > RELOADS:
                raise ReloadLoop(f"{self.name}: the page reloaded {RELOADS} times after the try to {what}")
            if at.origin != before:
                # The old document took the click; whether the new one asks again is for verdicts to say.
                return at.age > SETTLED
            return not at.anything

        condition = repeating(self.dialog_driver, clicks, self._containers, taken)
        try:
            wait_until("the dialog to go", lambda: condition(self._look()), EFFECT)
        except WaitFailed as error:
            raise ChoiceNotTaken(f"{self.name}: tried to {what}, but the dialog still shows; {error}") from error
        self.deeds.append(Deed(what, on or {}))

    def _click_each(self, selectors: tuple[str, ...]) -> None:
        for selector in selectors:
            self.dialog_driver.click(selector, self._containers)

    def _wait_for_a_way_in(self) -> DialogState:
        """The banner, or what opens the preferences. Raises NotOffered where the profile does not say what does."""
        what = "the banner, or what opens the preferences"
        try:
            return self._wait_for(what, lambda at: at.anything or at.reopen, self.profile.consent.late_s)
        except NoDialog as failure:
            if self._reopeners():
                raise
            raise NotOffered(f"{self.name}: {NO_WAY_IN}; {failure}") from failure

    def _wait_for_dialog(self) -> DialogState:
        return self._wait_for("the banner", lambda at: at.anything, self.profile.consent.late_s)

    def _wait_for(self, what: str, condition: Condition, limit: float | None = None) -> DialogState:
        """The first look that meets the condition. Raises NoManager, WrongManager or NoDialog, in that order."""

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
        return look(self.dialog_driver, self.selectors, next(iter(self._reopeners()), None))


def running(driver: WebDriver) -> tuple[str, ...]:
    """The names of the known managers that run on the page, in one call."""
    marks = ", ".join(f"{name!r}: () => {manager.mark}" for name, manager in DialogManager.known.items())
    script = f"""
        const marks = {{{marks}}};
        return Object.keys(marks).filter((name) => Boolean(marks[name]()));
    """
    return tuple(driver.execute_script(script))
