"""Keeps a file on disk for each running scenario, so that a scenario that never ends can still be reported.

A crashed worker and a killed run lose their memory. The file is rewritten before each step of the scenario, and
deleted when the controller has the scenario's record.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from consentinel.pytest_plugin.scenario_run import ScenarioRun, scenario_begun
from consentinel.report.files import write_whole
from consentinel.report.recovery import RUNNING


def note(scenario_run: ScenarioRun, nodeid: str, engine: str, repetition: int, report: Path) -> None:
    """Write the scenario's progress to its file. An OSError is ignored: a crash then leaves less to report."""
    data = scenario_begun(scenario_run, engine, repetition)
    if data["steps"] and scenario_run.steps[scenario_run.current].started:
        data["steps"][scenario_run.current]["outcome"] = "inconclusive"
    file = _file(report, scenario_run.id)
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        write_whole(file, json.dumps({"nodeid": nodeid, "pid": os.getpid(), "scenario": data}))


def over(report: Path, identity: str) -> None:
    """Delete the scenario's file: its record has arrived."""
    with suppress(OSError):
        _file(report, identity).unlink(missing_ok=True)


def _file(report: Path, identity: str) -> Path:
    return report / RUNNING / f"{identity}.json"
