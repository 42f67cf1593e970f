"""The one retry loop of the project.

A wait polls a condition and has a limit. Its error names what it waited for, how long, and each distinct reason why the
condition did not hold.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from selenium.common.exceptions import (
    ElementNotInteractableException,
    JavascriptException,
    MoveTargetOutOfBoundsException,
    NoSuchElementException,
    NoSuchFrameException,
    NoSuchShadowRootException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver.remote.webdriver import WebDriver

T = TypeVar("T")

EVERY = 0.02
"""Seconds between two looks."""

ANSWERS = 5.0
"""Seconds within which a page that is being left gives way to one that answers."""

# Errors of a page that is still changing. Any other error means a broken browser and ends the wait.
CHANGING = (
    ElementNotInteractableException,  # and its child, ElementClickInterceptedException
    JavascriptException,
    MoveTargetOutOfBoundsException,
    NoSuchElementException,
    NoSuchFrameException,
    NoSuchShadowRootException,
    StaleElementReferenceException,
)
NAVIGATING = ("aborted by navigation", "document unloaded", "execution context", "frame detached", "browsing context")
LEAVING = "the page was navigating"


_meanwhile: ContextVar[Callable[[], object] | None] = ContextVar("meanwhile", default=None)


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Have each wait call `act` between two looks. The seconds that `act` takes are no part of the wait's limit."""
    before = _meanwhile.set(act)
    try:
        yield
    finally:
        _meanwhile.reset(before)


class NotYet(Exception):
    """Raised by a probe whose condition does not hold yet, with the reason in words."""


class WaitFailed(Exception):
    """A wait gave up. `reasons` are the distinct reasons of its probe, in order."""

    def __init__(self, what: str, waited: float, reasons: tuple[str, ...]) -> None:
        why = "; ".join(reasons) or "it never came"
        super().__init__(f"waited {waited:.1f} s for {what}: {why}")
        self.what = what
        self.waited = waited
        self.reasons = reasons


def wait_until(what: str, probe: Callable[[], T], limit: float, every: float = EVERY) -> T:
    """Return the first truthy answer of `probe`, asked at once and then every `every` seconds, for `limit` seconds.

    `what` completes "waited 2.0 s for ...". A probe says why not by raising NotYet. Raises WaitFailed.
    """
    begun = time.monotonic()
    reasons: dict[str, None] = {}
    pause = threading.Event()
    while True:
        try:
            answer = probe()
            if answer:
                return answer
        except NotYet as error:
            reasons[str(error)] = None
        except CHANGING as error:
            reasons[in_short(error)] = None
        except WebDriverException as error:
            if not _is_navigating(error):
                raise
            reasons[LEAVING] = None
        waited = time.monotonic() - begun
        if waited >= limit:
            raise WaitFailed(what, waited, tuple(reasons))
        pause.wait(min(every, limit - waited))
        begun += seconds_meanwhile()


def seconds_meanwhile() -> float:
    """Call what is to happen between two looks. Return how many seconds that took."""
    begun, act = time.monotonic(), _meanwhile.get()
    if act is not None:
        act()
    return time.monotonic() - begun


def script_answer(driver: WebDriver, script: str, *arguments: Any) -> Any:
    """Return what a script answers that never answers null; it runs in the next page if this one leaves.

    Raises WaitFailed.
    """

    return until_answered(lambda: driver.execute_script(script, *arguments))


def until_answered(ask: Callable[[], Any]) -> Any:
    """Return what a script answers that never answers null, asked again while pages leave. Raises WaitFailed."""
    return wait_until("the page to answer a script", lambda: (answered(ask()),), ANSWERS)[0]


def answered(answer: Any) -> Any:
    """Return the answer of a script that never answers null. Raises NotYet if it is null.

    Firefox answers null when the page leaves while its script runs.
    """
    if answer is None:
        raise NotYet(LEAVING)
    return answer


def in_short(error: WebDriverException) -> str:
    """Return the first line of what WebDriver says."""
    lines = str(error.msg or type(error).__name__).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _is_navigating(error: WebDriverException) -> bool:
    message = str(error.msg or "").lower()
    return any(sign in message for sign in NAVIGATING)
