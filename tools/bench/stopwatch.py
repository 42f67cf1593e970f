"""A pytest plugin that times each test from outside, and runs it only when it is its turn: `-p tools.bench.stopwatch`.

It works for the harness and its peers alike, and imports nothing of either. The whole of a test counts: its fixtures,
its steps, its tearing down and, in the harness, the writing of its evidence.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections import Counter
from collections.abc import Generator
from typing import IO, Any

import pytest

WARM_UP = "test_warm_up"
"""The flow that brings up browser and fixtures; it runs once, first, and does not count."""


class Stopwatch:
    """Speaks to the bench in lines of JSON: what was found, then for each turn what was run and how long it took."""

    def __init__(self, port: int, way: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._lines: IO[str] = self._socket.makefile("rw", encoding="utf-8")
        self._outcome = "passed"
        self._up = 0.0
        self._tell({"way": way})

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Order by rounds, and warm up once."""
        seen: Counter[str] = Counter()
        turns: list[tuple[int, pytest.Item]] = []
        for item in items:
            flow = _flow(item)
            if flow != WARM_UP or not seen[flow]:
                turns.append((seen[flow], item))
            seen[flow] += 1
        items[:] = [item for _, item in sorted(turns, key=lambda turn: turn[0])]

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Wait for the turn, run, and say how long it took."""
        if item.session.shouldstop or not self._has_turn(item):
            item.session.shouldstop = "the bench has what it needs"
            return (yield)
        self._outcome = "passed"
        self._up = begun = time.perf_counter()
        result = yield
        took, up = time.perf_counter() - begun, self._up - begun
        self._tell({"flow": _flow(item), "seconds": took, "up": up, "outcome": self._outcome})
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """Note when the last of what all flows share, the browser first of all, has come up."""
        made = yield
        if fixturedef.scope == "session":
            self._up = time.perf_counter()
        return made

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the worst that a test's phases came to."""
        if report.outcome != "passed":
            self._outcome = report.outcome

    def pytest_unconfigure(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def _has_turn(self, item: pytest.Item) -> bool:
        self._tell({"ready": _flow(item)})
        return self._lines.readline().strip() == "go"

    def _tell(self, what: dict[str, object]) -> None:
        self._lines.write(json.dumps(what) + "\n")
        self._lines.flush()


def _flow(item: pytest.Item) -> str:
    return str(getattr(item, "originalname", item.name))


def pytest_configure(config: pytest.Config) -> None:
    """Connect to the bench that started this run."""
    port, way = os.environ["CONSENTINEL_BENCH_PORT"], os.environ["CONSENTINEL_BENCH_WAY"]
    config.pluginmanager.register(Stopwatch(int(port), way), "consentinel-stopwatch")
