"""OneTrust, Cookiebot, Didomi and the long tail, by DuckDuckGo's library of rules (npm `@duckduckgo/autoconsent`).

The library knows all or nothing: what asks for one category raises NotOffered, and such scenarios are skipped with
that reason. It clicks by script inside the page, unlike every other manager here. It is optional: nothing else needs
Node or the package.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver.remote.webdriver import WebDriver
from typing_extensions import override

from consentinel.browser.wait import NotYet, WaitFailed, answered, script_answer, wait_until
from consentinel.consent.base import (
    ACCEPT,
    REFUSE,
    ChoiceNotTaken,
    ClickedChoice,
    ConsentManager,
    NoDialog,
    NoManager,
    NotOffered,
    Switch,
)
from consentinel.consent.dialog_driver import EYES
from consentinel.site.profile import Category, Profile

VARIABLE = "CONSENTINEL_AUTOCONSENT"
PLACES = (Path("node_modules"), Path(".cache") / "managers" / "node_modules")
PACKAGE = Path("@duckduckgo") / "autoconsent"
FRAMES = f"{EYES}\nreturn [...document.querySelectorAll('iframe')].filter((frame) => !isToCome(frame));"
BRIDGE = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

CONFIG: dict[str, object] = {
    "enabled": True,
    "autoAction": None,
    "disabledCmps": [],
    "enablePrehide": False,
    "enableCosmeticRules": False,
    "enableGeneratedRules": True,
    "detectRetries": 20,
    "isMainWorld": True,
    "enableHeuristicDetection": False,
}

LOOK = 3.0
"""Seconds that the library may take to recognise a manager and its dialog."""

EFFECT = 20.0
"""Seconds that it may take to click through a dialog."""

START = """
const [rules, config] = arguments;
window.autoconsentReceiveMessage({ type: 'initResp', rules: { autoconsent: [], compact: rules }, config });
"""


class NoAutoconsent(NoManager):
    """The npm package is not installed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the library says of one document. `result` is None until it has acted."""

    manager: str
    popup: str
    result: bool | None
    failed: bool
    nothing: bool


class Autoconsent(ConsentManager):
    """A dialog that the library knows, in the page or in one of its frames."""

    name = "autoconsent"

    @classmethod
    @override
    def recognises(cls, driver: WebDriver) -> bool:
        return bool(cls.manager_on(driver))

    @classmethod
    def manager_on(cls, driver: WebDriver) -> str:
        """Return the library's name for the manager on the page, empty when it knows none. Waits up to LOOK seconds."""
        try:
            return wait_until(
                "a known manager", lambda: next((s.manager for s in _seen(driver) if s.manager), ""), LOOK
            )
        except WaitFailed:
            return ""

    def __init__(self, driver: WebDriver, profile: Profile) -> None:
        super().__init__(driver, profile)
        _source()

    @override
    def is_asking(self) -> bool:
        """Unlike others it waits, up to LOOK seconds: the library looks in its own time."""
        try:
            return wait_until("the dialog", self._popup_shows, LOOK)
        except WaitFailed:
            return False

    @override
    def accept_all(self) -> None:
        self._act(ACCEPT, "optIn")

    @override
    def refuse_all(self) -> None:
        self._act(REFUSE, "optOut")

    @override
    def open_preferences(self) -> None:
        raise self._not_offered()

    @override
    def switches(self) -> Mapping[Category, Switch]:
        raise self._not_offered()

    @override
    def other_labels(self) -> tuple[str, ...]:
        raise self._not_offered()

    @override
    def set_category(self, category: Category, granted: bool) -> None:
        raise self._not_offered()

    @override
    def save(self) -> None:
        raise self._not_offered()

    @override
    def close(self) -> None:
        raise self._not_offered()

    @override
    def clicks_to_refuse(self) -> int:
        raise self._not_offered()

    def _not_offered(self) -> NotOffered:
        return NotOffered(f"{self.name}: its rules know all or nothing; describe the dialog in the profile for more")

    def _popup_shows(self) -> bool:
        seen = _seen(self.driver)
        return any(each.popup and each.result is None for each in seen)

    def _act(self, what: str, message: str) -> None:
        try:
            wait_until("the dialog", self._popup_shows, self.profile.consent.late_s)
        except WaitFailed as error:
            raise NoDialog(f"{self.name}: {error}") from error
        for _ in _frames(self.driver):
            self.driver.execute_script(
                "if (window.consentinelAutoconsent.popup) window.autoconsentReceiveMessage({ type: arguments[0] })",
                message,
            )
        try:
            wait_until(f"it to {what}", self._acted, EFFECT)
        except WaitFailed as error:
            raise ChoiceNotTaken(f"{self.name}: tried to {what}; {error}") from error
        self.clicked_choices.append(ClickedChoice(what))

    def _acted(self) -> bool:
        seen = _seen(self.driver)
        if any(each.failed or each.result is False for each in seen):
            raise NotYet("a step of its rule failed")
        # A page that was reloaded by the choice knows nothing of it: its dialog is simply gone.
        return any(each.result for each in seen) or not any(each.popup for each in seen)


def _seen(driver: WebDriver) -> list[Seen]:
    return [_seen_here(driver) for _ in _frames(driver)]


def _seen_here(driver: WebDriver) -> Seen:
    """Return the library's state in the current frame. Raises NotYet if a new page has taken its place."""
    return Seen(**answered(driver.execute_script("return window.consentinelAutoconsent")))


def _frames(driver: WebDriver) -> Iterator[None]:
    """Yield the page and each of its frames in turn, with the library at work there."""
    _start(driver)
    yield
    for frame in script_answer(driver, FRAMES):
        with _inside(driver, frame) as entered:
            if entered:
                _start(driver)
                yield


@contextmanager
def _inside(driver: WebDriver, frame: object) -> Iterator[bool]:
    try:
        driver.switch_to.frame(frame)  # type: ignore[arg-type]  # its own element
    except NoSuchFrameException:
        yield False
        return
    try:
        yield True
    finally:
        driver.switch_to.default_content()


def _start(driver: WebDriver) -> None:
    if driver.execute_script("return Boolean(window.consentinelAutoconsent)"):
        return
    source, rules = _source()
    driver.execute_script(f"{BRIDGE}\n{source}\n{START}", rules, CONFIG)


@cache
def _source() -> tuple[str, object]:
    """Return the library's text and its rules. Raises NoAutoconsent."""
    named = os.environ.get(VARIABLE)
    folders = [Path(named)] if named else [place / PACKAGE for place in PLACES]
    for folder in folders:
        script, rules = folder / "dist" / "autoconsent.playwright.js", folder / "rules" / "compact-rules.json"
        if script.is_file() and rules.is_file():
            return script.read_text(encoding="utf-8"), json.loads(rules.read_text(encoding="utf-8"))
    raise NoAutoconsent(
        f"the manager autoconsent needs its npm package: run `npm install {PACKAGE.as_posix()}`, "
        f"or name its folder in {VARIABLE}"
    )
