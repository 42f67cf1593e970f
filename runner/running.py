"""What is known of a scenario while it runs, on disk, so that one that never comes to its end can still be named.

A worker that crashes, and a run that is killed, take with them what they hold in memory. A file for each running
scenario is written anew before each of its steps, and goes when its record has arrived.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from report.recovery import RUNNING
from report.schema import ScenarioData
from runner.journal import Journal, step_data


def note(journal: Journal, nodeid: str, engine: str, repetition: int, report: Path) -> None:
    """Put down how far the scenario has come. Where that cannot be written, a crash leaves less to tell."""
    steps = [step_data(step) for step in journal.steps]
    if steps and journal.steps[journal.current].started:
        steps[journal.current]["outcome"] = "inconclusive"
    data = ScenarioData(
        id=journal.id,
        feature=journal.feature,
        rule=journal.rule,
        scenario=journal.scenario,
        file=journal.file,
        line=journal.line,
        tags=journal.tags,
        promises=journal.promises,
        browser=engine,
        outcome="inconclusive",
        reason="",
        started=journal.started,
        seconds=0.0,
        bound_s=0.0,
        worker=os.environ.get("PYTEST_XDIST_WORKER", ""),
        steps=steps,
        findings=[],
        timelines=[],
        hars=[],
        attempts=journal.attempt,
        repetition=repetition,
    )
    file = _file(report, journal.id)
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
