"""What is known of a scenario while it runs, on disk, so that one that never comes to its end can still be named.

A worker that crashes, and a run that is killed, take with them what they hold in memory. A file for each running
scenario is written anew before each of its steps, and goes when its record has arrived.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from consentinel.pytest_plugin.scenario_run import ScenarioRun, scenario_begun
from consentinel.report.recovery import RUNNING


def note(scenario_run: ScenarioRun, nodeid: str, engine: str, repetition: int, report: Path) -> None:
    """Put down how far the scenario has come. Where that cannot be written, a crash leaves less to tell."""
    data = scenario_begun(scenario_run, engine, repetition)
    if data["steps"] and scenario_run.steps[scenario_run.current].started:
        data["steps"][scenario_run.current]["outcome"] = "inconclusive"
    file = _file(report, scenario_run.id)
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps({"nodeid": nodeid, "pid": os.getpid(), "scenario": data}), encoding="ascii")
        fresh.replace(file)


def over(report: Path, identity: str) -> None:
    """The scenario's record has arrived."""
    with suppress(OSError):
        _file(report, identity).unlink(missing_ok=True)


def _file(report: Path, identity: str) -> Path:
    return report / RUNNING / f"{identity}.json"
