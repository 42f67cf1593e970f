"""The rule that nobody chooses for the visitor (P02, P10, P12)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import partial
from urllib.parse import unquote

from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import is_choice, matcher
from consentinel.site.profile import Profile
from consentinel.verdicts.changes import Seen
from consentinel.verdicts.decodings import read_base64
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.identifiers import is_identifier
from consentinel.verdicts.stored import finding_of, first_category

_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
"""How servers write a character that a cookie's value cannot hold, between quotation marks."""

_PASSING = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+Z?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ +](?:[a-z]{3}[ +]\d\d?|\d\d?[ +-][a-z]{3})[ +-]\d{4}"
    r"[ +]\d\d:\d\d(?::\d\d)?(?:[ +](?:gmt|utc)(?:[ +-]*\d{4})?)?(?:[ +]\([^)]*\))?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}(?:,?[ +]\d{1,2}:\d\d(?::\d\d)?)?"
    r"|https?://[^\s&\"',;|}]*"
    r"|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|\d{6,}(?:\.\d+)?",
    re.IGNORECASE,
)
"""Dates, addresses of pages, UUIDs, hexadecimal identifiers and clock readings in the value of a choice."""

_PART = re.compile(r"[A-Za-z0-9_+/-]{10,}={0,2}")
"""What may be an identifier in the value of a choice, or a text in base64."""

_TURN = re.compile(r"(?=[a-z][A-Z]|[A-Z][a-z])")
"""A change between a capital and a small letter."""

_DRAWN = 16
"""Letters from which a part of a value may be drawn by chance."""

_TURNS = 0.3
"""Changes between capital and small letters, for each pair of neighbours, from which two such parts together are drawn.

Chance makes half of them changes; in the names that programmers make, such as `onlyFunctionalItems`, few are."""


def assumed(
    timeline: Timeline,
    profile: Profile,
    agreed: Iterable[StoredItem] = (),
    untouched: Collection[StoredItem] = (),
) -> Verdict:
    """No choice is on the device of a visitor who has made none: somebody else has chosen for them.

    Many sites note a default at once. Where the site asks, `agreed` is what keeps the choice of another visitor, who
    accepted everything, and `untouched` what is kept in its place of one more, who came after that and has not chosen.
    A default is what everybody has who has not chosen, and is not what stands for having accepted. Where the values
    have no part that can be read, as those of an encrypted choice, nobody can tell.
    """
    state, kept = timeline.state, profile.consent.stored
    if state is None or timeline.choice_at(state.at) is not None:
        return Verdict()
    statement = "was stored, although the visitor has not chosen"
    waits = tuple(map(matcher, kept.undecided))
    left, chosen = _left_over(timeline, profile), [*agreed]
    found = [
        item
        for item in state.items
        if is_choice(item, profile)
        and not any(is_waiting(item.value.text) for is_waiting in waits)
        and item not in left
        and not _is_default(item, untouched, chosen)
    ]
    unread = {item for item in found if _is_unreadable(item, untouched, chosen)}
    findings = (
        finding_of(timeline, Seen(item, state.at), first_category(item, profile), "choice assumed", statement)
        for item in found
        if item not in unread
    )
    doubts = (
        f'whether "{item.name}" holds a choice that nobody made cannot be read from its value (consent.stored)'
        for item in unread
    )
    return Verdict(tuple(findings), tuple(doubts))


def _is_default(item: StoredItem, untouched: Iterable[StoredItem], agreed: Iterable[StoredItem]) -> bool:
    """Return whether those who have not chosen all have this value, and those who have accepted another one."""
    forms, agreed = (_look, _bare), [*agreed]
    if any(form(item) in {*map(form, untouched)} - {*map(form, agreed)} for form in forms):
        return True
    is_like = partial(_differs_by_chance, item)
    return any(map(is_like, untouched)) and not any(map(is_like, agreed))


def _is_unreadable(item: StoredItem, untouched: Iterable[StoredItem], agreed: Iterable[StoredItem]) -> bool:
    """Return whether all have a value here that is nothing but an identifier, and nobody has that of another."""
    others = [*untouched, *agreed]
    is_other = _look(item) not in {*map(_look, others)}
    return is_other and _bare(item) in {*map(_bare, others)} and not re.search(r"\w", _bare(item)[2])


def _left_over(timeline: Timeline, profile: Profile) -> tuple[StoredItem, ...]:
    """Return what an earlier choice has left outside cookies, untouched since the visitor removed the cookies."""
    if not timeline.choices:
        return ()
    before = timeline.state_before(timeline.choices[-1].at)
    items = before.items if before else ()
    emptied = {str(Kind.COOKIE), str(profile.consent.stored.kind)}
    return tuple(item for item in items if str(item.kind) not in emptied)


def _look(item: StoredItem) -> tuple[str, str, str]:
    """Return an item and its value, without the moments, counters and identifiers that differ each time."""
    plain = _OCTAL.sub(lambda code: chr(int(code[1], 8)), item.value.text.strip('"'))
    return item.kind, item.name, _PASSING.sub("", unquote(plain))


def _bare(item: StoredItem) -> tuple[str, str, str]:
    """As `_look`, with what stands in base64 as text, and without values that could tell visitors apart."""
    kind, name, plain = _look(item)
    return kind, name, _PASSING.sub("", _PART.sub(_read_part, plain))


def _read_part(part: re.Match[str]) -> str:
    return _PART.sub(lambda inner: "" if is_identifier(inner[0]) else inner[0], _plain(part[0]))


def _plain(part: str) -> str:
    """Return a part, or the text that it stands for in base64."""
    text = read_base64(part)
    return text if text and text.isprintable() else part


def _differs_by_chance(one: StoredItem, other: StoredItem) -> bool:
    """Return whether two values differ only in parts that chance drew, such as the number of a consent in letters.

    One such part by itself may look like a word, and no identifier. Two of them tell.
    """
    (*of, text), (*of_other, other_text) = _look(one), _look(other)
    if of != of_other or _PART.sub("\0", text) != _PART.sub("\0", other_text):
        return False
    pairs = zip(_PART.findall(text), _PART.findall(other_text), strict=True)
    return all(part == twin or _are_drawn(_plain(part), _plain(twin)) for part, twin in pairs)


def _are_drawn(part: str, other: str) -> bool:
    turns = len(_TURN.findall(part)) + len(_TURN.findall(other))
    tell = turns >= _TURNS * 2 * (len(part) - 1) or (is_identifier(part) and is_identifier(other))
    return tell and len(part) == len(other) >= _DRAWN
