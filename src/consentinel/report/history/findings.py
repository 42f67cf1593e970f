"""Turns drift into findings, each with the scenario that saw the item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consentinel.report.history.cause import cause_id
from consentinel.report.history.drift import Change, Drift
from consentinel.report.history.names import pattern_of, plain
from consentinel.report.history.policy_drift import KIND, policy_sentence
from consentinel.report.history.register_drift import REGISTER, register_sentence
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import (
    FindingData,
    Item,
    ItemData,
    RunData,
    ScenarioData,
)

RULE = "drift"


class DriftFinding(NamedTuple):
    """`scenario` is the id of the scenario that saw it (`coordinates`), or no longer does."""

    scenario: str
    finding: FindingData


def drift_findings(drift: Drift, run: RunData) -> list[DriftFinding]:
    """Return one finding per change that no exception covers. `promise` is empty: a change alone breaks none."""
    return [_finding(change, run) for change in drift.open]


def sentence(change: Change) -> str:
    """Return the change as a product person reads it."""
    if change.kind == KIND:
        return policy_sentence(change)
    if change.kind == REGISTER:
        return register_sentence(change)
    thing = f'{_thing(change.kind)} "{change.name}" of {change.host} ({change.category or "no category"})'
    if change.what == "new":
        return f"New since the baseline: {thing}."
    if change.what == "gone":
        return f"No longer seen: {thing}."
    differences = "; ".join(f"{aspect.what}: {aspect.before} became {aspect.after}" for aspect in change.aspects)
    return f"Changed since the baseline: {thing}. {differences}."


def cause_of(change: Change) -> str:
    """Return the id of a change: the same item's is the same in every run, whatever became of it."""
    return cause_id(RULE, change.category, change.kind, pattern_of(change.name), change.host, "")


def _thing(kind: str) -> str:
    names = {
        "indexed_db": "IndexedDB database",
        "cache": "cache",
        "file": "file in the browser",
        "request": "request to",
    }
    return names.get(kind, kind.replace("_", " "))


def _finding(change: Change, run: RunData) -> DriftFinding:
    seen = next(_sightings(change, run), None)
    finding = FindingData(
        promise="",
        rule=RULE,
        category=change.category,
        item=Item(kind=change.kind, name=change.name, host=change.host),
        moment=seen.moment if seen else "",
        at=seen.at if seen else run["started"],
        written_by=seen.item["written_by"] if seen else change.written_by,
        sentence=sentence(change),
        pattern=change.name,
        cause=cause_of(change),
    )
    return DriftFinding(seen.scenario if seen else change.scenarios[0], finding)


class _Seen(NamedTuple):
    scenario: str
    moment: str
    at: float
    item: ItemData


def _sightings(change: Change, run: RunData) -> Iterator[_Seen]:
    if change.what == "gone":
        return
    for scenario in run["scenarios"]:
        if coordinates(scenario) in change.scenarios:
            yield from _in_scenario(change, scenario)


def _in_scenario(change: Change, scenario: ScenarioData) -> Iterator[_Seen]:
    for step in scenario["steps"]:
        for item in step["items"]:
            name = plain(item["name"])
            same_place = (item["kind"], plain(item["host"].lower())) == (change.kind, change.host)
            if same_place and item["change"] != "gone" and change.name in (name, pattern_of(name)):
                moment = f"{step['keyword']} {step['text']}".strip()
                yield _Seen(coordinates(scenario), moment, step["at"], item)
