"""Rules about how long things are kept (P04, P12)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from consentinel.evidence.records import (
    Aspect,
    Blindness,
    Kind,
    State,
    StoredItem,
)
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place, who_wrote
from consentinel.verdicts.finding import (
    UNDECLARED,
    Finding,
    Verdict,
    moment_of,
)
from consentinel.verdicts.messages import sentence, thing
from consentinel.verdicts.observability import about_storage

DAY = 86400.0

SLACK = 3600.0
"""Seconds by which a lifetime may exceed its limit: an hour, for clocks and the changes of summer time."""


def bounded(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """Nothing is, or was asked to be, kept longer than the limit; the choice no longer than its own (P04).

    What was asked for counts, not what the browser made of it: Chromium cuts every cookie to 400 days.
    """
    findings: dict[tuple[str, str], Finding] = {}
    for item, lifetime, at, writer in _lifetimes(timeline):
        chosen = is_choice(item.kind, item.name, profile)
        limit = (profile.consent.stored.lifetime_days if chosen else profile.limits.lifetime_days) * DAY
        key = (item.name, item.host)
        if lifetime > limit + SLACK and key not in findings:
            told = (
                f"{thing(item.kind, item.name)} of {item.host} is kept for {_days(lifetime)} days, "
                f"longer than the {_days(limit)} days allowed"
            )
            findings[key] = _finding(timeline, profile, item, at, "kept too long", told, writer)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind, (Kind.COOKIE,), tuple(Aspect)))


def not_prolonged(timeline: Timeline, profile: Profile, since: float, away: float) -> Verdict:
    """A later visit has not moved the day on which the choice ends (P04). `away` is the time between, in seconds."""
    old = _ends_of_choice(timeline.state_before(since), profile)
    new = _ends_of_choice(timeline.state, profile)
    if not old.keys() & new.keys():
        return Verdict(doubts=("the stored choice has no expiry that could be compared",))
    at = timeline.state.at if timeline.state else since
    findings = []
    for key in sorted(old.keys() & new.keys()):
        item, longer = new[key], _expiry(new[key]) + away - _expiry(old[key])
        if longer > SLACK:
            told = (
                f"{thing(item.kind, item.name)} of {item.host} was prolonged by {_days(longer)} days on a later visit"
            )
            findings.append(_finding(timeline, profile, item, at, "prolonged", told, ""))
    return Verdict(tuple(findings))


def _ends_of_choice(state: State | None, profile: Profile) -> dict[tuple[str, str], StoredItem]:
    """What keeps the choice and has an expiry, by host and name: a pattern may name several items."""
    items = state.items if state else ()
    kept = (item for item in items if is_choice(item.kind, item.name, profile))
    return {(item.host, item.name): item for item in kept if item.expires is not None}


def _expiry(item: StoredItem) -> float:
    return item.expires or 0.0


def _lifetimes(timeline: Timeline) -> Iterator[tuple[StoredItem, float, float, str]]:
    for write in timeline.writes:
        if write.kind is Kind.COOKIE and write.max_age is not None:
            item = StoredItem(write.kind, write.host, write.name)
            yield item, write.max_age, write.at, place(write.script or write.frame)
    for request in timeline.requests:
        for cookie in request.set_cookies:
            if cookie.max_age is not None:
                item = StoredItem(Kind.COOKIE, cookie.host, cookie.name)
                yield item, cookie.max_age, request.at, place(request.url)
    for state in timeline.states:
        for item in state.items:
            if item.expires is not None:
                yield item, item.expires - state.at, state.at, ""


def _days(seconds: float) -> str:
    """Days, rounded up to a tenth where they are no whole ones, so that what exceeds a limit reads as more."""
    return f"{math.ceil(seconds / DAY * 10) / 10:,.1f}".removesuffix(".0")


def _finding(
    timeline: Timeline, profile: Profile, item: StoredItem, at: float, rule: str, told: str, writer: str
) -> Finding:
    category = next(iter(categories_of(item, profile)), UNDECLARED)
    written_by = writer or who_wrote(timeline, item, at)
    moment, spoken = moment_of(timeline, at), sentence(told, written_by)
    return Finding(rule, category, item.kind, item.name, item.host, at, moment, written_by, spoken)
