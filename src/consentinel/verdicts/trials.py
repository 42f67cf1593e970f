"""What scripts store and remove again only to try whether a store works (P05, P10, P11, P27)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of
from consentinel.site.profile import Profile
from consentinel.verdicts.carried import carried
from consentinel.verdicts.changes import Seen, recorded_writes
from consentinel.verdicts.identifiers import Finder, identifiers_in

TRIES = re.compile(r"test|probe|check|support|modernizr|available", re.IGNORECASE)
"""What items are called by which scripts try whether a store works."""


def is_probe(timeline: Timeline, seen: Seen, profile: Profile) -> bool:
    """Return whether scripts only tried whether a store works: in one task, with a value that recognises nobody.

    Some try it under a number drawn anew each time. So does what is called a test, or holds no more than its own name,
    and is found nowhere else in the record. What a category names is never a mere trial. A database is made and dropped
    in tasks of its own: it was tried where no reading shows it in between.
    """
    item, span = seen.item, (seen.at, seen.at)
    drops = _drops(timeline, item)
    if categories_of(item, profile) or not (seen.fleeting or (seen.writer and _was_dropped(timeline, seen, drops))):
        return False
    told = frozenset[str]().union(*(identifiers_in(text, span) for text in (item.name, item.value.text)))
    says_so = item.value.text == item.name or TRIES.search(item.name)
    return not told or bool(
        says_so and not any(any(Finder(told).found_in(one)) for one in _besides(timeline, seen, drops))
    )


def _was_dropped(timeline: Timeline, seen: Seen, drops: list[float]) -> bool:
    """Return whether a script made a database and dropped it before anybody read it."""
    life = bisect_left(drops, seen.at)
    return life < len(drops) and not any(
        seen.item.identity in (one.identity for one in state.items)
        for state in timeline.states
        if seen.at <= state.at <= drops[life]
    )


def _drops(timeline: Timeline, item: StoredItem) -> list[float]:
    """Return when scripts dropped a database, in order; nothing for what is none."""
    if item.kind is not Kind.INDEXED_DB:
        return []
    mine = (one for one in timeline.writes if (one.kind, one.host, one.name) == (item.kind, item.host, item.name))
    return sorted(one.at for one in mine if one.operation == "drop")


def _besides(timeline: Timeline, seen: Seen, drops: list[float]) -> Iterator[str]:
    """Yield all that is in the record beside one write of an item: what was stored, what was written, what was told.

    Of a database that was dropped, what was written between its making and that is the same write.
    """
    for item in (item for state in timeline.states for item in state.items):
        yield from (item.name, item.value.text)
    for change in recorded_writes(timeline):
        is_same = change.at == seen.at or (drops and bisect_left(drops, change.at) == bisect_left(drops, seen.at))
        if not (change.item.key == seen.item.key and is_same):
            yield from (change.item.name, change.item.value.text)
    for request in timeline.requests:
        yield from carried(request)
