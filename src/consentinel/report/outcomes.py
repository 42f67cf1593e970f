"""Reads what can be told from the outcomes of scenarios and of their steps."""

from __future__ import annotations

from collections.abc import Mapping

from consentinel.report.schema import Outcome, ScenarioData, StepData


def undecided_share(outcomes: Mapping[Outcome, int] | Mapping[str, int]) -> float:
    """Return the share of the scenarios that ran and could not be decided, from 0 to 1; skipped ones did not run."""
    numbers: dict[str, int] = {str(outcome): number for outcome, number in outcomes.items()}
    ran = sum(number for outcome, number in numbers.items() if outcome != "skipped")
    return numbers.get("inconclusive", 0) / ran if ran else 0.0


def deciding_step(scenario: ScenarioData) -> StepData | None:
    """Return the step that gave a scenario its outcome, None where none did. Steps before it may have left doubts."""
    bad = [step for step in scenario["steps"] if step["outcome"] not in ("passed", "not run")]
    return next((step for step in bad if step["outcome"] == scenario["outcome"]), bad[0] if bad else None)
