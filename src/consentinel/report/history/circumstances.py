"""Compares how the circumstances of one item differ between two sets of sightings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from consentinel.report.history.snapshot import Facts, Sighting

SHARE = 0.01
FLOOR_S = 120.0
CEILING_S = 86_400.0
DAY_S = 86_400.0


class Aspect(NamedTuple):
    """One circumstance that changed, in words: `what` is category, party, lifetime, an attribute, writer or choices."""

    what: str
    before: str
    after: str


def tolerance(lifetime_s: float) -> float:
    """By how many seconds two readings of one lifetime may differ: 1 %, at least two minutes, at most a day.

    A jar shows what is left of a lifetime, so readings differ by the time between the write and the look.
    """
    return min(max(lifetime_s * SHARE, FLOOR_S), CEILING_S)


def same_lifetime(one: float | None, other: float | None) -> bool:
    """Return whether two lifetimes in seconds are the same for all purposes. A session's is like no other."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= tolerance(max(one, other))


def aspects(before: Collection[Sighting], after: Collection[Sighting]) -> tuple[Aspect, ...]:
    """Return what differs. Nothing does where either side was not seen; what one side could not see is not compared."""
    if not before or not after:
        return ()
    return (*_facts(before, after), *_lifetime(before, after))


_READERS: tuple[tuple[str, Callable[[Facts], str], str], ...] = (
    ("category", lambda facts: facts.category, ""),
    ("party", lambda facts: facts.party, ""),
    ("HttpOnly", lambda facts: "yes" if facts.http_only else "no", ""),
    ("Secure", lambda facts: "yes" if facts.secure else "no", ""),
    ("SameSite", lambda facts: facts.same_site.lower(), "unknown"),
    ("writer", lambda facts: facts.writer, ""),
    ("choices", lambda facts: facts.choice, ""),
)
"""What it is called, how it is read, and the word for "could not be seen"."""


def _facts(before: Collection[Sighting], after: Collection[Sighting]) -> Iterator[Aspect]:
    for what, read, unseen in _READERS:
        old = {read(sighting.facts) for sighting in before} - {unseen, ""}
        new = {read(sighting.facts) for sighting in after} - {unseen, ""}
        if old and new and old != new:
            yield Aspect(what, _words(old), _words(new))


def _lifetime(before: Collection[Sighting], after: Collection[Sighting]) -> Iterator[Aspect]:
    old, new = _longest(before), _longest(after)
    if not same_lifetime(old, new):
        yield Aspect("lifetime", lifetime_words(old), lifetime_words(new))


def _longest(sightings: Collection[Sighting]) -> float | None:
    return max((sighting.lifetime_s for sighting in sightings if sighting.lifetime_s is not None), default=None)


def _words(values: set[str]) -> str:
    return ", ".join(sorted(values))


def lifetime_words(lifetime_s: float | None) -> str:
    """Return a lifetime as people say it: `the session`, `90 s`, `30 min`, `36 h`, `400 days`."""
    if lifetime_s is None:
        return "the session"
    for unit, seconds, until in (("s", 1, 120), ("min", 60, 7_200), ("h", 3_600, 2 * DAY_S)):
        if lifetime_s < until:
            return f"{lifetime_s / seconds:.0f} {unit}"
    return f"{lifetime_s / DAY_S:.0f} days"
