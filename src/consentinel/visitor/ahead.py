"""Answers what a page asks before it can be used: its visitor's age or country, or whether they want a newsletter."""

from __future__ import annotations

import time
from collections.abc import Collection
from contextlib import suppress

from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Action


def answer_what_is_asked_first(driver: WebDriver, recorder: Recorder, selectors: Collection[str]) -> bool:
    """Click each of these where it shows and can be clicked, and record that. Return whether anything was clicked."""
    if not selectors:
        return False
    recorder.develop()
    at, has_clicked = time.time(), False
    for selector in selectors:
        with suppress(NotYet):
            has_clicked = click_ahead(driver, selector) or has_clicked
    if has_clicked:
        recorder.add(Action(at, "answers what the page asks first"))
    return has_clicked


def click_ahead(driver: WebDriver, selector: str) -> bool:
    """Click what a selector finds, whose ` >>> ` may also step into a frame. Raises NotYet where nothing can be."""
    frame, inside = _in_frame(driver, selector)
    if not frame:
        return DialogDriver(driver, "access.ahead").click_now(selector, [])
    return DialogDriver(driver, "access.ahead", frame).click_now(inside, ["html"])


def _in_frame(driver: WebDriver, selector: str) -> tuple[str, str]:
    """Return the frame that the first steps of a selector lead to, empty for none, and the steps inside it."""
    page, steps = DialogDriver(driver, "access.ahead"), selector.split(">>>")
    for number in range(1, len(steps)):
        *hosts, last = steps[:number]
        frame = ">>>".join([*hosts, f":is({last.strip()}):is(iframe, frame)"])
        if page.ask_page("count", frame)[0]:
            return frame, ">>>".join(steps[number:]).strip()
    return "", selector
