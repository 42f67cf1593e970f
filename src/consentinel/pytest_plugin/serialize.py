"""Turns a `ScenarioRun` into the record that is sent to the controller and written to `run.json`."""

from __future__ import annotations

import time
from typing import Any, TypeVar, cast

from consentinel.evidence.addresses import without_query
from consentinel.evidence.dialog_audit import LayerShown
from consentinel.evidence.secrets import Secrets
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.by_hand import by_hand
from consentinel.pytest_plugin.export import write_har, write_timeline
from consentinel.pytest_plugin.options import Settings
from consentinel.pytest_plugin.origin import origin_of
from consentinel.pytest_plugin.scenario_run import ScenarioRun, scenario_begun
from consentinel.pytest_plugin.scenario_secrets import secrets_of
from consentinel.pytest_plugin.step_changes import steps_of
from consentinel.report.history.cause import cause_id, folded
from consentinel.report.layer_schema import LayerData, WordsData
from consentinel.report.schema import (
    BlindnessData,
    FindingData,
    Item,
    Outcome,
    ScenarioData,
)
from consentinel.report.signal_schema import SignalData
from consentinel.site.patterns import declared_pattern
from consentinel.site.profile import Profile
from consentinel.verdicts.finding import Finding
from consentinel.verdicts.signal_table import signal_rows

PROPERTY = "consentinel"
"""The name of the user property."""
FROM_SITES = frozenset({"name", "pattern", "host", "path", "partition", "written_by", "origin", "moment", "sentence"})
"""The fields of a record whose text comes from a site."""
THINNED = "timers that sent a hundred requests of one kind, which then ran once a second"
"""What went on where requests were too many to let run at their own pace."""

T = TypeVar("T")


def scenario_data(
    scenario_run: ScenarioRun,
    profile: Profile,
    settings: Settings,
    engine: str,
    repetition: int,
    outcome: Outcome,
    reason: str,
) -> ScenarioData:
    """Return the scenario's record, and write its visitors' timelines and traffic to the report's folder."""
    timelines = [visitor.timeline for visitor in scenario_run.visitors]
    secrets = scenario_run.secrets = secrets_of(profile, scenario_run.visitors, values_shown=settings.show_values)
    paths, hars = _evidence(scenario_run, settings) if settings.evidence else ([], [])
    findings = [_finding(finding, scenario_run, timelines, profile, secrets) for finding in scenario_run.judge.findings]
    return {
        **scenario_begun(scenario_run, engine, repetition),
        "signals": [row for timeline in timelines for row in _signals(timeline, profile, secrets)],
        "layers": [_layer(one, secrets) for timeline in timelines for one in timeline.layers],
        "outcome": outcome,
        "notes": [secrets.without(text) for text in scenario_run.judge.notes],
        "reason": secrets.without(reason),
        "fault": scenario_run.fault,
        "seconds": round(time.time() - scenario_run.started, 3),
        "bound_s": _bound(timelines),
        "stood": [secrets.without(text) for text in _stood(timelines)],
        "altered": [secrets.without(text) for text in altered_in(timelines)],
        "steps": discreet(steps_of(scenario_run, timelines, profile), secrets),
        "findings": discreet(findings, secrets),
        "timelines": paths,
        "hars": hars,
    }


def bare_data(
    scenario_run: ScenarioRun, profile: Profile, engine: str, repetition: int, outcome: Outcome, error: Exception
) -> ScenarioData:
    """Return the record of a scenario whose evidence cannot be read, without any of the evidence.

    Its outcome is an error, unless the scenario failed.
    """
    return {
        **scenario_begun(scenario_run, engine, repetition),
        "outcome": outcome if outcome == "failed" else "error",
        "reason": f"the evidence could not be read: {type(error).__name__}",
        "fault": scenario_run.fault or ("" if outcome == "failed" else "exception"),
        "seconds": round(time.time() - scenario_run.started, 3),
        "findings": [
            {
                **finding_data(finding, scenario_run.judge.broken_by(finding), profile, Secrets()),
                "item": Item(kind=finding.kind.value, name="", host=""),
                "pattern": "",
            }
            for finding in scenario_run.judge.findings
        ],
    }


def _finding(
    finding: Finding, scenario_run: ScenarioRun, timelines: list[Timeline], profile: Profile, secrets: Secrets
) -> FindingData:
    data = finding_data(finding, scenario_run.judge.broken_by(finding), profile, secrets)
    lines = by_hand(finding, timelines, [step.text for step in scenario_run.steps], profile)
    return {**data, "by_hand": [secrets.without(line) for line in lines]}


def finding_data(finding: Finding, promise: str, profile: Profile, secrets: Secrets) -> FindingData:
    """Return a finding for `run.json`. Its cause id is made without secrets, which differ in each run."""
    kind, category, hidden = finding.kind.value, str(finding.category), secrets.without
    pattern = declared_pattern(finding.kind, finding.name, profile) or folded(hidden(finding.name))
    places = hidden(finding.host), hidden(finding.written_by)
    return FindingData(
        promise=promise,
        rule=finding.rule,
        category=category,
        item=Item(kind=kind, name=finding.name, host=finding.host),
        moment=finding.moment,
        at=finding.at,
        written_by=finding.written_by,
        sentence=finding.sentence,
        pattern=pattern,
        cause=cause_id(finding.rule, category, kind, pattern, *places),
        origin=origin_of(finding, places[1], profile),
    )


def discreet(content: T, secrets: Secrets) -> T:
    """Return the content with secrets removed from the fields in FROM_SITES. Other fields are unchanged."""
    clean: Any = content
    if isinstance(content, list):
        clean = [discreet(element, secrets) for element in content]
    elif isinstance(content, dict):
        clean = {
            key: secrets.without(value) if key in FROM_SITES and isinstance(value, str) else discreet(value, secrets)
            for key, value in content.items()
        }
    return cast("T", clean)


def _layer(shown: LayerShown, secrets: Secrets) -> LayerData:
    words = [WordsData(name=name, label=secrets.without(label)) for name, label in shown.buttons]
    return LayerData(
        layer=shown.layer,
        width=shown.width,
        height=shown.height,
        dark=shown.dark,
        buttons=words,
        picture=shown.picture,
    )


def _signals(timeline: Timeline, profile: Profile, secrets: Secrets) -> list[SignalData]:
    def clean(texts: tuple[str, ...]) -> list[str]:
        return [secrets.without(text) for text in texts]

    return [
        SignalData(
            visitor=timeline.visitor,
            chosen=None if row.chosen is None else sorted(row.chosen),
            means=row.means,
            page=clean(row.page),
            requests=clean(row.requests),
            stored=clean(row.stored),
            differs=clean(row.differs),
        )
        for row in signal_rows(timeline, profile)
    ]


def _evidence(scenario_run: ScenarioRun, settings: Settings) -> tuple[list[str], list[str]]:
    """Write the evidence. A failure to write, such as a full disk, is a problem of the run and keeps the verdict."""
    paths: list[str] = []
    hars: list[str] = []
    for number, visitor in enumerate(scenario_run.visitors, 1):
        name = scenario_run.id if number == 1 else f"{scenario_run.id}-{number}"
        try:
            paths.append(write_timeline(visitor, settings.report, name, scenario_run.secrets, settings.show_values))
            har = write_har(visitor, settings.report, name, scenario_run.secrets, settings.show_values)
        except OSError as error:
            scenario_run.problems.append(
                f"evidence could not be written to {settings.report}: {error.strerror or error}"
            )
            break
        if har is not None:
            hars.append(har)
    return paths, hars


def _bound(timelines: list[Timeline]) -> float:
    bounds = [settled.bound for timeline in timelines for settled in timeline.settled]
    return min(bounds, default=0.0)


def altered_in(timelines: list[Timeline]) -> list[str]:
    """Return what the harness did with requests on purpose, each address and deed once."""
    requests = (request for timeline in timelines for request in timeline.requests if request.altered)
    return list(dict.fromkeys(f"{one.method} {without_query(one.url)}: {one.altered}" for one in requests))


def _stood(timelines: list[Timeline]) -> list[str]:
    """Return what went on while pages were watched, each with the shortest time for which it was waited for."""
    rests = [settled for timeline in timelines for settled in timeline.settled]
    shortest: dict[str, float] = {}
    for stood in (stood for settled in rests for stood in settled.standing):
        shortest[stood.name] = min(stood.seconds, shortest.get(stood.name, stood.seconds))
    lines = [f"{name}, watched for {seconds:g} s" for name, seconds in sorted(shortest.items())]
    return [*lines, THINNED] if any(settled.thinned for settled in rests) else lines


def as_property(scenario_run: ScenarioRun, data: ScenarioData) -> tuple[str, Any]:
    """Return the record as a user property, which pytest-xdist sends from a worker to the controller."""
    versions = {str(visitor.browser.engine): visitor.browser.version for visitor in scenario_run.visitors}
    hidden = scenario_run.secrets.without
    blindness = [
        BlindnessData(browser=gap.browser or data["browser"], kind=gap.kind.value, reason=hidden(gap.reason))
        for gap in scenario_run.judge.blind
    ]
    problems = [
        *scenario_run.problems,
        *(problem for visitor in scenario_run.visitors for problem in visitor.recorder.problems),
    ]
    return PROPERTY, {
        "scenario": data,
        "versions": versions,
        "blindness": blindness,
        "problems": [*map(hidden, problems)],
        "ends_the_run": scenario_run.ends_the_run,
    }
