"""Settings of all tests: properties are not hurried, and a test's markers follow from what it uses."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# A busy machine is no failure: what these properties say does not depend on time.
settings.register_profile("unhurried", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.register_profile("nightly", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unhurried"))

IN_A_BROWSER = frozenset({"browser", "browser_pool", "chromium", "driver", "firefox"})
"""Fixtures that start a browser."""

STARTS_PROCESSES = ("subprocess", "call", "start", "begin")
"""Names that a test module has when its tests start processes: commands of ours, or the reference site."""

SERVED = frozenset({"running", "site", "served"})
"""Fixtures that start the reference site."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a test uses, so that no marker is forgotten."""
    for item in items:
        used = frozenset(getattr(item, "fixturenames", ()))
        module = vars(getattr(item, "module", None) or object)
        if used & IN_A_BROWSER:
            item.add_marker(pytest.mark.browser)
        if used & SERVED or any(name in module for name in STARTS_PROCESSES):
            item.add_marker(pytest.mark.process)
