"""What a scenario had is let go of when it has ended, not when the run has."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCENARIOS = 5
FEATURE = "Feature: Visits\n" + "".join(
    f"  Scenario: Visit {number}\n    Given a visitor\n    Then they are there\n" for number in range(SCENARIOS)
)

SUITE = """
import gc
import weakref

import pytest
from pytest_bdd import given, scenarios, then
from pytest_bdd.reporting import scenario_reports_registry, test_report_context_registry

pytest_plugins = ["consentinel.pytest_plugin.memory"]
scenarios("visits.feature")
living = weakref.WeakSet()
most = []

class Visitor:
    def __init__(self):
        living.add(self)

@pytest.fixture(scope="session")
def browser():
    yield "browser"

@pytest.fixture
def visitor_factory(browser):
    visitors = []
    yield visitors

@given("a visitor", target_fixture="visitor")
def visitor(visitor_factory):
    visitor_factory.append(Visitor())
    return visitor_factory[-1]

@then("they are there")
def are_there(visitor):
    gc.collect()
    most.append(len(living))
    assert most[-1] <= 2, most  # the one before may not quite have left
    assert len(scenario_reports_registry) == 1
    assert len(test_report_context_registry) == 0
"""


def test_neither_a_visitor_nor_an_account_of_steps_outlives_its_scenario(tmp_path: Path) -> None:
    (tmp_path / "visits.feature").write_text(FEATURE, encoding="utf-8")
    (tmp_path / "test_visits.py").write_text(SUITE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert f"{SCENARIOS} passed" in done.stdout, done.stdout[-2000:]
