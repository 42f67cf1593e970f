"""Rebuilds the report of a killed run from its files: the first run.json and the record of each finished scenario."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from consentinel.report.causes import causes
from consentinel.report.reader import RunUnreadable, read_run, updated_scenario
from consentinel.report.schema import RunData, ScenarioData
from consentinel.report.writer import ReportError

SPOOL_FILE = "scenarios.jsonl"
"""The file of finished scenarios: one record a line, in the order in which they ended."""

RUNNING = "running"
"""The folder with a file for each scenario that is running or that never ended."""

NOT_ENDED = "This page is from the beginning of the run. If the run is over, write its report anew: {}"


def begun(run: RunData, folder: Path) -> RunData:
    """Return the run for its first report, which says how to rebuild the report if the run is killed."""
    return {
        **run,
        "complete": False,
        "problems": [*run["problems"], NOT_ENDED.format(f"consentinel report {folder}")],
    }


def recovered(folder: Path) -> RunData:
    """Return the run in `folder` up to the moment it was killed. Raises ReportError if there is no such run."""
    run = _beginning(folder)
    lost = [unended(scenario, "The run was killed") for scenario in running(folder).values()]
    done = {scenario["id"]: scenario for scenario in [*lost, *run["scenarios"], *_ended(folder)]}
    scenarios = in_order(done.values())
    end = max((one["started"] + one["seconds"] for one in scenarios), default=run["started"])
    return {
        **run,
        "seconds": round(max(end - run["started"], run["seconds"]), 3),
        "browsers": {one["browser"]: "" for one in scenarios} | run["browsers"],
        "scenarios": scenarios,
        "causes": causes(scenarios),
        "problems": [problem for problem in run["problems"] if not problem.startswith(NOT_ENDED.format(""))],
    }


def in_order(scenarios: Iterable[ScenarioData]) -> list[ScenarioData]:
    """Sort the scenarios by their place in the feature files, not by the time at which they ended."""
    return sorted(scenarios, key=lambda one: (one["file"], one["line"], one["id"]))


def running(folder: Path) -> dict[str, ScenarioData]:
    """Return the scenarios in `folder` that began and have no record yet, by pytest node id."""
    found = {}
    for file in sorted((folder / RUNNING).glob("*.json")):
        try:
            content: Any = json.loads(file.read_text(encoding="ascii"))
            found[str(content["nodeid"])] = cast("ScenarioData", content["scenario"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it has just ended, or the end of the run cut it short
    return found


def unended(scenario: ScenarioData, what: str) -> ScenarioData:
    """Return the inconclusive record of a scenario that an interruption or a crash ended."""
    reached = (step for step in reversed(scenario["steps"]) if step["outcome"] == "inconclusive")
    step = next(reached, None)  # the steps before it may have left doubts
    where = f" in its step “{step['keyword']} {step['text']}”" if step else ""
    return {**scenario, "reason": f"{what} before the scenario had come to its end{where}."}


def _beginning(folder: Path) -> RunData:
    file = folder / "run.json"
    if not file.exists():
        raise ReportError(f"{folder}: there is no run here; name the folder that `--report` named")
    try:
        run = read_run(file)
    except RunUnreadable as error:
        raise ReportError(str(error)) from error
    if run["complete"]:
        raise ReportError(f"{folder}: this run reached its end, and its report is complete")
    return run


def _ended(folder: Path) -> Iterator[ScenarioData]:
    """Return the finished scenarios. A line that was cut off when the run ended is skipped."""
    try:
        lines = (folder / SPOOL_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        try:
            content: Any = json.loads(line)
            scenario = updated_scenario(content)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if "id" in scenario:
            yield scenario
