"""The contract with the private names of pytest and pytest-bdd: each does what the plugin relies on.

A failure here after an upgrade names the versions; the remedy is in consentinel/pytest_plugin/internals.py.
"""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from _pytest.fixtures import FixtureDef, FixtureManager, FixtureRequest

from consentinel.pytest_plugin import internals

ROOT = Path(__file__).parents[2]
VERSIONS = f"pytest {version('pytest')}, pytest-bdd {version('pytest-bdd')}"

FEATURE = """Feature: Sums
  Scenario Outline: Add
    Given the number <number>
    Then it is there

    Examples:
      | number |
      | 1      |
      | 2      |
"""

SUITE = """
import pytest
from pytest_bdd import given, parsers, scenarios, then

from consentinel.pytest_plugin import internals

scenarios("sums.feature")
lines = []

@given(parsers.parse("the number {number}"), target_fixture="number")
def number_given(number):
    return int(number)

@then("it is there")
def is_there(number, request):
    item = request.node
    template = internals.template_of(item)
    assert template.name == "Add"
    assert internals.example_of(item) == {"number": str(number)} == internals.parameters_of(item)[internals.EXAMPLE]
    assert [step.name for step in template.render(internals.example_of(item)).steps][1] == "it is there"
    assert item.name.startswith(internals.function_name("Add"))
    patterns = [context.parser.name for context in internals.step_contexts() if context.type == "then"]
    assert "it is there" in patterns

@pytest.fixture
def base():
    return "base"

@pytest.fixture
def built_on(base):
    yield base

def test_a_fixture(built_on):
    pass
"""

PLUGIN = """
import pytest

from consentinel.pytest_plugin import internals

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    reports = internals.run_once(item, nextitem)
    assert [report.when for report in reports] == ["setup", "call", "teardown"]
    kept = [definitions for definitions in item.session._fixturemanager._arg2node2fixturedefs.values()]
    made = [definitions for definitions in kept if item in definitions]
    internals.release_scenario(item)
    assert not [definitions for definitions in kept if item in definitions]
    assert internals.EXAMPLE not in item.keywords
    print("released", len(made), "fixtures")
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
        internals.release_report(report)
    return True

def pytest_fixture_post_finalizer(fixturedef, request):
    if fixturedef.argname == "built_on":
        before = finalizers_of(fixturedef, request._fixture_defs["base"])
        internals.release_fixtures(fixturedef, request)
        print("finalizers", before, finalizers_of(fixturedef, request._fixture_defs["base"]))

def finalizers_of(fixturedef, base):
    return sum(1 for entry in base._finalizers if getattr(entry, "func", None) == fixturedef.finish)
"""


def test_each_private_name_is_there() -> None:
    for source, name in (
        (inspect.getsource(FixtureManager), "_arg2node2fixturedefs"),
        (inspect.getsource(pytest.Session), "_fixturemanager"),
        (inspect.getsource(FixtureRequest), "_fixture_defs"),
        (inspect.getsource(FixtureDef), "_finalizers"),
    ):
        assert name in source, f"{name} is gone from {VERSIONS}"


def test_each_does_what_the_plugin_relies_on(tmp_path: Path) -> None:
    for name, text in (("sums.feature", FEATURE), ("test_sums.py", SUITE), ("plugin.py", PLUGIN), ("pytest.ini", "")):
        (tmp_path / name).write_text(text or "[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-p", "plugin", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(tmp_path)])}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "3 passed" in done.stdout, f"{VERSIONS}\n{done.stdout[-3000:]}"
    assert "released 1 fixtures" in done.stdout, f"{VERSIONS}\n{done.stdout[-3000:]}"
    assert "finalizers 1 0" in done.stdout, f"{VERSIONS}\n{done.stdout[-3000:]}"


def test_the_adapter_names_what_it_offers() -> None:
    assert all(hasattr(internals, name) for name in internals.__all__)
