"""The state of one run of a scenario: its steps, visitors, evidence and outcome."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from consentinel.evidence.secrets import Secrets
from consentinel.report.schema import (
    Fault,
    Outcome,
    ScenarioData,
    StepData,
    StepOutcome,
)
from consentinel.verdicts.judge import Judge
from consentinel.visitor.resources import Screenshots
from consentinel.visitor.visitor import Visitor


@dataclass(slots=True)
class StepRun:
    """One step of the run. Times are in seconds since the epoch. `ended` is None for a step that has not ended."""

    keyword: str
    text: str
    outcome: StepOutcome = "not run"
    started: float = 0.0
    ended: float | None = None


@dataclass(slots=True)
class ScenarioRun:
    """One attempt at a scenario. `id` is the same in each run: file, scenario, example, browser.

    `ends_the_run` is the reason why no further scenario can be judged, or empty if the run continues.
    """

    id: str
    feature: str
    rule: str
    scenario: str
    file: str
    line: int
    tags: list[str]
    promises: list[str]
    judge: Judge
    screenshots: Screenshots | None
    started: float = field(default_factory=time.time)
    steps: list[StepRun] = field(default_factory=list)
    visitors: list[Visitor] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    attempt: int = 1
    outcome: tuple[Outcome, str] | None = None
    fault: Fault = ""
    """The kind of error that ended the scenario, or empty if its outcome is not an error."""
    ends_the_run: str = ""
    secrets: Secrets = field(default_factory=Secrets)
    """The secrets found so far. No record of the scenario may contain them."""
    _doubts: int = 0
    """How many doubts waited when the running step began."""

    def begin(self, number: int) -> None:
        """Note that step `number` (from 0) begins."""
        self.steps[number].started = time.time()
        self._doubts = len(self.judge.doubts)

    def end(self, number: int, outcome: StepOutcome) -> None:
        """Note that step `number` (from 0) ended."""
        self.steps[number].outcome = outcome
        self.steps[number].ended = time.time()

    def end_unbroken(self, number: int) -> None:
        """Note that step `number` (from 0) raised no error: it passed, unless it left doubts that wait."""
        self.end(number, "inconclusive" if len(self.judge.doubts) > self._doubts else "passed")

    def close(self) -> None:
        """Release the evidence. pytest-bdd keeps the values that steps return, visitors too, to the end of the run."""
        for visitor in self.visitors:
            visitor.recorder.forget()
        self.visitors.clear()

    @property
    def current(self) -> int:
        """The number of the running step, or of the last step if all have ended."""
        return next((n for n, step in enumerate(self.steps) if step.ended is None), len(self.steps) - 1)


def stable_id(file: str, scenario: str, case: str, engine: str, repetition: int, variant: str = "") -> str:
    """Return a scenario's id: readable, the same in each run, usable as a file name."""
    suffix = f"-r{repetition}" if repetition > 1 else ""
    deployed = f"-at-{variant}" if variant else ""
    return f"{case_id(file, scenario, case)}-{engine}{suffix}{deployed}"


def case_id(file: str, scenario: str, case: str) -> str:
    """Return what the ids of one case of a scenario begin with, in every browser."""
    readable = re.sub(r"[^a-z0-9]+", "-", f"{file}-{scenario}".lower()).strip("-")[:70]
    digest = hashlib.sha256(f"{file}\0{scenario}\0{case}".encode()).hexdigest()[:6]
    return f"{readable}-{digest}"


def case_words(example: Mapping[str, str]) -> str:
    """Return a row of examples as the `case` of an id."""
    return "|".join(f"{key}={value}" for key, value in sorted(example.items()))


def scenario_begun(scenario_run: ScenarioRun, engine: str, repetition: int) -> ScenarioData:
    """Return the record of a scenario that has no verdict yet. Its outcome is inconclusive."""
    return ScenarioData(
        id=scenario_run.id,
        feature=scenario_run.feature,
        rule=scenario_run.rule,
        scenario=scenario_run.scenario,
        file=scenario_run.file,
        line=scenario_run.line,
        tags=scenario_run.tags,
        promises=scenario_run.promises,
        browser=engine,
        outcome="inconclusive",
        reason="",
        started=scenario_run.started,
        seconds=0.0,
        bound_s=0.0,
        worker=os.environ.get("PYTEST_XDIST_WORKER", ""),
        steps=[step_data(step) for step in scenario_run.steps],
        findings=[],
        timelines=[],
        hars=[],
        attempts=scenario_run.attempt,
        repetition=repetition,
    )


def step_data(step: StepRun) -> StepData:
    """Return the record of a step without its changes, which `consentinel.pytest_plugin.step_changes` adds."""
    return StepData(
        keyword=step.keyword,
        text=step.text,
        outcome=step.outcome,
        at=step.started,
        seconds=round(step.ended - step.started, 3) if step.ended is not None else 0.0,
        picture="",
        granted=None,
        items=[],
    )
