"""Plays the features with one action replaced, or notes which scenario calls which action.

It reads MUTATION (a mutation's name, empty for the plain survey) and OUTCOMES (where the outcomes go) from the
environment: one JSON line a scenario.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from consentinel.pytest_plugin.serialize import PROPERTY
from tests.mutation.actions import MUTATIONS, located, opposites

CALLED: set[str] = set()

CONTROL = "control"
"""The name of the positive control's own visitor, which is in no scenario."""


def pytest_configure(config: pytest.Config) -> None:
    """Replace what is to be replaced, before anybody acts."""
    opposites()
    wanted = os.environ["MUTATION"]
    for action in {mutation.action for mutation in MUTATIONS}:
        owner, method = located(action)
        setattr(owner, method, _noted(action, getattr(owner, method)))
    for mutation in MUTATIONS:
        if mutation.name == wanted:
            mutation.apply()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the scenarios that SCENARIOS lists, where it does."""
    listed = os.environ.get("SCENARIOS")
    if listed:
        wanted = set(Path(listed).read_text(encoding="utf-8").splitlines())
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in wanted])
        items[:] = [item for item in items if item.nodeid in wanted]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin to note anew."""
    CALLED.clear()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down how the scenario ended."""
    report = yield
    for name, value in report.user_properties:
        if name == PROPERTY and call.when == "teardown":
            told: Any = value
            scenario = told["scenario"]
            row = {"node": item.nodeid, "outcome": scenario["outcome"], "reason": scenario["reason"]}
            with Path(os.environ["OUTCOMES"]).open("a", encoding="utf-8") as file:
                file.write(json.dumps({**row, "called": sorted(CALLED)}) + "\n")
    return report


def _noted(action: str, method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def noted(*arguments: Any, **named: Any) -> Any:
        if getattr(arguments[0], "name", "") != CONTROL:
            CALLED.add(action)
        return method(*arguments, **named)

    return noted
