"""Keeps long-lived objects out of garbage collection, and frees each scenario's objects when it ends.

Modules and tests are some 200,000 objects. The garbage collector would traverse them again every few scenarios, which
takes a seventh of a second each time. It is disabled while they are created, and they are frozen (`gc.freeze`) after.

pytest and pytest-bdd keep a scenario's objects, some 30 kB, to the end of the run, and have no public way to release
them. They are scattered over memory pages, which therefore cannot be returned to the system. glibc also keeps some
40 kB of free memory for each scenario until `malloc_trim` is called.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import sys
from collections.abc import Callable, Generator
from typing import Any

import pytest

from consentinel.pytest_plugin.internals import release_fixtures, release_report, release_scenario

TRIMMED_EVERY = 25
"""Number of scenarios between two calls of `malloc_trim`, each of which takes a few milliseconds."""


def _trimmer() -> Callable[[int], object]:
    """Return glibc's `malloc_trim`, or a function that does nothing where the C library has none."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    return getattr(libc, "malloc_trim", lambda _: None)


_trim = _trimmer()
_ended = itertools.count(1)

gc.disable()  # from the first plugin's import to the session's start


def pytest_sessionstart() -> None:
    """Freeze the imported modules and enable the garbage collector."""
    gc.freeze()
    gc.enable()


def pytest_collection_finish() -> None:
    """Freeze the collected tests."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Release what pytest-bdd keeps for a scenario when it ends.

    These are the values that its steps return, each of which pytest-bdd makes a fixture, and its report of the steps,
    which only other plugins read.
    """
    try:
        return (yield)
    finally:
        release_scenario(item)
        if next(_ended) % TRIMMED_EVERY == 0:
            _trim(0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> Generator[None, None, None]:
    """Release parts of a report after all hooks have seen it: the terminal keeps all reports to the end."""
    try:
        return (yield)
    finally:
        release_report(report)
        if report.passed:
            report.keywords = {}


def pytest_fixture_post_finalizer(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Remove the finalizers that a finished fixture registered with the fixtures that it requested.

    The fixtures of the browsers and of the site live to the end of the run, and their finalizers would keep the
    scenario's objects alive.
    """
    release_fixtures(fixturedef, request)
