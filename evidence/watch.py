"""How a visitor is watched: by BiDi where the browser has it, else with what classic WebDriver offers.

The answers are the same records. What the second way does not show is found out by the positive control.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from browsers.base import Context
from browsers.classic import ClassicContext
from browsers.context import UserContext
from browsers.errors import BrowserCannot
from evidence import ageing, classic_reading, classic_settle, reading, settle
from evidence.classic_recorder import ClassicRecorder
from evidence.recorder import Recorder
from evidence.records import Settled, State
from evidence.wire import Tap


class Watch(ABC):
    """One visitor's observer. Its `recorder` holds what was observed."""

    recorder: Recorder[Any]

    @abstractmethod
    def settle(self, horizon: float) -> Settled:
        """Wait for rest, and watch for `horizon` seconds of page time that nothing more happens."""

    @abstractmethod
    def read(self, picture: Path | None = None, path: str = "") -> State:
        """Read what is on the device now, note it, and take a screenshot to `picture` if one is wanted."""

    @abstractmethod
    def age(self, seconds: float) -> None:
        """Close the visitor's tabs and come back so many seconds later. Raises BrowserCannot."""


@dataclass(frozen=True)
class LiveWatch(Watch):
    """Watches by BiDi."""

    recorder: Recorder[UserContext]

    def settle(self, horizon: float) -> Settled:
        """As `evidence.settle` does: page time runs ahead."""
        return settle.settle(self.recorder, horizon)

    def read(self, picture: Path | None = None, path: str = "") -> State:
        """As `evidence.reading` does: the whole jar and every frame."""
        return reading.read(self.recorder, picture, path)

    def age(self, seconds: float) -> None:
        """As `evidence.ageing` does."""
        ageing.age(self.recorder, seconds)


@dataclass(frozen=True)
class ClassicWatch(Watch):
    """Watches the wire, and asks the documents."""

    recorder: ClassicRecorder

    def settle(self, horizon: float) -> Settled:
        """As `evidence.classic_settle` does: the horizon is waited for."""
        return classic_settle.settle(self.recorder, horizon)

    def read(self, picture: Path | None = None, path: str = "") -> State:
        """As `evidence.classic_reading` does: the jar as far as it shows."""
        return classic_reading.read(self.recorder, picture, path)

    def age(self, seconds: float) -> None:
        """Not without a script in every page: neither the jar of other sites nor the pages' clock can be reached."""
        raise BrowserCannot(f"{self.recorder.browser} cannot let time pass for a visitor")


def watch_over(visitor: str, context: Context, tap: Tap | None, elsewhere: str) -> Watch:
    """Begin to watch a visitor. `elsewhere` is the address of the harness's own page, which is no part of any site."""
    engine, handle = str(context.browser.engine), f"__{secrets.token_hex(6)}"
    watch: Watch
    if isinstance(context, UserContext):
        watch = LiveWatch(Recorder(visitor, engine, context, tap, handle))
    elif isinstance(context, ClassicContext):
        watch = ClassicWatch(ClassicRecorder(visitor, engine, context, tap, handle))
    else:
        raise BrowserCannot(f"{engine} is driven in a way that cannot be watched")
    watch.recorder.elsewhere = elsewhere
    watch.recorder.attach()
    return watch
