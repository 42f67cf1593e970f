"""The private names of pytest and pytest-bdd that the plugin uses, in one place.

Neither library has a public way to these functions. tests/pytest_plugin/test_internals.py checks each against the
installed versions, so that an upgrade which renames one fails there, with the version in the message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Examples, FeatureParser, Scenario, ScenarioTemplate, Step
from pytest_bdd.reporting import scenario_reports_registry, test_report_context_registry
from pytest_bdd.scenario import make_python_name, scenario_wrapper_template_registry
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

__all__ = [
    "Examples",
    "FeatureParser",
    "Scenario",
    "ScenarioTemplate",
    "Step",
    "StepFunctionContext",
    "example_of",
    "function_name",
    "get_feature",
    "parameters_of",
    "release_fixtures",
    "release_report",
    "release_scenario",
    "run_once",
    "step_contexts",
    "template_of",
]

EXAMPLE = "_pytest_bdd_example"
"""The parameter in which pytest-bdd keeps a scenario's row of examples."""


def parameters_of(item: pytest.Item) -> Mapping[str, Any]:
    """Return the parameters of a parametrized test, by name."""
    parameters: Mapping[str, Any] = item.callspec.params  # type: ignore[attr-defined]
    return parameters


def example_of(item: pytest.Item) -> dict[str, str]:
    """Return a scenario's row of examples by column; empty for a scenario without examples."""
    return dict(parameters_of(item).get(EXAMPLE, {}))


def template_of(item: pytest.Item) -> ScenarioTemplate:
    """Return the parsed scenario of a test. Raises KeyError for a test that is no scenario."""
    return scenario_wrapper_template_registry[item.obj]  # type: ignore[attr-defined]


def function_name(scenario: str) -> str:
    """Return the name of the test function that pytest-bdd makes of a scenario of this name."""
    return f"test_{make_python_name(scenario)}"


def step_contexts() -> list[StepFunctionContext]:
    """Return the steps of all step modules that have been imported."""
    return list(step_function_context_registry.values())


def run_once(item: pytest.Item, nextitem: pytest.Item | None) -> Sequence[pytest.TestReport]:
    """Run a test without sending its reports; pytest-rerunfailures runs a test again in the same way."""
    return runtestprotocol(item, log=False, nextitem=nextitem)


def release_scenario(item: pytest.Item) -> None:
    """Release pytest-bdd's report of a scenario and the fixtures that it made of the steps' return values."""
    scenario_reports_registry.pop(item, None)
    for definitions in item.session._fixturemanager._arg2node2fixturedefs.values():
        definitions.pop(item, None)


def release_report(report: pytest.TestReport) -> None:
    """Release the steps that pytest-bdd keeps for a report."""
    test_report_context_registry.pop(report, None)


def release_fixtures(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """Remove the finalizers that a finished fixture registered with the fixtures that it requested."""
    for name in fixturedef.argnames:
        finalizers = getattr(request._fixture_defs.get(name), "_finalizers", [])
        finalizers[:] = [entry for entry in finalizers if getattr(entry, "func", None) != fixturedef.finish]
