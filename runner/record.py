"""Turns a scenario's journal into the record that travels to the run's report."""

from __future__ import annotations

import time
from typing import Any, TypeVar, cast

from evidence.secrets import Secrets
from evidence.timeline import Timeline
from report.schema import BlindnessData, FindingData, Item, Outcome, ScenarioData
from runner.confidential import secrets_of
from runner.diffs import steps_of
from runner.export import write_har, write_timeline
from runner.journal import Journal, scenario_begun
from runner.options import Settings
from sites.profile import Profile
from verdicts.finding import Finding

PROPERTY = "consentinel"
"""The name of the user property."""
FROM_SITES = frozenset({"name", "host", "path", "partition", "written_by", "moment", "sentence"})
"""The fields of a record that hold what a site has named."""

T = TypeVar("T")


def scenario_data(
    journal: Journal, profile: Profile, settings: Settings, engine: str, repetition: int, outcome: Outcome, reason: str
) -> ScenarioData:
    """The scenario for `run.json`; its visitors' timelines and traffic are written to the report's folder."""
    timelines = [visitor.timeline for visitor in journal.visitors]
    secrets = journal.secrets = secrets_of(profile, journal.visitors, values_shown=settings.show_values)
    paths, hars = _evidence(journal, settings) if settings.evidence else ([], [])
    findings = [finding_data(finding, journal.court.promise) for finding in journal.court.findings]
    return {
        **scenario_begun(journal, engine, repetition),
        "outcome": outcome,
        "reason": secrets.without(reason),
        "seconds": round(time.time() - journal.started, 3),
        "bound_s": _bound(timelines),
        "steps": discreet(steps_of(journal, timelines, profile), secrets),
        "findings": discreet(findings, secrets),
        "timelines": paths,
        "hars": hars,
    }


def finding_data(finding: Finding, promise: str) -> FindingData:
    """A finding for `run.json`."""
    return FindingData(
        promise=promise,
        rule=finding.rule,
        category=str(finding.category),
        item=Item(kind=finding.kind.value, name=finding.name, host=finding.host),
        moment=finding.moment,
        at=finding.at,
        written_by=finding.written_by,
        sentence=finding.sentence,
    )


def discreet(content: T, secrets: Secrets) -> T:
    """The content without secrets in what a site has named; the record's own words stay as they are."""
    told: Any = content
    if isinstance(content, list):
        told = [discreet(one, secrets) for one in content]
    elif isinstance(content, dict):
        told = {
            key: secrets.without(value) if key in FROM_SITES and isinstance(value, str) else discreet(value, secrets)
            for key, value in content.items()
        }
    return cast("T", told)


def _evidence(journal: Journal, settings: Settings) -> tuple[list[str], list[str]]:
    """Write the evidence; what a full disk keeps from being written is a problem of the run, not of the verdict."""
    paths: list[str] = []
    hars: list[str] = []
    for number, visitor in enumerate(journal.visitors, 1):
        name = journal.id if number == 1 else f"{journal.id}-{number}"
        try:
            paths.append(write_timeline(visitor, settings.report, name, journal.secrets, settings.show_values))
            har = write_har(visitor, settings.report, name, journal.secrets, settings.show_values)
        except OSError as error:
            journal.problems.append(f"evidence could not be written to {settings.report}: {error.strerror or error}")
            break
        if har is not None:
            hars.append(har)
    return paths, hars


def _bound(timelines: list[Timeline]) -> float:
    bounds = [settled.bound for timeline in timelines for settled in timeline.settled]
    return min(bounds, default=0.0)


def as_property(journal: Journal, data: ScenarioData) -> tuple[str, Any]:
    """The record in the form that survives a worker: a user property."""
    versions = {str(visitor.browser.engine): visitor.browser.version for visitor in journal.visitors}
    hidden = journal.secrets.without
    blindness = [
        BlindnessData(browser=one.browser or data["browser"], kind=one.kind.value, reason=hidden(one.reason))
        for one in journal.court.blind
    ]
    problems = [*journal.problems, *(one for visitor in journal.visitors for one in visitor.recorder.problems)]
    return PROPERTY, {
        "scenario": data,
        "versions": versions,
        "blindness": blindness,
        "problems": [*map(hidden, problems)],
        "ends_the_run": journal.ends_the_run,
    }
