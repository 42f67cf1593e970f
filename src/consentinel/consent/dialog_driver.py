"""Drives a consent dialog: reads with `look.js` what shows, and clicks as a person would.

Few commands, since each costs 10 to 20 ms: one script call reads all that a question needs. Clicks are WebDriver's
own pointer actions, on an element that is visible, inside the dialog, at rest, and topmost where the pointer goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import NoSuchWindowException
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from consentinel.browser.isolated import inside, isolated
from consentinel.browser.pointer import wait_for_picture
from consentinel.browser.wait import NotYet, WaitFailed, answered, wait_until
from consentinel.consent.base import ConsentFailure

T = TypeVar("T")
Selectors = Mapping[str, str | None]

LOOKING, ANSWERS, CONTROLS, PANELS, AUDIT, UNFOLDING = (
    Path(__file__).with_name(f"{part}.js").read_text(encoding="utf-8")
    for part in ("look", "answers", "controls", "panels", "audit", "unfolding")
)
EYES = f"{LOOKING}\n{ANSWERS}\n{CONTROLS}"
ASK = "return questions[arguments[0]](...arguments[1]);"
LOOK = f"{EYES}\n{ASK}"

FURTHER = {
    **dict.fromkeys(("ticked", "openers", "sight"), f"{EYES}\n{PANELS}\n{ASK}"),
    **dict.fromkeys(
        ("buttons", "keyboard", "focused", "unclicked", "held", "covered", "heard"), f"{EYES}\n{AUDIT}\n{ASK}"
    ),
    "unfolding": f"{EYES}\n{UNFOLDING}\n{ASK}",
}
"""The scripts of the questions that `panels.js`, `audit.js` and `unfolding.js` answer."""

EFFECT = 10.0
"""Seconds that a click may take to show its effect."""


class DialogDriver:
    """`frame` selects the iframe that holds the dialog, None where the page itself does."""

    def __init__(self, driver: WebDriver, name: str, frame: str | None = None) -> None:
        self.driver = driver
        self.name = name
        self.frame = frame

    def ask_page(self, question: str, *arguments: Any) -> Any:
        """Ask the top-level page. Raises NotYet while it is giving way to another."""
        return answered(isolated(self.driver, FURTHER.get(question, LOOK), question, [*arguments]))

    def ask(self, question: str, *arguments: Any) -> Any:
        """Ask where the dialog is. Raises NotYet while its frame does not show."""
        with self._inside():
            return self.ask_page(question, *arguments)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script where the dialog is; a promise that it returns is waited for. Raises NotYet as `ask` does."""
        with self._inside():
            return isolated(self.driver, script, *arguments)

    def shows(self, selectors: Selectors, buttons: Selectors, containers: list[str]) -> dict[str, bool]:
        """Return what shows where the dialog is: nothing while its frame does not."""
        try:
            shown: dict[str, bool] = self.ask("shows", selectors, buttons, containers)["shows"]
        except NotYet:
            return dict.fromkeys([*selectors, *buttons], False)
        return shown

    def click(self, selector: str, containers: list[str]) -> None:
        """Click what the selector finds inside the first of the containers that shows.

        What is in no container belongs to the top-level page, even where the dialog lies in a frame.
        """
        self.until(f"{selector} to be clickable", lambda: self.click_now(selector, containers))

    def click_now(self, selector: str, containers: list[str]) -> bool:
        """Return the same, if it can be clicked at this moment; raises NotYet if it cannot."""
        if not containers:
            return self._press("target", selector, containers)
        with self._inside():
            return self._press("target", selector, containers)

    def is_folded(self, selector: str) -> bool:
        """Return whether a menu, which can be unfolded at this moment, hides what the selector finds on the page."""
        return "reason" not in self.ask_page("unfolding", selector)

    def unfold(self, selector: str) -> None:
        """Click what unfolds the menu that holds what the selector finds. Raises ConsentFailure."""
        self.until(f"the menu that holds {selector} to be clickable", lambda: self._press("unfolding", selector))

    def turn(self, selector: str, wanted: bool) -> None:
        """Click each checkbox or switch that is not as wanted, or the label that stands in for it; slide a slider."""

        def turned() -> bool:
            with self._inside():
                return self._press("knob", selector, wanted)

        for left in range(self.ask("differing", selector, wanted), 0, -1):
            self.until(f"{selector} to be clickable", turned)
            if left > 1:  # what comes of the last click may be another page
                self.until(f"{selector} to turn", partial(self._differ_less, selector, wanted, left))

    def _differ_less(self, selector: str, wanted: bool, than: int) -> bool:
        return bool(self.ask("differing", selector, wanted) < than)

    def press(self, element: WebElement) -> None:
        """Click an element of the dialog's own document, once it can be clicked. Raises ConsentFailure."""

        def pressed() -> bool:
            with self._inside():
                return self._press("reach", element)

        self.until("it to be clickable", pressed)

    def until(self, what: str, probe: Callable[[], T]) -> T:
        """Wait for the effect of an action. Raises ConsentFailure."""
        try:
            return wait_until(what, probe, EFFECT)
        except WaitFailed as error:
            raise ConsentFailure(f"{self.name}: {error}") from error

    def _press(self, question: str, *arguments: Any) -> bool:
        found = self.ask_page(question, *arguments)
        if "reason" in found:
            raise NotYet(found["reason"])
        if found.get("line"):  # of a list, which no pointer opens without covering what lies around it
            found["element"].click()
            return True
        if "end" in found:
            found["element"].send_keys(Keys.END if found["end"] else Keys.HOME)
            return True
        if found["framed"]:
            wait_for_picture(self.driver)
        try:
            right, down = found["offset"]
            pointer = ActionChains(self.driver, duration=0)
            pointer.move_to_element_with_offset(found["element"], right, down).click().perform()
        except NoSuchWindowException:
            if self.frame is None:
                raise
            # The click took the dialog's frame away before Firefox had answered: it was heard.
        return True

    @contextmanager
    def _inside(self) -> Iterator[None]:
        if self.frame is None:
            yield
            return
        found = self.ask_page("frame", self.frame)
        if "reason" in found:
            raise NotYet(found["reason"])
        with inside(self.driver, found["element"]):
            yield
