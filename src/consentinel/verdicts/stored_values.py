"""Each value that an item has had, once, with the span of time in which it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consentinel.evidence.records import State, StoredItem
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.changes import recorded_writes
from consentinel.verdicts.identifiers import Span

_Seen = set[tuple[tuple[str, ...], str]]
"""Items, by their identity, with the values that they were seen with."""


class StoredValue(NamedTuple):
    """An item with one of its values: when it was first seen with it, who wrote it, and within which span of time."""

    item: StoredItem
    at: float
    writer: str
    span: Span


def stored_values(timeline: Timeline, since: float = 0.0) -> Iterator[StoredValue]:
    """Yield each item with each of its values once."""
    seen: _Seen = set()
    for change in recorded_writes(timeline, since):
        if _is_new(change.item, seen):
            yield StoredValue(change.item, change.at, change.writer, (change.at, change.at))
    first = timeline.records[0].at if timeline.records else 0.0
    yield from values_read(between(timeline.states, since), seen, max(first, since))


def values_read(states: Sequence[State], seen: _Seen | None = None, since: float = 0.0) -> Iterator[StoredValue]:
    """Yield each value that these readings show and `seen` lacks; it was written since the reading before.

    What the first of them shows was written after `since`, a moment in seconds since the epoch.
    """
    seen = set() if seen is None else seen
    for number, state in enumerate(states):
        for item in state.items:
            if _is_new(item, seen):
                yield StoredValue(item, state.at, "", (states[number - 1].at if number else since, state.at))


def _is_new(item: StoredItem, seen: _Seen) -> bool:
    """Return whether an item was not yet seen with this value; from now on it was."""
    key = (item.identity, item.value.text)
    if key in seen:
        return False
    seen.add(key)
    return True
