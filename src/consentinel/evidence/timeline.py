"""One visitor's record in one browser: everything that was seen, in order, on one clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from consentinel.evidence.attribution import Attribution
from consentinel.evidence.dialog_audit import LayerShown
from consentinel.evidence.kept import Kept, kept
from consentinel.evidence.records import (
    Action,
    Choice,
    Picture,
    Record,
    Request,
    Settled,
    State,
    Write,
)
from consentinel.evidence.signal_records import ConsentCommand, ConsentString, PrivacyPreference

R = TypeVar(
    "R",
    Action,
    Choice,
    ConsentCommand,
    ConsentString,
    LayerShown,
    Picture,
    PrivacyPreference,
    Request,
    Settled,
    State,
    Write,
)

_AT = attrgetter("at")


@dataclass(frozen=True)
class Timeline:
    """An immutable sequence of records, oldest first. All moments are seconds since the epoch."""

    visitor: str
    browser: str
    records: tuple[Record, ...]

    @classmethod
    def of(cls, visitor: str, browser: str, records: Iterable[Record]) -> Timeline:
        """Return a timeline of these records, in the order of their moments; ties keep the order given."""
        return cls(visitor, browser, tuple(sorted(records, key=lambda record: record.at)))

    def _only(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(record for record in self.records if isinstance(record, kind))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """What the visitor did."""
        return self._only(Action)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """What the visitor allowed, and when."""
        return self._only(Choice)

    @cached_property
    def commands(self) -> tuple[ConsentCommand, ...]:
        """The consent commands of pages to their tags."""
        return self._only(ConsentCommand)

    @cached_property
    def strings(self) -> tuple[ConsentString, ...]:
        """What pages' APIs said of the visitor's choice."""
        return self._only(ConsentString)

    @cached_property
    def preferences(self) -> tuple[PrivacyPreference, ...]:
        """The visitor's wishes, as the browser showed them to documents."""
        return self._only(PrivacyPreference)

    @cached_property
    def requests(self) -> tuple[Request, ...]:
        """What was sent."""
        return self._only(Request)

    @cached_property
    def writes(self) -> tuple[Write, ...]:
        """What scripts wrote."""
        return self._only(Write)

    @cached_property
    def states(self) -> tuple[State, ...]:
        """What was on the device, each time that it was read."""
        return self._only(State)

    @cached_property
    def settled(self) -> tuple[Settled, ...]:
        """When the page had come to rest."""
        return self._only(Settled)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """What the visitor saw."""
        return self._only(Picture)

    @cached_property
    def layers(self) -> tuple[LayerShown, ...]:
        """The layers of the dialog that were looked at."""
        return self._only(LayerShown)

    @cached_property
    def attribution(self) -> Attribution:
        """Who wrote what and who sent what."""
        return Attribution(self.writes, self.requests, self.states, self.actions)

    @cached_property
    def kept(self) -> Kept:
        """Which of the cookies that answers asked for were taken."""
        return kept(self.requests, self.states, self.writes, self.browser)

    @property
    def state(self) -> State | None:
        """What was on the device when it was last read."""
        return self.states[-1] if self.states else None

    def state_before(self, at: float) -> State | None:
        """Return what was on the device when it was last read before this moment."""
        return _last(self.states, bisect_left(self.states, at, key=_AT))

    def read_after(self, at: float) -> float:
        """Return when the device was read next after a moment; infinity if it never was."""
        number = bisect_right(self.states, at, key=_AT)
        return self.states[number].at if number < len(self.states) else float("inf")

    def choice_at(self, at: float) -> frozenset[str] | None:
        """Return what the visitor had allowed at this moment; None while nothing had been chosen."""
        choice = _last(self.choices, bisect_right(self.choices, at, key=_AT))
        return choice.granted if choice else None

    def has_effect(self, since: float) -> bool:
        """Return whether anything was sent, or written by a script, since a moment."""
        return bool(between(self.requests, since)) or bool(between(self.writes, since))

    def action_before(self, at: float) -> Action | None:
        """Return the visitor's last action at or before this moment. It dates a finding."""
        return _last(self.actions, bisect_right(self.actions, at, key=_AT))


def between(records: Sequence[R], begun: float, ended: float = float("inf")) -> Sequence[R]:
    """Return the records of one kind whose moments lie in a span of time, both ends included."""
    return records[bisect_left(records, begun, key=_AT) : bisect_right(records, ended, key=_AT)]


def _last(records: Sequence[R], count: int) -> R | None:
    """Return the last of the first `count` records."""
    return records[count - 1] if count else None
