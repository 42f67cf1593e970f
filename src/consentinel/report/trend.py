"""Shows each promise's state over the last runs of the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from consentinel.report.history import TrendPoint
from consentinel.report.text import day

SHOWN_RUNS = 30
"""How many runs a row shows; the history has them all."""

Trends = Mapping[str, Sequence[TrendPoint]]
"""The last complete runs of the site by promise, oldest first."""

_SILENT = ("not run", "not provable")


@dataclass(frozen=True, slots=True)
class Trend:
    """A promise over several runs, oldest first. A run in which it was not tested says nothing about it."""

    points: tuple[TrendPoint, ...]

    @property
    def sentence(self) -> str:
        """The row in words, for those who do not see it and for those who do: since when it has been as it is."""
        tested_points = [point for point in self.points if point.state not in _SILENT]
        now = tested_points[-1].state
        same = list(takewhile(lambda point: point.state == now, reversed(tested_points)))
        since = f"since {day(same[-1].started)}"
        if len(same) < len(tested_points):
            times = f", for {len(same)} runs" if len(same) > 1 else ""
            return f"{_capital(now)} {since}{times}; {tested_points[-1 - len(same)].state} before that."
        every = {1: "in one run", 2: "in both runs"}.get(len(tested_points), f"in all {len(tested_points)} runs")
        tested = "" if len(tested_points) == len(self.points) else " that tested it"
        return f"{_capital(now)} {every}{tested} {since}."


@dataclass(frozen=True, slots=True)
class Turn:
    """A promise whose answer is another one than in the run before that tested it."""

    promise: str
    before: TrendPoint
    now: TrendPoint


def trend_of(promise: str, trends: Trends) -> Trend | None:
    """Return the promise's trend; None without a history of at least two runs, or where none of them tested it."""
    points = tuple(trends.get(promise, ()))[-SHOWN_RUNS:]
    if len(points) < 2 or all(point.state in _SILENT for point in points):
        return None
    return Trend(points)


def turns(trends: Trends) -> list[Turn]:
    """Return the promises that turned in the newest run, in the order of the policy."""
    found = []
    for promise in sorted(trends):
        tested_points = [point for point in trends[promise] if point.state not in _SILENT]
        newest = trends[promise][-1].run
        if (
            len(tested_points) > 1
            and tested_points[-1].run == newest
            and tested_points[-1].state != tested_points[-2].state
        ):
            found.append(Turn(promise, tested_points[-2], tested_points[-1]))
    return found


def _capital(state: str) -> str:
    return state[:1].upper() + state[1:]
