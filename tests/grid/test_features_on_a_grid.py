"""The features on the real server with two nodes (marker `grid`): one of them dies in mid-run, then the Grid itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from consentinel.browser.wait import wait_until
from tests.grid.local_grid import LocalGrid, missing, server_jar

pytestmark = pytest.mark.grid

ROOT = Path(__file__).parents[2]
RUN_LIMIT = 600.0
FEATURE = "features/change_of_mind.feature"  # its visitors take long walks: whoever has begun one is still on it
SCENARIOS = 4


@pytest.fixture
def two_nodes(tmp_path: Path) -> Iterator[LocalGrid]:
    """A hub with two nodes, each with room for one Chromium."""
    lacking = missing()
    if lacking:
        pytest.skip(f"a Grid cannot be started here: {lacking} is missing")
    grid = LocalGrid(tmp_path, server_jar())
    try:
        grid.start_hub()
        grid.start_node("a", "chrome")
        grid.start_node("b", "chrome")
        yield grid
    finally:
        grid.stop()


@dataclass
class FeaturesRun:
    """A run of the features as a person starts it."""

    process: subprocess.Popen[str]
    report: Path

    def ended(self) -> list[str]:
        """The ids of the scenarios that have ended."""
        scenario_run = self.report / "scenarios.jsonl"
        lines = scenario_run.read_text(encoding="ascii").splitlines() if scenario_run.exists() else []
        return [json.loads(line)["id"] for line in lines]

    def under_way(self) -> int:
        """How many scenarios have taken a picture and not ended."""
        photographed = {picture.name[: -len("-01.jpg")] for picture in (self.report / "pictures").glob("*.jpg")}
        return len(photographed - set(self.ended()))

    def result(self) -> tuple[int, str, dict[str, Any]]:
        """Exit code, output and `run.json`, when it is over."""
        output, _ = self.process.communicate(timeout=RUN_LIMIT)
        return self.process.returncode, output, json.loads((self.report / "run.json").read_text(encoding="ascii"))


@pytest.fixture
def features_run(two_nodes: LocalGrid, tmp_path: Path) -> Iterator[FeaturesRun]:
    """Five scenarios on the Grid, with more workers asked for than it can carry; stopped if it does not end."""
    report = tmp_path / "report"
    command = [sys.executable, "-m", "pytest", FEATURE, "-k", "consent_to or everything", "-n", "4"]
    options = ["-p", "no:cacheprovider", "--grid", two_nodes.url, "--report", str(report)]
    told = subprocess.PIPE
    process = subprocess.Popen([*command, *options], cwd=ROOT, stdout=told, stderr=subprocess.STDOUT, text=True)
    try:
        yield FeaturesRun(process, report)
    finally:
        process.kill()
        process.communicate()


def test_a_node_that_dies_costs_a_fresh_attempt_and_no_verdict(two_nodes: LocalGrid, features_run: FeaturesRun) -> None:
    wait_until("both nodes are at work", lambda: features_run.under_way() == 2, RUN_LIMIT, every=0.1)
    two_nodes.kill("b")
    code, output, run = features_run.result()
    assert "workers: 2 instead of 4, since the Grid offers sessions for 2 of chromium" in output
    outcomes = [(scenario["outcome"], scenario["reason"]) for scenario in run["scenarios"]]
    assert outcomes == [("passed", "")] * SCENARIOS, output
    assert sorted(scenario["attempts"] for scenario in run["scenarios"]) == [1] * (SCENARIOS - 1) + [2]
    assert (code, run["complete"]) == (0, True)


def test_a_grid_that_goes_is_one_clear_line_and_the_report_stays(
    two_nodes: LocalGrid, features_run: FeaturesRun
) -> None:
    wait_until("a scenario has ended", lambda: bool(features_run.ended()), RUN_LIMIT, every=0.1)
    two_nodes.kill("hub")
    code, output, run = features_run.result()
    line = f"no Selenium Grid answers at {two_nodes.url}: the connection was refused or the host is unknown"
    assert code == 4, output
    assert f"Problem: {line}" in output
    assert run["problems"] == [line]
    assert not run["complete"]
    assert run["scenarios"]
    assert {scenario["outcome"] for scenario in run["scenarios"]} == {"passed"}
    assert (features_run.report / "index.html").exists()
