"""Finds who wrote an item and who sent a request, among the writes of scripts and the cookies of answers.

The index is made once for a timeline, so that each question costs the same however long the timeline is.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from consentinel.evidence.addresses import without_query
from consentinel.evidence.guarded import host_of, joined
from consentinel.evidence.records import (
    Action,
    Deed,
    Kind,
    Request,
    State,
    StoredItem,
    Write,
)

CLOCK_SLACK = 0.25
"""Seconds by which the page's clock and a reading's may differ."""

LONGEST_NAME = 512
"""Characters of a name or address that the preload script notes."""

_Post = tuple[float, str, str]
"""Who may send out of sight of the pages' scripts: since which moment, on which host, and the script's address."""

_WORKERS_WRITE = (Kind.CACHE, Kind.INDEXED_DB, Kind.FILE)
"""What workers write as well as pages do; nobody sees a worker doing so."""

_Events = dict[tuple[str, ...], list[tuple[float, str]]]


class Attribution:
    """The writers and senders of a timeline. Each is an address: a script's, with its line, or an answer's."""

    def __init__(
        self,
        writes: Iterable[Write],
        requests: Iterable[Request],
        states: Iterable[State] = (),
        actions: Iterable[Action] = (),
    ) -> None:
        self._writes: _Events = defaultdict(list)
        self._removals: _Events = defaultdict(list)
        self._gone: _Events = defaultdict(list)
        self._workers: list[_Post] = []
        self._leaving: list[_Post] = []
        self._acts = [
            (act.at, without_query(act.page) if act.deed is Deed.SEES_KEPT_PAGE else "")
            for act in sorted(actions, key=lambda act: act.at)
        ]
        for write in writes:
            who = without_query(write.script or write.frame)
            self._note_post(write, who)
            if write.kind is Kind.REQUEST:
                self._writes[(Kind.REQUEST, _noted(write.name))].append((write.at, who))
            elif write.operation in ("set", "open"):
                _note(self._writes, write.kind, write.name, write.host, (write.at, who))
            elif write.operation in ("delete", "drop"):
                _note(self._removals, write.kind, write.name, write.host, (write.at, who))
        for request in requests:
            for cookie in request.set_cookies:
                events = self._removals if cookie.removes else self._writes
                if not cookie.refused:
                    _note(events, Kind.COOKIE, cookie.name, cookie.host, (request.at, without_query(request.url)))
        for listed in (*self._writes.values(), *self._removals.values()):
            listed.sort()
        self._note_gone(states)

    def of(self, item: StoredItem, before: float) -> str:
        """Return the last writer of this item before a moment; empty if no write was seen.

        A write before the cookie was last gone does not count. A database, cache or file that no script of a page has
        opened is a worker's, where there is one. Firefox notes nothing of what a page that it had kept writes: what
        appears as such a page shows is the page's.
        """
        if item.kind in _WORKERS_WRITE and (item.kind, item.name, item.host) not in self._writes:
            workers = [who for at, host, who in self._workers if host == item.host and at <= before + CLOCK_SLACK]
            if workers:
                return workers[-1]
        found = (_last(self._writes.get(key, ()), before + CLOCK_SLACK) for key in _keys(item))
        at, who = max(found, default=_NOBODY)
        gone, _ = _last(self._gone.get(item.identity, ()), before - CLOCK_SLACK)
        return (who if at + CLOCK_SLACK > gone else "") or self._kept_page(item, before)

    def remover_of(self, item: StoredItem, after: float, until: float = math.inf) -> str:
        """Return who first removed this item after a moment, until another; empty if no removal was seen."""
        found = (_first(self._removals.get(key, ()), after) for key in _keys(item))
        at, who = min((event for event in found if event is not None), default=_NOBODY)
        return who if at <= until else ""

    def sender_of(self, request: Request) -> str:
        """Return the script that called `fetch` or the like with this request's address; empty if none is known.

        If no page's script was seen calling, a worker did, or a script that runs when the page is left.
        """
        events = self._writes.get((Kind.REQUEST, _noted(request.asked or request.url)))
        if not events:
            return self._out_of_sight(request)
        return _last(events, request.at + CLOCK_SLACK)[1] or events[0][1]

    def _out_of_sight(self, request: Request) -> str:
        """Return who sent a request that no page's script was seen sending. Beacons are POST (Beacon, section 3.1)."""
        if request.destination != "empty":
            return ""  # an element of the page asked for it
        host = host_of(request.referer)
        first, second = (self._leaving, self._workers) if request.method == "POST" else (self._workers, self._leaving)
        for at, where, who in (*reversed(first), *reversed(second)):
            if at <= request.at + CLOCK_SLACK and where == (host or where):
                return who
        return ""

    def _kept_page(self, item: StoredItem, before: float) -> str:
        """Return the page that the browser had kept and showed by the visitor's last action, if the item is its own."""
        _, page = _last(self._acts, before)
        return page if item.host in (host_of(page), *_hosts_above(host_of(page))) else ""

    def _note_post(self, write: Write, who: str) -> None:
        """Remember workers, and scripts that run when the page is left: both may send unseen."""
        if write.kind is Kind.SERVICE_WORKER and write.operation == "set":
            self._workers.append((write.at, write.host, without_query(joined(write.frame, write.value.text))))
        elif write.kind is Kind.REQUEST and write.operation == "worker":
            self._workers.append((write.at, write.host, who))
        elif write.kind is Kind.REQUEST and write.operation == "leaving":
            self._leaving.append((write.at, write.host, who))

    def _note_gone(self, states: Iterable[State]) -> None:
        """Remember when a cookie was first missing. A reading always shows all cookies, not all other items."""
        present: set[tuple[str, str, str, str, str]] = set()
        for state in states:
            now = {item.identity for item in state.items if item.kind is Kind.COOKIE}
            for identity in present - now:
                self._gone[identity].append((state.at, ""))
            present = now


_NOBODY = (0.0, "")


def _note(events: _Events, kind: Kind, name: str, host: str, event: tuple[float, str]) -> None:
    events[(kind, name, host)].append(event)
    if kind is Kind.COOKIE:
        for above in _hosts_above(host):
            events[(kind, name, above, "below")].append(event)


def _first(events: Sequence[tuple[float, str]], after: float) -> tuple[float, str] | None:
    count = bisect_right(events, after, key=lambda event: event[0])
    return events[count] if count < len(events) else None


def _last(events: Sequence[tuple[float, str]], until: float) -> tuple[float, str]:
    count = bisect_right(events, until, key=lambda event: event[0])
    return events[count - 1] if count else _NOBODY


def _keys(item: StoredItem) -> Iterator[tuple[str, ...]]:
    """Yield the keys of an item's writes. A cookie's domain may be wider or narrower than its writer's host."""
    yield (item.kind, item.name, item.host)
    if item.kind is Kind.CACHE:
        yield (item.kind, "", item.host)  # an entry was put into a cache that the write does not name
    if item.kind is Kind.COOKIE:
        yield (item.kind, item.name, item.host, "below")
        for above in _hosts_above(item.host):
            yield (item.kind, item.name, above)


def _hosts_above(host: str) -> Iterator[str]:
    while "." in host:
        host = host.partition(".")[2]
        yield host


def _noted(address: str) -> str:
    return address.partition("#")[0][:LONGEST_NAME]
