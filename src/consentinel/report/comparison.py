"""Compares two disagreeing runs of one scenario step by step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from consentinel.report.history.names import pattern_of
from consentinel.report.repeat import Disagreement, disagreements
from consentinel.report.schema import (
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)

ItemKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """A step in one of two runs. `data` is None if this run lacks the step; `own` holds the items of this run only."""

    data: StepData | None
    own: tuple[ItemData, ...] = ()

    @property
    def outcome(self) -> str:
        """The step's outcome, or `not there` if this run lacks the step."""
        return self.data["outcome"] if self.data else "not there"


@dataclass(frozen=True, slots=True)
class Row:
    """A step in both runs. `common` is the number of items that both stored or sent."""

    sentence: str
    sides: tuple[Side, Side]
    common: int

    @property
    def differs(self) -> bool:
        """Whether the step's outcome or its items differ between the runs."""
        return len({side.outcome for side in self.sides}) > 1 or any(side.own for side in self.sides)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An unstable scenario: `all` its runs, and of them two `runs` that disagree, with their steps."""

    found: Disagreement
    all: tuple[ScenarioData, ...]
    runs: tuple[ScenarioData, ScenarioData]
    rows: tuple[Row, ...]


def comparisons(run: RunData) -> list[Comparison]:
    """Return a comparison for each scenario whose repetitions disagree."""
    found = disagreements(run)
    wanted = {repetition.id for one in found for repetition in one.repetitions}
    by_id = {scenario["id"]: scenario for scenario in run["scenarios"] if scenario["id"] in wanted}
    return [_compared(one, by_id) for one in found]


def _compared(found: Disagreement, by_id: dict[str, ScenarioData]) -> Comparison:
    first, second = (by_id[repetition.id] for repetition in found.pair)
    rows = tuple(_row(left, right) for left, right in zip_longest(first["steps"], second["steps"]))
    return Comparison(found, tuple(by_id[one.id] for one in found.repetitions), (first, second), rows)


def _row(left: StepData | None, right: StepData | None) -> Row:
    step = left or right
    assert step is not None  # zip_longest ends with the longer of the two
    ours, theirs = _items(left), _items(right)
    sides = Side(left, _rest(left, theirs)), Side(right, _rest(right, ours))
    return Row(f"{step['keyword'].strip()} {step['text']}", sides, (ours & theirs).total())


def _items(step: StepData | None) -> Counter[ItemKey]:
    return Counter(map(_key, step["items"] if step else ()))


def _rest(step: StepData | None, others: Counter[ItemKey]) -> tuple[ItemData, ...]:
    """Return the step's items that the other run lacks, each as often as it is missing there."""
    left = others.copy()
    rest = []
    for item in step["items"] if step else ():
        if left[_key(item)]:
            left[_key(item)] -= 1
        else:
            rest.append(item)
    return tuple(rest)


def _key(item: ItemData) -> ItemKey:
    """Return the key of an item in every run: the random part of its name is left out."""
    return item["change"], item["kind"], pattern_of(item["name"]), item["host"]
