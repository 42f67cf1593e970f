"""When a clean answer does not count: what was not seen, and why."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.records import STORED_KINDS, Blindness, Kind, Settled
from evidence.timeline import Timeline
from verdicts.writers import place

_NAMES = {
    Kind.COOKIE: "cookies",
    Kind.LOCAL_STORAGE: "local storage",
    Kind.SESSION_STORAGE: "session storage",
    Kind.INDEXED_DB: "IndexedDB",
    Kind.CACHE: "cache storage",
    Kind.SERVICE_WORKER: "service workers",
    Kind.REQUEST: "requests",
    Kind.PAGE: "pages",
}


def about_storage(
    timeline: Timeline, blind: Iterable[Blindness], kinds: Iterable[Kind] = STORED_KINDS
) -> tuple[str, ...]:
    """Why "nothing is stored" would be an unsafe answer about these kinds."""
    wanted = set(kinds)
    doubts = [
        f"{_NAMES[one.kind]} cannot be observed in {timeline.browser}: {one.reason}"
        for one in blind
        if one.kind in wanted
    ]
    state = timeline.state
    if state is None:
        doubts.append("what is stored was never read")
    else:
        doubts += [f"{_NAMES[kind]} could not be read" for kind in sorted(wanted - state.seen)]
    return tuple(doubts)


def about_traffic(timeline: Timeline, blind: Iterable[Blindness]) -> tuple[str, ...]:
    """Why "nothing was sent" would be an unsafe answer."""
    return tuple(
        f"some requests cannot be observed in {timeline.browser}: {one.reason}"
        for one in blind
        if one.kind is Kind.REQUEST
    )


def about_rest(timeline: Timeline, since: float = 0.0) -> tuple[str, ...]:
    """Why the page's silence would prove nothing: it never came to rest, or nobody waited for it."""
    rests: list[Settled] = [settled for settled in timeline.settled if settled.at >= since]
    if not rests:
        return ("no page was watched until it came to rest",)
    return tuple(
        f"{place(rest.page) or 'a page'} did not come to rest: {rest.reason}" for rest in rests if not rest.complete
    )
