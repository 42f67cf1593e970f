"""The rule that nobody chooses for the visitor (P02, P10, P12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import is_choice, matcher
from consentinel.site.profile import Profile
from consentinel.verdicts.changes import Seen
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.stored import finding_of, first_category

_OCTAL = re.compile(r"\\([0-3][0-7]{2})")
"""How servers write a character that a cookie's value cannot hold, between quotation marks."""

_PASSING = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+Z?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|[\da-f]{16,}|\d{6,}(?:\.\d+)?", re.IGNORECASE
)
"""Dates, UUIDs, hexadecimal identifiers and clock readings in the value of a choice."""


def assumed(
    timeline: Timeline,
    profile: Profile,
    agreed: Iterable[StoredItem] = (),
    untouched: Iterable[StoredItem] = (),
) -> Verdict:
    """No choice is on the device of a visitor who has made none: somebody else has chosen for them.

    Many sites note a default at once. Where the site asks, `agreed` is what keeps the choice of another visitor, who
    accepted everything, and `untouched` what is kept in its place of one more, who came after that and has not chosen.
    A default is what everybody has who has not chosen, and is not what stands for having accepted.
    """
    state, kept = timeline.state, profile.consent.stored
    if state is None or timeline.choice_at(state.at) is not None:
        return Verdict()
    statement = "was stored, although the visitor has not chosen"
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
    findings = (
        finding_of(timeline, Seen(item, state.at), first_category(item, profile), "choice assumed", statement)
        for item in found
    )
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
