"""Observes a visitor by BiDi where the browser has it, else by classic WebDriver and the proxy.

Both make the same records. The positive control finds what classic WebDriver does not show.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consentinel.browser.base import Context
from consentinel.browser.classic import ClassicContext
from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserCannot
from consentinel.evidence import (
    ageing,
    classic_reading,
    classic_settle,
    reading,
    settle,
)
from consentinel.evidence.classic_recorder import ClassicRecorder
from consentinel.evidence.proxy import Tap
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Settled, State
from consentinel.evidence.rest import OnRest, ignore


class Observer(ABC):
    """Waits, reads and lets time pass for one visitor. Its `recorder` holds what was observed."""

    recorder: Recorder[Any]

    @abstractmethod
    def settle(self, horizon: float, on_rest: OnRest = ignore) -> Settled:
        """Wait for rest, and watch for `horizon` seconds of page time that nothing more happens.

        At each rest on the way, `on_rest` gets how many seconds of page time have passed.
        """

    @abstractmethod
    def read(self, picture: Path | None = None, path: str = "") -> State:
        """Read what is on the device now, note it, and take a screenshot to `picture` if one is wanted."""

    @abstractmethod
    def age(self, seconds: float) -> None:
        """Close the visitor's tabs and come back so many seconds later. Raises BrowserCannot."""


@dataclass(frozen=True)
class BidiObserver(Observer):
    """Observes by BiDi."""

    recorder: Recorder[UserContext]

    def settle(self, horizon: float, on_rest: OnRest = ignore) -> Settled:
        """As `consentinel.evidence.settle` does: page time runs ahead."""
        return settle.settle(self.recorder, horizon, on_rest)

    def read(self, picture: Path | None = None, path: str = "") -> State:
        """As `consentinel.evidence.reading` does: the whole jar and every frame."""
        return reading.read(self.recorder, picture, path)

    def age(self, seconds: float) -> None:
        """As `consentinel.evidence.ageing` does."""
        ageing.age(self.recorder, seconds)


@dataclass(frozen=True)
class ClassicObserver(Observer):
    """Observes by classic WebDriver: reads the documents and the proxy's traffic."""

    recorder: ClassicRecorder

    def settle(self, horizon: float, on_rest: OnRest = ignore) -> Settled:
        """As `consentinel.evidence.classic_settle` does: the horizon is waited for."""
        return classic_settle.settle(self.recorder, horizon, on_rest)

    def read(self, picture: Path | None = None, path: str = "") -> State:
        """As `consentinel.evidence.classic_reading` does: the jar as far as it shows."""
        return classic_reading.read(self.recorder, picture, path)

    def age(self, seconds: float) -> None:
        """Raise BrowserCannot: neither the jar of other sites nor the pages' clock can be reached without BiDi."""
        raise BrowserCannot(f"{self.recorder.browser} cannot let time pass for a visitor")


def observe(visitor: str, context: Context, tap: Tap | None, elsewhere: str) -> Observer:
    """Begin to observe a visitor. `elsewhere` is the address of the harness's own page, which belongs to no site."""
    engine, handle = str(context.browser.engine), f"__{secrets.token_hex(6)}"
    observer: Observer
    if isinstance(context, UserContext):
        observer = BidiObserver(Recorder(visitor, engine, context, tap, handle))
    elif isinstance(context, ClassicContext):
        observer = ClassicObserver(ClassicRecorder(visitor, engine, context, tap, handle))
    else:
        raise BrowserCannot(f"{engine} is driven in a way that cannot be watched")
    observer.recorder.elsewhere = elsewhere
    observer.recorder.attach()
    return observer
