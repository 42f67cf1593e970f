"""Everything that was stored on the device or written to it since a moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from consentinel.evidence.records import STORED_KINDS, Kind, SetCookie, State, StoredItem, Write, is_removal
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.attribution_text import place, who_wrote


class Seen(NamedTuple):
    """An item at a moment at which it was there. `fleeting`: the task that wrote it has removed it."""

    item: StoredItem
    at: float
    writer: str = ""
    fleeting: bool = False


def seen_since(timeline: Timeline, since: float) -> Iterator[Seen]:
    """What was stored at any reading since a moment, and what was written in between and gone again."""
    for state in between(timeline.states, since):
        for item in state.items:
            yield Seen(item, state.at)
    yield from written(timeline, since)


def written(timeline: Timeline, since: float) -> Iterator[Seen]:
    """Yield every write since a moment: by scripts, by responses, and those that only show in a later reading."""
    for write in between(timeline.writes, since):
        item = _item_of_write(write)
        if item is not None:
            yield Seen(item, write.at, place(write.script or write.frame), write.fleeting)
    for one in timeline.kept.taken:
        if one.request.at >= since:
            yield Seen(item_of_cookie(one.cookie), one.request.at, place(one.request.url))
    yield from _appeared(timeline, since)


def _appeared(timeline: Timeline, since: float) -> Iterator[Seen]:
    before = timeline.state_before(since)
    states = between(timeline.states, since)
    for earlier, later in zip([before or State(since, (), frozenset()), *states], states, strict=False):
        known = {item.identity: item for item in earlier.items}
        for item in later.items:
            old = known.get(item.identity)
            if old is None or old.value.text != item.value.text or _renewed(old, item):
                yield Seen(item, later.at, who_wrote(timeline, item, later.at))


def _renewed(old: StoredItem, new: StoredItem) -> bool:
    if old.expires is None or new.expires is None:
        return old.expires is not new.expires
    return new.expires - old.expires > 1.0


def _item_of_write(write: Write) -> StoredItem | None:
    stores = write.kind in STORED_KINDS and write.operation == "set"
    if not stores or (write.kind is Kind.CACHE and not write.name):
        return None  # a cache's entry: the cache itself shows in the reading
    if is_removal(write.max_age):
        return None
    name = place(write.name) if write.kind is Kind.SERVICE_WORKER else write.name
    return StoredItem(write.kind, write.host, name, write.value)


def item_of_cookie(cookie: SetCookie) -> StoredItem:
    """The item that a `Set-Cookie` asks for."""
    return StoredItem(Kind.COOKIE, cookie.host, cookie.name, cookie.value, cookie.path)
