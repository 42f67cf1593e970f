"""Runs the plan's scenarios on each deployment and records their results.

It takes the place of the report: thousands of scenarios on broken sites are figures, nothing to leaf through.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from consentinel.proof import causes, results
from consentinel.proof.plan import RIGHT, Plan, named
from consentinel.proof.sentences import pattern_of, stopped_at
from consentinel.pytest_plugin.internals import example_of, parameters_of, template_of
from consentinel.pytest_plugin.serialize import PROPERTY
from consentinel.report.schema import ScenarioData

DEPLOYMENT = "consentinel-proof"
"""The name of the user property that holds the deployment's name."""


def pytest_configure(config: pytest.Config) -> None:
    """Register the recorder with its plan."""
    config.pluginmanager.register(Player(config), "consentinel-proof")


class Player:
    """One process of the proof."""

    def __init__(self, config: pytest.Config) -> None:
        self.plan = Plan.read(config.option.proof_plan)
        self.results: Path = config.option.proof_results
        self.enough: set[str] = set()
        self.failed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Publish no report."""
        session.config.pluginmanager.unregister(name="consentinel-publisher")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Select the plan's scenarios, those most likely to catch the defect first."""
        wanted = [item for item in items if self._wants(item)]
        config.hook.pytest_deselected(items=[item for item in items if not self._wants(item)])
        order = list(self.plan.promises)
        for item in wanted:
            item.add_marker(pytest.mark.xdist_group(name=_deployment(item)))
        items[:] = sorted(wanted, key=lambda item: (order.index(_deployment(item)), *self._rank(item)))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the remaining scenarios of a deployment whose result is known."""
        if _deployment(item) in self.enough:
            pytest.skip("enough is known of this defect")
        if self.plan.sentences and not self._open(item):
            pytest.skip("its sentences have failed elsewhere")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add the deployment's name to the report, and note a caught defect."""
        report = yield
        records: list[Any] = [value for name, value in report.user_properties if name == PROPERTY]
        for record in records:
            report.user_properties.append((DEPLOYMENT, _deployment(item)))
            if self.plan.first and self._is_enough(_deployment(item), record["scenario"]):
                self.enough.add(_deployment(item))
            if record["scenario"]["outcome"] == "failed":
                self.failed.add(stopped_at(record["scenario"]))
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> Generator[None, None, None]:
        """Append a scenario's row in the controller, which receives every report."""
        properties: dict[str, Any] = dict(report.user_properties)
        if PROPERTY in properties:
            data: ScenarioData = properties[PROPERTY]["scenario"]
            version = properties[PROPERTY]["versions"].get(data["browser"], "")
            deployment = properties[DEPLOYMENT]
            node = _node(report.nodeid, deployment, data["browser"])
            results.append(self.results, results.played(deployment, node, version, stopped_at(data), data))
        return (yield)

    def _wants(self, item: pytest.Item) -> bool:
        promises = self.plan.promises.get(_deployment(item))
        if promises is None or (self.plan.sentences and not self._asks(item)):
            return False
        return not promises or any(item.get_closest_marker(promise) for promise in promises)

    def _asks(self, item: pytest.Item) -> bool:
        """Return whether the scenario holds a wanted sentence and has not run on that deployment."""
        deployment = _deployment(item)
        return bool(self._open(item)) and _node_of(item) not in self.plan.known.get(deployment, ())

    def _open(self, item: pytest.Item) -> set[str]:
        """Return the sentences of a scenario that are asked for and have not failed yet."""
        return (set(self.plan.sentences) & sentences_of(item)) - self.failed

    def _rank(self, item: pytest.Item) -> tuple[int, int]:
        """Return the sort key of a scenario: first by the hints, then by its promise."""
        deployment = _deployment(item)
        hints, promises = self.plan.hints.get(deployment, []), self.plan.promises[deployment]
        node = _node_of(item)
        hint = next((place for place, one in enumerate(hints) if node.endswith(one)), len(hints))
        promise = next((place for place, one in enumerate(promises) if item.get_closest_marker(one)), len(promises))
        return hint, promise

    def _is_enough(self, deployment: str, scenario: ScenarioData) -> bool:
        if deployment in RIGHT:
            return False
        (defect,) = named([deployment])
        is_right = causes.named_by if self.plan.whatever_promise else causes.right
        return any(is_right(defect, finding) for finding in scenario["findings"])


def _deployment(item: pytest.Item) -> str:
    return str(parameters_of(item)["variant"])


def sentences_of(item: pytest.Item) -> set[str]:
    """Return the sentences of a scenario that judge, as `steps/` words them."""
    steps = template_of(item).render(example_of(item)).steps
    return {pattern_of(step.name) for step in steps if step.type == "then"}


def _node_of(item: pytest.Item) -> str:
    return _node(item.nodeid, _deployment(item), str(parameters_of(item)["browser_engine"]))


def _node(nodeid: str, deployment: str, browser: str) -> str:
    """Return a scenario's pytest id, the same on each deployment and in each browser."""
    return nodeid.partition("@")[0].replace(deployment, "*").replace(browser, "*")
