"""Asks a page which of its layers may be consent dialogs: in the page itself and in frames of any origin."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import inside, isolated_answer
from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.consent.dialog_driver import ASK, EYES
from consentinel.drafting.switches import Layer, as_read

BUTTONS, DIALOGS = (
    Path(__file__).with_name(f"{part}.js").read_text(encoding="utf-8") for part in ("buttons", "dialogs")
)
FINDER = f"{EYES}\n{BUTTONS}\n{DIALOGS}\n{ASK}"

OPENS = 5.0
"""Seconds that a layer may take to show."""


def rest(driver: WebDriver) -> None:
    """Wait until nothing of the page moves, not for long: what slides in shows its buttons one after the other."""
    with suppress(WaitFailed):
        wait_until("the page to stand still", lambda: not isolated_answer(driver, FINDER, "moves", []), OPENS)


def layers(driver: WebDriver, frame: str) -> list[Layer]:
    """Return every visible layer of a frame that holds buttons; `frame` is empty for the page itself."""
    answer: list[Layer] | None = ask(driver, frame, "layers")
    return [as_read(layer) for layer in answer or []]


def places(driver: WebDriver, frame: str) -> list[Layer]:
    """Return the places of switches of a frame that no layer holds."""
    answer: list[Layer] | None = ask(driver, frame, "places")
    return [as_read(layer) for layer in answer or []]


def linked(driver: WebDriver, frame: str) -> list[Layer]:
    """Return the layers of a frame that hold nothing but links to other pages of the site."""
    answer: list[Layer] | None = ask(driver, frame, "linked")
    return answer or []


def frames(driver: WebDriver) -> list[dict[str, Any]]:
    """Return the visible frames of the page, each with its selector and its element."""
    found: list[dict[str, Any]] = isolated_answer(driver, FINDER, "frames", [])
    return found


def framed(driver: WebDriver) -> str:
    """Return the address of the frame that is all of the page, as where a site stands in a frame; else empty."""
    addresses: list[str] = isolated_answer(driver, FINDER, "framed", [])
    return next(iter(addresses), "")


def sealed(driver: WebDriver) -> str:
    """Return what shows and cannot be read by a script, as in a closed shadow root; empty for nothing."""
    found: list[str] = isolated_answer(driver, FINDER, "sealed", [])
    return next(iter(found), "")


def ask(driver: WebDriver, frame: str, question: str, *arguments: Any) -> Any:
    """Ask a frame a question of dialogs.js; None where that frame does not show."""
    if not frame:
        return isolated_answer(driver, FINDER, question, arguments)
    element = next((each["element"] for each in frames(driver) if each["selector"] == frame), None)
    if element is None:
        return None
    with inside(driver, element):
        return isolated_answer(driver, FINDER, question, arguments)
