"""Marks the scenarios of the smoke run, so that `-m smoke` selects them, and leaves whole visits out of whole runs."""

from __future__ import annotations

import pytest

from consentinel.pytest_plugin.collect import FeatureFile
from consentinel.pytest_plugin.internals import example_of, template_of
from consentinel.pytest_plugin.scenario_run import case_id, case_words
from consentinel.smoke import SMOKE, WHOLE_VISIT, ids, lengths, read_choice


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers."""
    config.addinivalue_line("markers", f"{SMOKE}: the few scenarios that catch most (docs/smoke.md)")
    config.addinivalue_line("markers", f"{WHOLE_VISIT}: a long visit, which a whole run leaves out (docs/smoke.md)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the marker before pytest selects by markers, and deselect whole visits that nobody asks for.

    Several workers begin a smoke run with what takes longest: one of them would else play that at the end, alone.
    """
    choice = read_choice()
    chosen, length = frozenset(ids(choice)), lengths(choice)
    took: dict[pytest.Item, float] = {}
    for item in items:
        if isinstance(item.parent, FeatureFile) and (case := _case_of(item)) in chosen:
            item.add_marker(SMOKE)
            took[item] = length[case]
    if hasattr(config, "workerinput") and SMOKE in config.option.markexpr:
        items.sort(key=lambda item: -took.get(item, 0.0))
    left_out = [item for item in items if item.get_closest_marker(WHOLE_VISIT) and not _is_asked_for(item, config)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _is_asked_for(item: pytest.Item, config: pytest.Config) -> bool:
    """Return whether the command names the item's marker, its file or its name."""
    by_marker = any(mark in config.option.markexpr for mark in (SMOKE, WHOLE_VISIT))
    return by_marker or "whole" in config.option.keyword or any(item.path.name in name for name in config.args)


def _case_of(item: pytest.Item) -> str:
    example = example_of(item)
    return case_id(item.path.stem, template_of(item).render(example).name, case_words(example))
