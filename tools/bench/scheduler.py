"""Schedules the flows: one at a time on the whole machine, each flow in every contender before the next flow.

A machine's speed drifts. Neighbours in time are comparable, so the ways alternate flow by flow, not run by run.
"""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from consentinel.reference_site.serve import RunningSite
from tools.bench.contenders import Started, Visit, Way, start
from tools.bench.stopwatch import WARM_UP

LIMIT = 180.0
"""Seconds that a way may take to start, or for one flow."""


class BenchFailed(Exception):
    """A way did not run. The message says which, and the end of its output."""


@dataclass(frozen=True, slots=True)
class Lap:
    """One flow, run once in one way. `seconds` of wall time, tearing down and evidence included."""

    way: str
    flow: str
    round: int
    seconds: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Overhead:
    """What comes before the first flow, in seconds since the way's process was started.

    `up` is when imports and collection are over and the browser that all flows share is there; `warm` is when the
    warm-up flow has run as well, and with it what the way does once: here, the positive control.
    """

    up: float
    warm: float


@dataclass(slots=True)
class Runner:
    """A connected contender that waits for its turns."""

    way: Way
    started: Started
    lines: IO[str]
    left: bool = True

    def take_turn(self) -> dict[str, Any]:
        """Run the next flow and return the contender's message about it."""
        self._say("go")
        answer = self.hear()
        self._next()
        return answer

    def stop(self) -> None:
        """Tell the contender that there are no more turns."""
        if self.left:
            self._say("stop")
        self.lines.close()

    def hear(self) -> dict[str, Any]:
        """Return the contender's next message. Raises BenchFailed if its process ended."""
        line = self.lines.readline()
        if not line:
            raise BenchFailed(f"{self.way.name} ended early:\n{self.started.said()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _next(self) -> None:
        line = self.lines.readline()
        self.left = bool(line)

    def _say(self, word: str) -> None:
        self.lines.write(f"{word}\n")
        self.lines.flush()


@dataclass(slots=True)
class Bench:
    """Starts every way, gives turns, and gathers the laps."""

    site: RunningSite
    visit: Visit
    ways: Sequence[Way]
    rounds: int
    minutes: float
    laps: list[Lap] = field(default_factory=list)
    overheads: dict[str, Overhead] = field(default_factory=dict)

    def run(self, flows: int) -> None:
        """Run the rounds; a new one is not begun when the minutes would not suffice. Raises BenchFailed."""
        begun = time.monotonic()
        with contextlib.ExitStack() as stack:
            runners = [stack.enter_context(self._running(way)) for way in self.ways]
            for number in range(self.rounds):
                round_begun = time.monotonic()
                for flow in range(flows):
                    self._turns(_rotated(runners, flow), number)
                now = time.monotonic()
                if (now - begun) + (now - round_begun) > self.minutes * 60:
                    return

    def _turns(self, runners: Sequence[Runner], number: int) -> None:
        for runner in runners:
            if runner.left and (runner.way.rounds is None or number < runner.way.rounds):
                answer = runner.take_turn()
                self.laps.append(Lap(runner.way.key, answer["flow"], number, answer["seconds"], answer["outcome"]))

    @contextlib.contextmanager
    def _running(self, way: Way) -> Iterator[Runner]:
        begun = time.monotonic()
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(LIMIT)
            started = start(way, self.site, server.getsockname()[1], self.rounds, self.visit)
            try:
                runner = _met(way, started, server)
                runner.hear()  # ready for the warm-up
                collected = time.monotonic() - begun
                answer = runner.take_turn()
                assert answer["flow"] == WARM_UP, answer
                self.overheads[way.key] = Overhead(collected + answer["up"], time.monotonic() - begun)
                yield runner
                runner.stop()
            finally:
                started.end()


def _met(way: Way, started: Started, server: socket.socket) -> Runner:
    while True:
        server.settimeout(1.0)
        with contextlib.suppress(TimeoutError):
            connection, _ = server.accept()
            break
        if started.process.poll() is not None:
            raise BenchFailed(f"{way.name} did not start:\n{started.said()}")
    connection.settimeout(LIMIT)
    runner = Runner(way, started, connection.makefile("rw", encoding="utf-8"))
    runner.hear()  # who it is
    return runner


def _rotated(runners: Sequence[Runner], by: int) -> list[Runner]:
    """Return another order each time, so that nobody always follows the same neighbour."""
    shift = by % len(runners)
    return [*runners[shift:], *runners[:shift]]
