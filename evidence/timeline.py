"""One visitor's record in one browser: everything that was seen, in order, on one clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from evidence.records import Action, Choice, Record, Request, Settled, State, Write

R = TypeVar("R", Action, Choice, Request, Settled, State, Write)


@dataclass(frozen=True)
class Timeline:
    """An immutable sequence of records, oldest first. All moments are seconds since the epoch."""

    visitor: str
    browser: str
    records: tuple[Record, ...]

    @classmethod
    def of(cls, visitor: str, browser: str, records: Iterable[Record]) -> Timeline:
        """A timeline of these records, in the order of their moments; ties keep the order given."""
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

    @property
    def state(self) -> State | None:
        """What was on the device when it was last read."""
        return self.states[-1] if self.states else None

    def state_before(self, at: float) -> State | None:
        """What was on the device when it was last read before this moment."""
        return next((state for state in reversed(self.states) if state.at < at), None)

    def choice_at(self, at: float) -> frozenset[str] | None:
        """What the visitor had allowed at this moment; None while nothing had been chosen."""
        last = next((choice for choice in reversed(self.choices) if choice.at <= at), None)
        return last.granted if last else None

    def action_before(self, at: float) -> Action | None:
        """The visitor's last action before this moment: what a finding is dated by."""
        return next((action for action in reversed(self.actions) if action.at <= at), None)
