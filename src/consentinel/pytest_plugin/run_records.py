"""Collects the scenarios' records of one run, from this process or from workers, and the problems of the run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consentinel.pytest_plugin.in_progress import over
from consentinel.pytest_plugin.record_spool import RecordSpool
from consentinel.pytest_plugin.serialize import PROPERTY
from consentinel.report.causes import cause_ids
from consentinel.report.recovery import SPOOL_FILE, running, unended
from consentinel.report.schema import BlindnessData, ScenarioData
from consentinel.report.text import count


class RunRecords:
    """The records so far. Each is written to disk as its scenario ends, so a crash loses none.

    `begun` and `recorded` hold the node ids of the scenarios that began and of those whose record arrived, `lost` those
    of the ones that never ended. `browsers` has the versions by name. `ended_by` says why no further scenario can be
    judged, and is empty where each can.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.spool = RecordSpool(folder / SPOOL_FILE)
        self.begun: set[str] = set()
        self.recorded: set[str] = set()
        self.lost: list[str] = []
        self.problems: list[str] = []
        self.browsers: dict[str, str] = {}
        self.blindness: dict[tuple[str, str, str], BlindnessData] = {}
        self.ended_by = ""

    @property
    def are_whole(self) -> bool:
        """Whether each scenario that began has its record, and came to its end."""
        return not self.lost and not self.begun - self.recorded

    def take(self, report: pytest.TestReport) -> Iterator[ScenarioData]:
        """Yield the scenarios of a report, whose records leave it only the ids of their causes, for JUnit's file."""
        records: list[Any] = [value for name, value in report.user_properties if name == PROPERTY]
        report.user_properties = [pair for pair in report.user_properties if pair[0] != PROPERTY]
        for record in records:
            self.recorded.add(report.nodeid)
            self.browsers.update(record["versions"])
            for gap in record["blindness"]:
                self.blindness[(gap["browser"], gap["kind"], gap["reason"])] = gap
            for problem in record["problems"]:
                self.problem(problem)
            if record["ends_the_run"]:
                self.ended_by = record["ends_the_run"]
                self.problem(self.ended_by)
            else:
                scenario: ScenarioData = record["scenario"]
                self.keep(scenario)
                report.user_properties += [("cause", identity) for identity in cause_ids(scenario)]
                yield scenario

    def keep(self, scenario: ScenarioData) -> None:
        """Write the record of a scenario that is over to disk."""
        problem = self.spool.add(scenario)
        if problem:
            self.problem(f"{self.spool.path} cannot be written: {problem}")
        over(self.folder, scenario["id"])

    def lose(self, nodeid: str, scenario: ScenarioData) -> None:
        """Record a scenario that never ended: it has no verdict, and the run is incomplete."""
        self.recorded.add(nodeid)
        self.lost.append(nodeid)
        self.problem(f"“{scenario['scenario']}” did not come to its end. {scenario['reason']}")
        self.keep(scenario)

    def lose_unended(self) -> Iterator[ScenarioData]:
        """Record the scenarios that began and will send no record any more. Yield them."""
        if not self.begun:
            return  # the files in the folder belong to another run
        for nodeid, scenario in running(self.folder).items():
            if nodeid not in self.recorded:
                interrupted = unended(scenario, "The run was interrupted")
                self.lose(nodeid, interrupted)
                yield interrupted
        missing = self.begun - self.recorded
        if missing:
            lost = count(len(missing), "scenario")
            self.problem(f"{lost} ran and left no record, {min(missing)} among them")

    def problem(self, message: str) -> None:
        """Add a problem of the run, once."""
        if message not in self.problems:
            self.problems.append(message)
