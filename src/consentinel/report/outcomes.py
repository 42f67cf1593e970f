"""Figures about the outcomes of a run's scenarios."""

from __future__ import annotations

from collections.abc import Mapping

from consentinel.report.schema import Outcome


def undecided_share(outcomes: Mapping[Outcome, int] | Mapping[str, int]) -> float:
    """Return the share of the scenarios that ran and could not be decided, from 0 to 1; skipped ones did not run."""
    numbers: dict[str, int] = {str(outcome): number for outcome, number in outcomes.items()}
    ran = sum(number for outcome, number in numbers.items() if outcome != "skipped")
    return numbers.get("inconclusive", 0) / ran if ran else 0.0
