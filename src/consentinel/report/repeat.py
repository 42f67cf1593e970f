"""Finds scenarios whose repetitions (`--repeat N`) disagree."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from consentinel.report.history.names import pattern_of
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import (
    FindingData,
    Outcome,
    RunData,
    ScenarioData,
)
from consentinel.report.text import browser

WORDS: dict[Outcome, str] = {
    "passed": "held",
    "failed": "broken",
    "error": "error",
    "inconclusive": "could not tell",
    "skipped": "skipped",
}

FindingKey = tuple[str, str, str, str, str, str]


class Repetition(NamedTuple):
    """One of the runs of a scenario, with what is needed to show it beside another."""

    number: int
    id: str
    outcome: Outcome
    reason: str
    findings: tuple[FindingData, ...]
    timelines: tuple[str, ...]


class Disagreement(NamedTuple):
    """An unstable scenario. `repetitions` are all that ran; `pair` are two that disagree, to be shown side by side."""

    coordinates: str
    feature: str
    scenario: str
    browser: str
    repetitions: tuple[Repetition, ...]
    pair: tuple[Repetition, Repetition]

    @property
    def sentence(self) -> str:
        """The disagreement as people read it."""
        return f"Unstable: “{self.scenario}” {self.outcomes}."

    @property
    def outcomes(self) -> str:
        """The outcomes of its runs, in words: `ran 3 times in Chromium: 2 held, 1 broken`."""
        outcomes = [WORDS[repetition.outcome] for repetition in self.repetitions]
        counts = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in dict.fromkeys(outcomes))
        difference = counts if len(set(outcomes)) > 1 else f"{counts}, with different findings"
        return f"ran {len(outcomes)} times in {browser(self.browser)}: {difference}"


def disagreements(run: RunData) -> list[Disagreement]:
    """Return the scenarios whose repetitions differ in outcome or in what they found.

    A skipped repetition says nothing.
    """
    together: defaultdict[str, list[ScenarioData]] = defaultdict(list)
    for scenario in run["scenarios"]:
        if scenario["outcome"] != "skipped":
            together[coordinates(scenario)].append(scenario)
    found = (_disagreement(name, scenarios) for name, scenarios in together.items())
    return [disagreement for disagreement in found if disagreement is not None]


def _disagreement(name: str, scenarios: list[ScenarioData]) -> Disagreement | None:
    ordered = sorted(scenarios, key=lambda scenario: scenario["repetition"])
    first = ordered[0]
    other = next((scenario for scenario in ordered if _verdict(scenario) != _verdict(first)), None)
    if other is None:
        return None
    return Disagreement(
        coordinates=name,
        feature=first["feature"],
        scenario=first["scenario"],
        browser=first["browser"],
        repetitions=tuple(map(_repetition, ordered)),
        pair=(_repetition(first), _repetition(other)),
    )


def _verdict(scenario: ScenarioData) -> tuple[str, frozenset[FindingKey]]:
    return scenario["outcome"], frozenset(map(_key, scenario["findings"]))


def _key(finding: FindingData) -> FindingKey:
    """Return the key of a finding in every repetition: its time and the random part of a name are left out."""
    item = finding["item"]
    return (
        finding["promise"],
        finding["rule"],
        finding["category"],
        item["kind"],
        pattern_of(item["name"]),
        item["host"],
    )


def _repetition(scenario: ScenarioData) -> Repetition:
    return Repetition(
        scenario["repetition"],
        scenario["id"],
        scenario["outcome"],
        scenario["reason"],
        tuple(scenario["findings"]),
        tuple(scenario["timelines"]),
    )
