"""Marks the scenarios of the smoke run, so that `-m smoke` selects them."""

from __future__ import annotations

import pytest

from consentinel.pytest_plugin.collect import FeatureFile
from consentinel.pytest_plugin.internals import example_of, template_of
from consentinel.pytest_plugin.scenario_run import case_id, case_words
from consentinel.smoke import ids, read_choice

MARK = "smoke"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", f"{MARK}: the few scenarios that catch most (docs/smoke.md)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Add the marker before pytest selects by markers."""
    chosen = frozenset(ids(read_choice()))
    for item in items:
        if isinstance(item.parent, FeatureFile) and _case_of(item) in chosen:
            item.add_marker(MARK)


def _case_of(item: pytest.Item) -> str:
    example = example_of(item)
    return case_id(item.path.stem, template_of(item).render(example).name, case_words(example))
