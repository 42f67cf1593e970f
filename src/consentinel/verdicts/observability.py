"""The doubts that keep a clean verdict from counting: what was not observed, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from consentinel.evidence.addresses import without_query
from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import HELD, STORED_KINDS, Kind, Request, Settled, State, Write
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.messages import listed

_NAMES = {
    Kind.COOKIE: "cookies",
    Kind.LOCAL_STORAGE: "local storage",
    Kind.SESSION_STORAGE: "session storage",
    Kind.INDEXED_DB: "IndexedDB",
    Kind.CACHE: "cache storage",
    Kind.SERVICE_WORKER: "service workers",
    Kind.FILE: "files in the browser",
    Kind.REQUEST: "requests",
    Kind.PAGE: "pages",
}

_OF = {Aspect.ITEM: "", Aspect.TERM: "the terms of ", Aspect.WRITE: "the writing of ", Aspect.RETURN: "the return of "}

CHANNEL = "channel"
"""The operation of a note that a script opened something that goes by UDP: WebRTC, WebTransport."""

_FRAMES = frozenset({"iframe", "frame", "embed", "object"})


def about_storage(
    timeline: Timeline,
    blind: Iterable[Blindness],
    kinds: Iterable[Kind] = STORED_KINDS,
    aspects: Collection[Aspect] = (Aspect.ITEM,),
    counts: Callable[[Request], bool] = lambda _: True,
) -> tuple[str, ...]:
    """Return why "nothing is stored" would be an unsafe answer about these kinds.

    A rule about terms, or about writing itself, names these aspects as well. `counts` says of a request whether what
    its answer may have stored matters to the rule.
    """
    wanted = set(kinds)
    unseen: dict[tuple[Aspect, str], list[str]] = {}
    for one in _of(timeline, blind):
        beside_the_point = one.third_party and _keeps_to_itself(timeline, one)
        if one.kind in wanted and one.aspect in aspects and not beside_the_point:
            unseen.setdefault((one.aspect, one.reason), []).append(_NAMES[one.kind])
    doubts = [
        f"{_OF[aspect]}{listed(names)} cannot be observed in {timeline.browser}: {reason}"
        for (aspect, reason), names in unseen.items()
    ]
    if Kind.COOKIE in wanted:
        doubts += _held(timeline, counts)
    state = timeline.state
    if state is None:
        doubts.append("what is stored was never read")
    else:
        doubts += [_unread(state, kind) for kind in sorted(wanted - state.seen)]
    return tuple(doubts)


def _held(timeline: Timeline, counts: Callable[[Request], bool]) -> list[str]:
    """Return what services would have stored that the harness answered for."""
    hosts = dict.fromkeys(one.host for one in timeline.requests if one.altered == HELD and counts(one))
    return [f"what {host} would have stored by its answer cannot be told: it was {HELD}" for host in hosts]


def about_traffic(timeline: Timeline, blind: Iterable[Blindness]) -> tuple[str, ...]:
    """Return why "nothing was sent" would be an unsafe answer."""
    unseen = [
        f"some requests cannot be observed in {timeline.browser}: {one.reason}"
        for one in _of(timeline, blind)
        if one.kind is Kind.REQUEST
    ]
    channels = {without_query(write.name): write for write in timeline.writes if write.operation == CHANNEL}
    unseen += [
        f"what goes through the channel to {name} passes no proxy{_by(write)}"
        for name, write in sorted(channels.items())
    ]
    return tuple(unseen)


def _by(write: Write) -> str:
    return f"; {place(write.script)} opened it" if write.script else ""


def about_rest(timeline: Timeline, since: float = 0.0) -> tuple[str, ...]:
    """Return the reasons why silence proves nothing: the page never settled, or nobody waited until it did."""
    rests: list[Settled] = [settled for settled in timeline.settled if settled.at >= since]
    if not rests:
        return ("no page was watched until it came to rest",)
    return tuple(
        f"{place(rest.page) or 'a page'} did not come to rest: {rest.reason}" for rest in rests if not rest.complete
    )


def _unread(state: State, kind: Kind) -> str:
    hosts = [host for refused, host in state.unread if refused is kind]
    return f"{_NAMES[kind]}{f' of {listed(hosts)}' if hosts else ''} could not be read"


def _of(timeline: Timeline, blind: Iterable[Blindness]) -> Iterator[Blindness]:
    """Return what this timeline's browser does not show: a scenario may have two."""
    return (one for one in blind if one.browser in ("", timeline.browser))


def _keeps_to_itself(timeline: Timeline, blindness: Blindness) -> bool:
    """Return whether no other site came by that could have stored such a thing.

    A cookie takes a request to another host, everything else a frame of its own. A sub-domain counts as another host.
    Where no request was seen at all, nobody knows.
    """
    if not timeline.requests:
        return False
    page = ""
    for request in timeline.requests:
        if request.is_page:
            page = request.host
        elif request.host != page and (blindness.kind is Kind.COOKIE or _may_be_frame(request)):
            return False
    return True


def _may_be_frame(request: Request) -> bool:
    """Return whether a frame asked for it; without a known destination, any page may be one."""
    return request.destination in _FRAMES or (not request.destination and "html" in request.content_type)
