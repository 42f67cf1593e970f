"""Computes figures from laps: medians, ratios of contenders, and the goals for these ratios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from tools.bench.scheduler import Lap, Overhead


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio of two ways, and the bound that it should keep."""

    over: str
    under: str
    bound: float
    at_most: bool

    @property
    def name(self) -> str:
        """As it stands in `bench.json`."""
        return f"{self.over}/{self.under}"

    def is_met(self, ratio: float) -> bool:
        """Return whether the ratio keeps the bound."""
        return ratio <= self.bound if self.at_most else ratio >= self.bound


GOALS = (
    Goal("a", "f", 1.6, at_most=True),
    Goal("b", "f", 1.2, at_most=True),
    Goal("a", "c", 1.0, at_most=True),
    Goal("b", "c", 0.85, at_most=True),
    Goal("a", "b", 1.15, at_most=True),
    Goal("a", "s", 1.03, at_most=True),
    Goal("c5", "a5", 20.0, at_most=False),
)


def seconds_per_flow(laps: Iterable[Lap]) -> dict[str, float]:
    """For each way the mean over the flows of each flow's median."""
    return {way: fmean(flows.values()) for way, flows in medians(laps).items()}


def medians(laps: Iterable[Lap]) -> dict[str, dict[str, float]]:
    """Way, flow, median seconds."""
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for lap in laps:
        found[lap.way][lap.flow].append(lap.seconds)
    return {way: {flow: median(times) for flow, times in flows.items()} for way, flows in found.items()}


def ratio(laps: Sequence[Lap], over: str, under: str) -> float | None:
    """Return the median over rounds of the ratio of sums: both sides ran the same flows in the same minutes."""
    sums: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for lap in laps:
        sums[(lap.way, lap.round)][lap.flow] = lap.seconds
    ratios = []
    for number in {lap.round for lap in laps}:
        above, below = sums.get((over, number)), sums.get((under, number))
        if above and below and above.keys() == below.keys():
            ratios.append(sum(above.values()) / sum(below.values()))
    return median(ratios) if ratios else None


def figures(laps: Sequence[Lap], overheads: dict[str, Overhead], machine: dict[str, Any]) -> dict[str, Any]:
    """Return what `bench.json` holds."""
    ratios = {goal.name: found for goal in GOALS if (found := ratio(laps, goal.over, goal.under)) is not None}
    return {
        **{way: round(seconds, 3) for way, seconds in seconds_per_flow(laps).items()},
        "ratios": {name: round(found, 2) for name, found in ratios.items()},
        "goals": {
            goal.name: {"bound": goal.bound, "at_most": goal.at_most, "met": goal.is_met(ratios[goal.name])}
            for goal in GOALS
            if goal.name in ratios
        },
        "flows": {way: {f: round(s, 3) for f, s in flows.items()} for way, flows in medians(laps).items()},
        "rounds": len({lap.round for lap in laps}),
        "until_up": {way: round(overhead.up, 2) for way, overhead in overheads.items()},
        "to_first_flow": {way: round(overhead.warm, 2) for way, overhead in overheads.items()},
        "machine": machine,
    }
