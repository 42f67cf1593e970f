"""Spares the garbage collector what stays to the end of the run anyway, and the run what is over with a scenario.

The modules and the tests are some 200,000 objects, which the collector would look through again with every few
scenarios, a seventh of a second each time. It rests while they come to be, and leaves them alone from then on.

What a scenario had would stay to the end of the run as well, some 30 kB each, scattered so that no page of memory that
it shares can be given back. Neither pytest nor pytest-bdd has a public way to let go of it. glibc keeps even what is
free: some 40 kB a scenario, until it is told to give it back.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import sys
from collections.abc import Callable, Generator
from typing import Any

import pytest
from pytest_bdd.reporting import scenario_reports_registry, test_report_context_registry

TRIMMED_EVERY = 25
"""Scenarios after which free memory is given back to the system, which takes a few milliseconds."""


def _trimmer() -> Callable[[int], object]:
    """What gives free memory back: glibc has to be asked, others do so by themselves."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return getattr(libc, "malloc_trim", lambda _: None)


_trim = _trimmer()
_ended = itertools.count(1)

gc.disable()  # from the first plugin's import to the session's start


def pytest_sessionstart() -> None:
    """All is imported."""
    gc.freeze()
    gc.enable()


def pytest_collection_finish() -> None:
    """All tests are there."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let go of the visitors whom a scenario's steps have named: pytest-bdd makes each a fixture of its test.

    And of its account of the steps, which only the reports of other plugins are made from.
    """
    try:
        return (yield)
    finally:
        scenario_reports_registry.pop(item, None)
        for tests in item.session._fixturemanager._arg2node2fixturedefs.values():
            tests.pop(item, None)
        if next(_ended) % TRIMMED_EVERY == 0:
            _trim(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> Generator[None, None, None]:
    """Let go of what a report holds for those who have just heard it: the terminal keeps all reports to the end."""
    try:
        return (yield)
    finally:
        test_report_context_registry.pop(report, None)
        if report.passed:
            report.keywords = {}


def pytest_fixture_post_finalizer(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Let go of a fixture that has ended: it left word with those that it had asked for, to be ended before them.

    The browsers and the site end with the run, and would keep the word, and with it the scenario, until then.
    """
    for name in fixturedef.argnames:
        words = getattr(request._fixture_defs.get(name), "_finalizers", [])
        words[:] = [word for word in words if getattr(word, "func", None) != fixturedef.finish]
