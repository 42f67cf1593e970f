"""Settings of all tests: properties are not hurried, and a test's markers follow from what it uses."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from tests.browsers import first_wire, shared_browsers, spec

__all__ = ["first_wire", "shared_browsers", "spec"]

# A busy machine is no failure: what these properties say does not depend on time.
settings.register_profile("unhurried", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.register_profile("nightly", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unhurried"))

# pytest imports readline, which tells child processes, as workers are, of a terminal of 80 columns where there is none.
os.environ.pop("COLUMNS", None)

IN_A_BROWSER = frozenset({"browser", "browser_pool", "chromium", "driver", "firefox"})
"""Fixtures that start a browser."""

STARTS_PROCESSES = ("subprocess", "call", "start", "begin")
"""Names that a test module has when its tests start processes: commands of ours, or the reference site."""

SERVED = frozenset({"running", "site", "served"})
"""Fixtures that start the reference site."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what a test uses, so that no marker is forgotten; with several workers, begin with what takes longest."""
    for item in items:
        used = frozenset(getattr(item, "fixturenames", ()))
        module = vars(getattr(item, "module", None) or object)
        if used & IN_A_BROWSER:
            item.add_marker(pytest.mark.browser)
        if used & SERVED or any(name in module for name in STARTS_PROCESSES):
            item.add_marker(pytest.mark.process)
    if hasattr(config, "workerinput"):
        place = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in items))}
        items.sort(key=lambda item: (_rank(item), place[item.path]))


def _rank(item: pytest.Item) -> int:
    """0 for a test of a file that may take minutes, 1 for one that starts a browser or a process, 2 for the others.

    One worker would else play a long file at the end, while the other has nothing left.
    """
    is_long = "install" in item.path.parts or any(map(item.get_closest_marker, ("proof", "completeness")))
    return 0 if is_long else 1 if any(map(item.get_closest_marker, ("browser", "process", "mutation"))) else 2
