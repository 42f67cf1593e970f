"""Estimates how long a run will take: by the site's last run in the history, and ever more by its own pace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from consentinel.report.history import HistoryError, Store

TRUST = 5
"""For how many scenarios of this run the pace of the last one counts."""

ENOUGH = 3
"""After how many scenarios this run's own pace gives an estimate where there is no history."""


@dataclass(slots=True)
class Pace:
    """`former_s` is the wall time of a scenario in the site's last run, in seconds; None where nothing is known."""

    former_s: float | None = None

    def left_s(self, done: int, total: int, elapsed_s: float) -> float | None:
        """Return how long the rest will take, in seconds; None while there is too little to estimate from."""
        rest = total - done
        if rest < 0 or (self.former_s is None and done < ENOUGH):
            return None
        if self.former_s is None:
            return rest * elapsed_s / done
        return rest * (TRUST * self.former_s + elapsed_s) / (TRUST + done)


def about(seconds: float) -> str:
    """Return a duration as an estimate in words: `under a minute left`, `about 12 min left`, `about 2 h 5 min left`."""
    minutes = round(seconds / 60)
    if seconds < 50:
        return "under a minute left"
    if minutes < 60:
        return f"about {max(1, minutes)} min left"
    return f"about {minutes // 60} h {minutes % 60} min left"


def pace_of(history: Path | None, site: str, browsers: Iterable[str]) -> Pace:
    """Return the pace of the site's last complete run in these browsers; nothing where the history cannot be read."""
    wanted = set(browsers)
    if history is None or not history.exists():
        return Pace()
    try:
        with Store(history) as store:
            rows = store.runs(site, 50)
    except HistoryError:
        return Pace()
    for row in rows:
        number = sum(row.outcomes.values())
        if row.complete and number and set(row.browsers) == wanted:
            return Pace(row.seconds / number)
    return Pace()
