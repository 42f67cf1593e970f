"""The history of an invented run: the nights before it."""

from __future__ import annotations

from consentinel.report.history import TrendPoint
from consentinel.report.promises import State, answers
from consentinel.report.schema import RunData

_NIGHT_S = 86_400.0
_NIGHTS = 24
_TURNED = {"P21": 2, "P24": 5}
"""How many nights ago these promises were last kept."""


def nights(run: RunData) -> dict[str, list[TrendPoint]]:
    """Return the trend of each promise: as it is now, but for a few that turned and a night without an answer."""
    return {
        answer.id: [
            TrendPoint(night, run["started"] - (_NIGHTS - night) * _NIGHT_S, _state(answer.id, answer.state, night))
            for night in range(1, _NIGHTS + 1)
        ]
        for answer in answers(run)
    }


def _state(promise: str, now: State, night: int) -> State:
    if now in ("not provable", "not run") or night == _NIGHTS:
        return now
    if night == 9:
        return "not run"
    if night == 15 and promise in ("P10", "P12", "P13"):
        return "could not tell"
    return "kept" if now == "broken" and _NIGHTS - night >= _TURNED.get(promise, 1) else now
