"""Each value that an item has had, once, with the span of time in which it was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from consentinel.evidence.records import State, StoredItem
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.changes import recorded_writes
from consentinel.verdicts.decodings import readings
from consentinel.verdicts.identifiers import Finder, Span

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


def kept_on(timelines: Iterable[Timeline], tokens: Collection[str]) -> frozenset[str]:
    """Return those of some identifiers that are kept on the devices of visitors, in whatever store, as far as it shows.

    A value may be kept as it is, or encoded as sites encode (`readings`); its item may be called by it.
    """
    finder, found = Finder(tokens), set[str]()
    for timeline in timelines:
        items = ((one.item.name, one.item.value.text) for one in stored_values(timeline))
        sent = ((name, value.text) for request in timeline.requests for name, value in request.cookies)
        for text in dict.fromkeys(text for pair in chain(items, sent) for text in pair):
            found.update(token for reading in readings(text) for token in finder.found_in(reading))
    return frozenset(found)


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
