"""What a page asks before it can be used: its visitor's age or country, or whether they want a newsletter."""

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
    page, at, has_clicked = DialogDriver(driver, "access.ahead"), time.time(), False
    for selector in selectors:
        with suppress(NotYet):
            has_clicked = page.click_now(selector, []) or has_clicked
    if has_clicked:
        recorder.add(Action(at, "answers what the page asks first"))
    return has_clicked
