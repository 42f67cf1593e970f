"""Rules about the lifetime of stored items (P04, P12, R-LIFETIME)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import DATE_STEP, Kind, State, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts.changes import recorded_writes
from consentinel.verdicts.finding import (
    Finding,
    Verdict,
    about_item,
)
from consentinel.verdicts.messages import located
from consentinel.verdicts.observability import about_storage
from consentinel.verdicts.stored import first_category

DAY = 86400.0

SLACK = 3600.0
"""Seconds by which a lifetime may exceed its limit: an hour, for clocks and the changes of summer time."""


def bounded(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """Nothing is, or was asked to be, kept longer than the limit; the choice no longer than its own (R-LIFETIME).

    What was asked for counts, not what the browser made of it: Chromium cuts every cookie to 400 days.
    """
    findings: dict[tuple[str, str], Finding] = {}
    for item, lifetime, at, writer in lifetimes(timeline):
        chosen = is_choice(item, profile)
        limit = (profile.consent.stored.lifetime_days if chosen else profile.limits.lifetime_days) * DAY
        key = (item.name, item.host)
        if lifetime > limit + SLACK and key not in findings:
            statement = f"{located(item)} is kept for {days(lifetime)} days, longer than the {days(limit)} days allowed"
            findings[key] = about_item(
                timeline, item, at, "kept too long", first_category(item, profile), statement, writer=writer
            )
    return Verdict(tuple(findings.values()), about_storage(timeline, blind, (Kind.COOKIE,), tuple(Aspect)))


def not_prolonged(timeline: Timeline, profile: Profile, since: float, away: float) -> Verdict:
    """A later visit has not moved the day on which the choice ends (P04). `away` is the time between, in seconds."""
    old = _ends_of_choice(timeline.state_before(since), profile)
    new = _ends_of_choice(timeline.state, profile)
    if not old.keys() & new.keys():
        return Verdict(doubts=(_why_nothing_is_compared(old, since, away),))
    return prolonged(timeline, profile, since, away, old, new)


def _why_nothing_is_compared(old: Mapping[tuple[str, str], StoredItem], since: float, away: float) -> str:
    latest = max(map(_expiry, old.values()), default=math.inf)
    if latest > since + away:
        return "the stored choice has no expiry that could be compared"
    return (
        f"the stored choice ended within the {days(away)} days that the visitor was away: "
        "whether a visit before its end prolongs it was not seen"
    )


def prolonged(
    timeline: Timeline,
    profile: Profile,
    since: float,
    away: float,
    old: Mapping[tuple[str, str], StoredItem],
    new: Mapping[tuple[str, str], StoredItem],
) -> Verdict:
    """Of items by host and name, as they were before a moment and are now, those that end later than they did."""
    at = timeline.state.at if timeline.state else since
    findings, doubts = [], []
    for key in sorted(old.keys() & new.keys()):
        item, longer = new[key], _expiry(new[key]) + away - _expiry(old[key])
        day = _same_day(timeline, item, since)
        if longer > SLACK and item.partition is not None:
            doubts.append(
                f"{located(item)} is partitioned, and the browser lets nobody shorten its "
                "term: whether a later visit prolongs it cannot be told"
            )
            continue
        if longer > SLACK and day is not _Day.OTHER:
            if day is _Day.UNCERTAIN:
                doubts.append(
                    f"{located(item)} was set to the same day again, by a server whose "
                    "clock stands still: whether it counts from the first choice cannot be told"
                )
            continue
        if longer > SLACK:
            statement = f"{located(item)} was prolonged by {days(longer)} days on a later visit"
            findings.append(about_item(timeline, item, at, "prolonged", first_category(item, profile), statement))
    return Verdict(tuple(findings), tuple(doubts))


class _Day(Enum):
    """What the day is that an answer names for the end of a cookie, against that of the answer before."""

    OTHER = "another one"
    SAME = "the same one"
    UNCERTAIN = "the same one, as it would be if it were counted anew"


def _same_day(timeline: Timeline, item: StoredItem, since: float) -> _Day:
    """Return whether a server has named the same day before and after a moment.

    No time has passed for the server: a day that it counts anew differs by the seconds between its two answers.
    """
    asked = [
        one
        for one in timeline.kept.taken
        if (one.cookie.name, one.cookie.host) == (item.name, item.host) and one.cookie.expires is not None
    ]
    before, after = [one for one in asked if one.at < since], [one for one in asked if one.at >= since]
    if not before or not after or before[-1].cookie.expires != after[-1].cookie.expires:
        return _Day.OTHER
    is_round = (after[-1].cookie.expires or 0.0) % 60 == 0
    return _Day.UNCERTAIN if is_round or after[-1].at - before[-1].at <= 2 * DATE_STEP else _Day.SAME


def _ends_of_choice(state: State | None, profile: Profile) -> dict[tuple[str, str], StoredItem]:
    """Return what keeps the choice and has an expiry, by host and name: a pattern may name several items."""
    items = state.items if state else ()
    kept = (item for item in items if is_choice(item, profile))
    return {(item.host, item.name): item for item in kept if item.expires is not None}


def _expiry(item: StoredItem) -> float:
    return item.expires or 0.0


def lifetimes(timeline: Timeline) -> Iterator[tuple[StoredItem, float, float, str]]:
    """Yield each cookie with a term, for how many seconds it is kept or was asked to be, since when, and who asked."""
    for change in recorded_writes(timeline):
        if change.item.kind is Kind.COOKIE and change.max_age is not None:
            yield change.item, change.max_age, change.at, change.writer
    for state in timeline.states:
        for item in state.items:
            if item.expires is not None:
                yield item, item.expires - state.at, state.at, ""


def days(seconds: float) -> str:
    """Days, rounded up to a tenth where they are no whole ones, so that what exceeds a limit reads as more."""
    return f"{math.ceil(seconds / DAY * 10) / 10:,.1f}".removesuffix(".0")
