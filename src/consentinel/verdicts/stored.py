"""Rules about what is kept on the device (P05, P10, P11, P27)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from consentinel.evidence.records import (
    STORED_KINDS,
    Aspect,
    Blindness,
    Kind,
    SetCookie,
    State,
    StoredItem,
    Write,
)
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import (
    categories_of,
    is_choice,
    is_declared,
    matcher,
    party,
)
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place, who_wrote
from consentinel.verdicts.finding import (
    UNDECLARED,
    Finding,
    Verdict,
    moment_of,
    without_leave,
)
from consentinel.verdicts.messages import (
    listed,
    sentence,
    stray,
    thing,
)
from consentinel.verdicts.observability import about_rest, about_storage

_DELETED = 0.0
_SAID_AS_STRAY = ("stored without consent", "written without consent")
"""Rules that an undeclared item breaks for no other reason than that: its sentence says so."""

_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
"""How servers write a character that a cookie's value cannot hold, between quotation marks."""

_PASSING = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+Z?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|\d{6,}(?:\.\d+)?", re.IGNORECASE
)
"""Dates, UUIDs, hexadecimal identifiers and clock readings in the value of a choice."""


def only(
    timeline: Timeline, profile: Profile, allowed: Collection[Category], blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Nothing is or was stored since a moment but items of the allowed categories; functionality always is one.

    An item that the profile does not know is a finding of its own: silence about it would be a missed violation.
    """
    granted = {Category.FUNCTIONALITY, *allowed}
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at in _seen_since(timeline, since):
        found = categories_of(item, profile)
        if found and any(category in granted for category in found):
            continue
        category = found[0] if found else UNDECLARED
        if _thing(item) not in findings:
            lawful = listed(["functionality", *allowed])
            told = f"was stored, although only {lawful} items were allowed"
            if not found:
                told = f"stored {without_leave(timeline, at, lawful)}"
            findings[_thing(item)] = _finding(timeline, item, at, category, "stored without consent", told)
    doubts = about_storage(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts)


def none_of(
    timeline: Timeline,
    profile: Profile,
    refused: Collection[Category],
    blind: Iterable[Blindness],
    since: float = 0.0,
    kinds: Collection[Kind] = STORED_KINDS,
) -> Verdict:
    """Nothing of the refused categories is or was stored since a moment."""
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at in _seen_since(timeline, since):
        found = [category for category in categories_of(item, profile) if category in refused]
        if found and item.kind in kinds and _thing(item) not in findings:
            told = f"was stored, although {listed(list(refused))} items were not allowed"
            findings[_thing(item)] = _finding(timeline, item, at, found[0], "stored without consent", told)
    doubts = about_storage(timeline, blind, kinds) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts)


def outside_cookies(
    timeline: Timeline, profile: Profile, allowed: Collection[Category], blind: Iterable[Blindness]
) -> Verdict:
    """Stores other than cookies hold nothing but what the choice allows (P27)."""
    kinds = [kind for kind in STORED_KINDS if kind is not Kind.COOKIE]
    verdict = only(timeline, profile, allowed, blind)
    findings = tuple(finding for finding in verdict.findings if finding.kind in kinds)
    return Verdict(findings, about_storage(timeline, blind, kinds) + about_rest(timeline))


def nothing_at_all(timeline: Timeline, profile: Profile) -> Verdict:
    """Nothing whatsoever is on the device: the browser rejects all cookies (P06)."""
    state = timeline.state or State(0.0, (), frozenset())
    told = "was stored, although the browser rejects all cookies"
    findings = tuple(
        _finding(timeline, item, state.at, _first(item, profile), "stored although the browser rejects it", told)
        for item in state.items
    )
    # Where the browser rejects everything, a store that cannot be read is the browser's doing, not a doubt.
    return Verdict(findings, about_rest(timeline) if timeline.state else ("what is stored was never read",))


def no_third_party_cookie(timeline: Timeline, profile: Profile) -> Verdict:
    """No cookie of another site is stored (P07).

    A partitioned cookie counts as the first party's: it recognises the visitor on this site alone.
    """
    state = timeline.state or State(0.0, (), frozenset())
    told = "was stored, although the browser rejects cookies of other sites"
    findings = tuple(
        _finding(
            timeline, item, state.at, _first(item, profile), "third-party cookie stored", told, _page_of(timeline, item)
        )
        for item in state.items
        if item.kind is Kind.COOKIE and item.partition is None and party(item.host, profile) == "third"
    )
    return Verdict(findings, about_rest(timeline) if timeline.state else ("what is stored was never read",))


def _page_of(timeline: Timeline, item: StoredItem) -> str:
    """The page, or the detour to one, whose answer set a cookie: what is part of a page is rejected by the browser."""
    pages = (request for request in reversed(timeline.requests) if request.document)
    set_by = (page.url for page in pages if any(one.name == item.name for one in page.set_cookies))
    return place(next(set_by, ""))


def written_since(
    timeline: Timeline,
    profile: Profile,
    refused: Collection[Category],
    blind: Iterable[Blindness],
    since: float,
) -> Verdict:
    """Nothing of the refused categories was written, renewed or changed since a moment (P11). Removal is no writing."""
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at, writer in _written(timeline, since):
        found = [category for category in categories_of(item, profile) if category in refused]
        undeclared = not categories_of(item, profile) and set(refused) >= set(profile.refusable)
        if not found and not undeclared:
            continue
        if _thing(item) not in findings:
            category, told = (
                found[0] if found else UNDECLARED,
                ("was " if found else "") + "written, renewed or changed after consent had ended",
            )
            findings[_thing(item)] = _finding(timeline, item, at, category, "written without consent", told, writer)
    doubts = about_storage(timeline, blind, aspects=tuple(Aspect)) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts)


def assumed(
    timeline: Timeline,
    profile: Profile,
    agreed: Iterable[StoredItem] = (),
    untouched: Iterable[StoredItem] = (),
) -> Verdict:
    """No choice is on the device of a visitor who has made none: somebody else has chosen for them (P02, P10, P12).

    Many sites note a default at once. Where the site asks, `agreed` is what keeps the choice of another visitor, who
    accepted everything, and `untouched` what is kept in its place of one more, who came after that and has not chosen.
    A default is what everybody has who has not chosen, and is not what stands for having accepted.
    """
    state, kept = timeline.state, profile.consent.stored
    if state is None or timeline.choice_at(state.at) is not None:
        return Verdict()
    told = "was stored, although the visitor has not chosen"
    waits = tuple(map(matcher, kept.undecided))
    defaults, left = {*map(_look, untouched)} - {*map(_look, agreed)}, _left_over(timeline, profile)
    found = (
        item
        for item in state.items
        if is_choice(item.kind, item.name, profile)
        and not any(is_waiting(item.value.text) for is_waiting in waits)
        and _look(item) not in defaults
        and item not in left
    )
    findings = (_finding(timeline, item, state.at, _first(item, profile), "choice assumed", told) for item in found)
    return Verdict(tuple(findings))


def _left_over(timeline: Timeline, profile: Profile) -> tuple[StoredItem, ...]:
    """What an earlier choice has left outside cookies, untouched since the visitor removed the cookies."""
    if not timeline.choices:
        return ()
    before = timeline.state_before(timeline.choices[-1].at)
    items = before.items if before else ()
    emptied = {str(Kind.COOKIE), str(profile.consent.stored.kind)}
    return tuple(item for item in items if str(item.kind) not in emptied)


def _look(item: StoredItem) -> tuple[str, str, str]:
    """An item and its value, without what differs each time that it is written: moments, counters, identifiers."""
    plain = _OCTAL.sub(lambda code: chr(int(code[1], 8)), item.value.text.strip('"'))
    return item.kind, item.name, _PASSING.sub("", unquote(plain))


def declared_once(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """Every stored item belongs to exactly one category of the profile, by its name (P05)."""
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at in _seen_since(timeline, 0.0):
        found = categories_of(item, profile)
        if len(found) == 1 and is_declared(item, profile):
            continue
        if _thing(item) in findings:
            continue
        if len(found) > 1:
            rule, told = "in several categories", f"is declared in several categories: {listed(found)}"
        else:
            rule, told = "not declared", "was stored without being declared by name"
        findings[_thing(item)] = _finding(timeline, item, at, UNDECLARED, rule, told)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def _seen_since(timeline: Timeline, since: float) -> Iterator[tuple[StoredItem, float]]:
    """What was stored at any reading since a moment, and what was written in between and gone again."""
    for state in between(timeline.states, since):
        for item in state.items:
            yield item, state.at
    for item, at, _writer in _written(timeline, since):
        yield item, at


def _written(timeline: Timeline, since: float) -> Iterator[tuple[StoredItem, float, str]]:
    """Every write since a moment, whoever made it: scripts, answers, and what only shows in a later reading."""
    for write in between(timeline.writes, since):
        item = _item_of_write(write)
        if item is not None:
            yield item, write.at, place(write.script or write.frame)
    for request in between(timeline.requests, since):
        for cookie in request.set_cookies:
            if not _removes(cookie):
                yield _item_of_cookie(cookie), request.at, place(request.url)
    yield from _appeared(timeline, since)


def _appeared(timeline: Timeline, since: float) -> Iterator[tuple[StoredItem, float, str]]:
    before = timeline.state_before(since)
    states = between(timeline.states, since)
    for earlier, later in zip([before or State(since, (), frozenset()), *states], states, strict=False):
        known = {item.identity: item for item in earlier.items}
        for item in later.items:
            old = known.get(item.identity)
            if old is None or old.value.text != item.value.text or _renewed(old, item):
                yield item, later.at, who_wrote(timeline, item, later.at)


def _renewed(old: StoredItem, new: StoredItem) -> bool:
    if old.expires is None or new.expires is None:
        return old.expires is not new.expires
    return new.expires - old.expires > 1.0


def _item_of_write(write: Write) -> StoredItem | None:
    stores = write.kind in STORED_KINDS and write.operation == "set"
    if not stores or (write.kind is Kind.CACHE and not write.name):
        return None  # a cache's entry: the cache itself shows in the reading
    if write.kind is Kind.COOKIE and write.max_age is not None and write.max_age <= _DELETED:
        return None
    name = place(write.name) if write.kind is Kind.SERVICE_WORKER else write.name
    return StoredItem(write.kind, write.host, name, write.value)


def _item_of_cookie(cookie: SetCookie) -> StoredItem:
    return StoredItem(Kind.COOKIE, cookie.host, cookie.name, cookie.value, cookie.path)


def _removes(cookie: SetCookie) -> bool:
    return cookie.max_age is not None and cookie.max_age <= _DELETED


def _first(item: StoredItem, profile: Profile) -> str:
    return next(iter(categories_of(item, profile)), UNDECLARED)


def _thing(item: StoredItem) -> tuple[str, ...]:
    """What counts as one thing in the findings: a script's write does not tell path and partition, the jar does."""
    return (item.kind, item.host, item.name)


def _finding(
    timeline: Timeline, item: StoredItem, at: float, category: str, rule: str, told: str, writer: str = ""
) -> Finding:
    written_by = writer or who_wrote(timeline, item, at)
    known = "" if rule == "in several categories" else category
    spoken = f"{thing(item.kind, item.name, known)} of {item.host} {told}"
    if category == UNDECLARED and rule in _SAID_AS_STRAY:
        spoken = stray(f"{thing(item.kind, item.name)} of {item.host}", told)
    return Finding(
        rule=rule if category != UNDECLARED else f"undeclared: {rule}",
        category=category,
        kind=item.kind,
        name=item.name,
        host=item.host,
        at=at,
        moment=moment_of(timeline, at),
        written_by=written_by,
        sentence=sentence(spoken, written_by),
    )
