"""Decides which of the cookies that answers asked for the browser took. The jar decides; a header only asks.

A cookie that the jar shows, or that was sent back, was taken. One that has gone before the jar was read again was
taken where the browser takes cookies from such an answer, and its removal or its end is known. All else was not taken,
or is unknown.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from operator import itemgetter
from typing import NamedTuple

from consentinel.evidence.guarded import is_within
from consentinel.evidence.records import (
    Kind,
    Request,
    SetCookie,
    State,
    Write,
)

SHOWS_ALL = ("chromium", "firefox")
"""Browsers whose readings hold the whole jar."""


_AT = itemgetter(0)


class _Fate(Enum):
    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    UNTOLD = "untold"


class Asked(NamedTuple):
    """A cookie that an answer asked for, with the request that was answered so. `at` is when the answer came."""

    cookie: SetCookie
    request: Request

    @property
    def at(self) -> float:
        """When the answer came, as far as it was seen, in seconds since the epoch."""
        return self.request.at if self.request.answered is None else self.request.answered


@dataclass(frozen=True, slots=True)
class Kept:
    """The cookies that the browser took, and those of which the evidence does not say whether it did.

    Headers that remove a cookie are in neither.
    """

    taken: tuple[Asked, ...] = ()
    untold: tuple[Asked, ...] = ()


def kept(requests: Sequence[Request], states: Sequence[State], writes: Iterable[Write], browser: str) -> Kept:
    """Decide on every cookie that was asked for. Records are in the order of their moments."""
    asked = [Asked(cookie, request) for request in requests for cookie in request.set_cookies]
    if browser not in SHOWS_ALL:
        return Kept(tuple(one for one in asked if not one.cookie.removes and not one.cookie.refused))
    jar = _Jar(states)
    back = _sent_back(requests)
    changes = _changes(asked, writes)
    fates: dict[_Fate, list[Asked]] = defaultdict(list)
    for one in sorted((one for one in asked if not one.cookie.removes), key=lambda one: one.at, reverse=True):
        fate = _fate(one, jar, back, changes)
        fates[fate].append(one)
        if fate is not _Fate.NOT_TAKEN:
            insort(changes[one.cookie.name], (one.at, one.cookie.host))
    return Kept(*(tuple(sorted(fates[fate], key=lambda one: one.at)) for fate in (_Fate.TAKEN, _Fate.UNTOLD)))


@dataclass
class _Jar:
    """The readings of the jar. `last` is when each cookie was seen last, by host, name and value."""

    states: Sequence[State]
    moments: list[float] = field(init=False)
    last: dict[tuple[str, str, str], float] = field(init=False)

    def __post_init__(self) -> None:
        self.moments = [state.at for state in self.states]
        self.last = {}
        for state in self.states:
            for item in state.items:
                if item.kind is Kind.COOKIE:
                    self.last[(item.host, item.name, _comparable(item.value.text))] = state.at

    def next_after(self, at: float) -> float | None:
        """Return when the jar was read next after a moment."""
        number = bisect_right(self.moments, at)
        return self.moments[number] if number < len(self.moments) else None


def _fate(
    one: Asked,
    jar: _Jar,
    back: dict[tuple[str, str], dict[str, float]],
    changes: dict[str, list[tuple[float, str]]],
) -> _Fate:
    cookie, value = one.cookie, _comparable(one.cookie.value.text)
    if cookie.refused:
        return _Fate.NOT_TAKEN
    read = jar.next_after(one.at)
    shows = jar.last.get((cookie.host, cookie.name, value), 0.0) > one.at
    returned = any(
        at > one.at and is_within(host, cookie.host) for host, at in back.get((cookie.name, value), {}).items()
    )
    if shows or returned:
        return _Fate.TAKEN
    if read is None:
        return _Fate.TAKEN if cookie.certain else _Fate.UNTOLD
    has_ended = cookie.max_age is not None and one.at + cookie.max_age <= read
    since = changes.get(cookie.name, [])
    between = since[bisect_right(since, one.at, key=_AT) : bisect_right(since, read, key=_AT)]
    has_changed = any(is_within(cookie.host, host) or is_within(host, cookie.host) for _, host in between)
    if has_ended or has_changed:
        return _Fate.TAKEN if cookie.certain else _Fate.UNTOLD
    return _Fate.UNTOLD if cookie.certain else _Fate.NOT_TAKEN


def _sent_back(requests: Iterable[Request]) -> dict[tuple[str, str], dict[str, float]]:
    """Return when each cookie, by name and value, was sent last to each host."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for request in requests:
        for name, value in request.cookies:
            found[(name, _comparable(value.text))][request.host] = request.at
    return found


def _changes(asked: Iterable[Asked], writes: Iterable[Write]) -> dict[str, list[tuple[float, str]]]:
    """Return the changes of cookies by name, in order: when one was written or removed, and for which host.

    What answers set is added once it is known to have changed something: the browser may have ignored it, too.
    """
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one in asked:
        if one.cookie.removes and not one.cookie.refused:
            found[one.cookie.name].append((one.at, one.cookie.host))
    for write in writes:
        if write.kind is Kind.COOKIE and write.operation in ("set", "delete"):
            found[write.name].append((write.at, write.host))
    for listed in found.values():
        listed.sort()
    return found


def _comparable(value: str) -> str:
    """Return a value in the form that the proxy and the cookie jar share; beyond ASCII they report different bytes."""
    return value if value.isascii() else ""
