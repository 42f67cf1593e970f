"""Everything that was stored on the device or written to it since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from consentinel.evidence.records import STORED_KINDS, Kind, SetCookie, State, StoredItem, is_removal
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.attribution_text import place, who_wrote


class Seen(NamedTuple):
    """An item at a moment at which it was there. `fleeting`: the task that wrote it has removed it."""

    item: StoredItem
    at: float
    writer: str = ""
    fleeting: bool = False


def seen_since(timeline: Timeline, since: float) -> Iterator[Seen]:
    """Yield what was stored at any reading since a moment, and what was written in between and gone again."""
    for state in between(timeline.states, since):
        for item in state.items:
            yield Seen(item, state.at)
    yield from written(timeline, since)


class Change(NamedTuple):
    """A write that was recorded when it happened: a script's, or an answer's cookie that the browser took.

    `max_age` is the lifetime that was asked for, in seconds; not positive where the write removes the item.
    """

    item: StoredItem
    at: float
    writer: str
    max_age: float | None = None
    fleeting: bool = False


def recorded_writes(timeline: Timeline, since: float = 0.0) -> Iterator[Change]:
    """Yield every recorded write since a moment. The one traversal of writes: rules filter what it yields."""
    for write in between(timeline.writes, since):
        if write.operation == "set":
            item = StoredItem(write.kind, write.host, write.name, write.value)
            yield Change(item, write.at, place(write.script or write.frame), write.max_age, write.fleeting)
    for cookie, request in timeline.kept.taken:
        if request.at >= since:
            yield Change(item_of_cookie(cookie), request.at, place(request.url), cookie.max_age)


def written(timeline: Timeline, since: float) -> Iterator[Seen]:
    """Yield every write since a moment: by scripts, by responses, and those that only show in a later reading."""
    for change in recorded_writes(timeline, since):
        if _stores(change):
            yield Seen(_named_as_read(change.item), change.at, change.writer, change.fleeting)
    yield from _appeared(timeline, since)


def _appeared(timeline: Timeline, since: float) -> Iterator[Seen]:
    """Yield what differs between two readings, but for what was seen to be written so between the first and `since`."""
    before = timeline.state_before(since)
    done = {_written_as(one.item) for one in recorded_writes(timeline, before.at if before else 0.0) if one.at < since}
    states = between(timeline.states, since)
    for earlier, later in zip([before or State(since, (), frozenset()), *states], states, strict=False):
        known = {item.identity: item for item in earlier.items}
        for item in later.items:
            old = known.get(item.identity)
            is_done = earlier is before and _written_as(item) in done
            if not is_done and (old is None or old.value.text != item.value.text or _renewed(old, item)):
                yield Seen(item, later.at, who_wrote(timeline, item, later.at))


def _written_as(item: StoredItem) -> tuple[Kind, str, str]:
    return item.kind, item.name, item.value.text


def _renewed(old: StoredItem, new: StoredItem) -> bool:
    if old.expires is None or new.expires is None:
        return old.expires is not new.expires
    return new.expires - old.expires > 1.0


def _stores(change: Change) -> bool:
    """Return whether a write leaves an item. A cache's entry is none: the cache itself shows in the reading."""
    kind, name = change.item.kind, change.item.name
    return kind in STORED_KINDS and (kind is not Kind.CACHE or bool(name)) and not is_removal(change.max_age)


def _named_as_read(item: StoredItem) -> StoredItem:
    """Return a written item under the name that a reading gives it."""
    return replace(item, name=place(item.name)) if item.kind is Kind.SERVICE_WORKER else item


def item_of_cookie(cookie: SetCookie) -> StoredItem:
    """Return the item that a `Set-Cookie` asks for."""
    return StoredItem(Kind.COOKIE, cookie.host, cookie.name, cookie.value, cookie.path)
