"""Reads and writes the proof's results: one row for each scenario on each deployment in each browser."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from consentinel.report.schema import FindingData, Outcome, ScenarioData


class Played(TypedDict):
    """One scenario on one deployment.

    `node` is its pytest id without deployment and browser; `sentence` the step at which it stopped, as `steps/` words
    it.
    """

    deployment: str
    node: str
    browser: str
    version: str
    scenario: str
    title: str
    written: str
    promises: list[str]
    outcome: Outcome
    reason: str
    sentence: str
    findings: list[FindingData]
    started: float
    seconds: float


def played(deployment: str, node: str, version: str, sentence: str, data: ScenarioData) -> Played:
    """Return the row of a finished scenario."""
    suffix = f"-at-{deployment}"
    return Played(
        deployment=deployment,
        node=node,
        browser=data["browser"],
        version=version,
        scenario=data["id"].removesuffix(suffix),
        title=data["scenario"],
        written=f"{data['file']}:{data['line']}",
        promises=data["promises"],
        outcome=data["outcome"],
        reason=data["reason"],
        sentence=sentence,
        findings=data["findings"],
        started=data["started"],
        seconds=data["seconds"],
    )


def read(path: Path) -> list[Played]:
    """Return the rows of a file, or none if it does not exist."""
    if not path.exists():
        return []
    rows: list[Played] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows


def append(path: Path, row: Played) -> None:
    """Append a row as soon as it is known, so that an interruption loses none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def forget(path: Path, deployments: Iterable[str], browsers: Iterable[str]) -> None:
    """Drop the rows of deployments that are about to be played again in these browsers."""
    gone, where = set(deployments), set(browsers)
    kept = [row for row in read(path) if row["deployment"] not in gone or row["browser"] not in where]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
