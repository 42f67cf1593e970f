"""Rules that compare the policy's register with the stored items (P05, P28, P31).

Only rows that a person has confirmed make findings. An unconfirmed row makes doubts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.policy.durations import Duration
from consentinel.policy.item_names import matcher_of, names_in
from consentinel.policy.policy_file import PolicyFile, RegisterRow
from consentinel.policy.standing import KEPT_AS_SAID, TABLE_COMPLETE
from consentinel.site.classify import categories_of, party
from consentinel.site.hosts import registrable
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.changes import seen_since
from consentinel.verdicts.finding import Finding, Verdict, about_item
from consentinel.verdicts.lifetime import DAY, SLACK, days, lifetimes
from consentinel.verdicts.messages import listed, located, shortened
from consentinel.verdicts.observability import about_storage
from consentinel.verdicts.stored import STORED, first_category
from consentinel.verdicts.trials import is_probe

SESSION_S = DAY
"""Seconds for which what is declared for a session may be kept: few sites mean the life of a browser's process."""

CONTRADICTED = "category contradicted"

SORTED = ("P05", TABLE_COMPLETE)
"""What a row in the wrong category breaks: items belong to categories, and the register says of which."""

AS_CHOSEN = ("P10", "R-PRIOR", *SORTED)
"""What an item breaks that is stored without consent, where profile and register agree on its category."""

Seen = tuple[StoredItem, float, str]
"""An item, when it was seen, and who wrote it; empty where nobody was seen doing it."""


def lists_everything(timeline: Timeline, profile: Profile, policy: PolicyFile, blind: Iterable[Blindness]) -> Verdict:
    """Everything that was stored stands in the register, as what it is and for as long as it is kept (P05)."""
    if not policy.rows:
        return Verdict(doubts=("the policy file has no register",))
    blind = tuple(blind)
    found = (
        listed_at_all(timeline, profile, policy)
        + kept_as_declared(timeline, profile, policy)
        + labelled_as_declared(timeline, profile, policy)
    )
    unseen = (*about_storage(timeline, blind), *about_storage(timeline, blind, (Kind.COOKIE,), tuple(Aspect)))
    return Verdict(found.findings, tuple(dict.fromkeys((*found.doubts, *unseen))))


def listed_at_all(timeline: Timeline, profile: Profile, policy: PolicyFile) -> Verdict:
    """What was stored stands in the register, on the host, or at least of the party, that the register says."""
    findings: list[Finding] = []
    doubts: list[str] = []
    for item, at in _each(timeline, profile):
        named = [row for row in policy.rows if _names(row, item)]
        rows = [row for row in named if _lies_as_declared(row, item, profile)]
        if rows:
            if not any(row.confirmed for row in rows):
                doubts.append(_unconfirmed(rows[0]))
            continue
        displaced = [row for row in named if _is_declared_first(row, profile)]
        if not all(row.confirmed for row in displaced or policy.rows):
            doubts.append(f"{located(item)} stands in no row that lies where it does, and not every row is confirmed")
            continue
        rule, statement = "not in the register", "is stored, and the policy's register does not list it"
        elsewhere = sorted({row.host for row in named if row.host})
        if elsewhere:
            statement = f"is stored, and the policy's register lists one of this name on {listed(elsewhere)} alone"
        if displaced:
            rule = "first party declared"
            statement = (
                f'is set by another site, although the policy\'s register lists "{displaced[0].item}" as its own'
            )
        findings.append(_finding(timeline, profile, (item, at, ""), rule, statement, (TABLE_COMPLETE,)))
    return Verdict(tuple(findings), tuple(doubts))


def kept_as_declared(timeline: Timeline, profile: Profile, policy: PolicyFile) -> Verdict:
    """No cookie is kept for longer than the register says. Other stores have no term that could be compared."""
    findings: dict[tuple[str, ...], Finding] = {}
    for item, seconds, at, writer in lifetimes(timeline):
        rows = _rows_of(item, profile, policy)
        spans = [row.duration for row in rows if row.confirmed]
        if not spans or len(spans) < len(rows) or item.key in findings:
            continue
        longest = _longest(spans)
        if longest is not None and seconds > longest + SLACK:
            said = next(row.lifetime for row in rows if row.lifetime)
            statement = f'is kept for {days(seconds)} days, although the policy\'s register says "{shortened(said)}"'
            seen, rule = (item, at, writer), "kept longer than declared"
            findings[item.key] = _finding(timeline, profile, seen, rule, statement, (KEPT_AS_SAID,))
    return Verdict(tuple(findings.values()))


def labelled_as_declared(timeline: Timeline, profile: Profile, policy: PolicyFile) -> Verdict:
    """What was stored is of the category that the register gives it."""
    findings: list[Finding] = []
    for item, at in _each(timeline, profile):
        declared = {row.category for row in _rows_of(item, profile, policy) if row.confirmed and row.category}
        known = [Category(name) for name in sorted(declared) if name in profile.categories]
        actual = categories_of(item, profile)
        if not known or len(known) < len(declared):
            continue  # a category that the profile does not have: nothing that could be compared
        if actual and not set(known) & set(actual):
            statement = f"is declared as {known[0]} in the policy's register, and serves {actual[0]}"
            findings.append(_finding(timeline, profile, (item, at, ""), CONTRADICTED, statement, SORTED))
        elif _waits(known, policy) and not _ever_granted(timeline, known):
            statement = f"is declared as {known[0]} in the policy's register, and was stored without consent to it"
            rule, breaks = (STORED, AS_CHOSEN) if actual else (CONTRADICTED, SORTED)
            findings.append(_finding(timeline, profile, (item, at, ""), rule, statement, breaks))
    return Verdict(tuple(findings))


def _each(timeline: Timeline, profile: Profile) -> Iterator[tuple[StoredItem, float]]:
    """Yield each stored item once, when it was first seen. A mere trial of whether a store works is none."""
    known: set[tuple[str, ...]] = set()
    for seen in seen_since(timeline, 0.0):
        if seen.item.key not in known and not is_probe(timeline, seen, profile):
            known.add(seen.item.key)
            yield seen.item, seen.at


def _names(row: RegisterRow, item: StoredItem) -> bool:
    name = path_of(item.name) if item.kind is Kind.SERVICE_WORKER else item.name
    return row.kind in ("any", item.kind.value) and any(matcher_of(one)(name) for one in names_in(row.item))


def _rows_of(item: StoredItem, profile: Profile, policy: PolicyFile) -> list[RegisterRow]:
    return [row for row in policy.rows if _names(row, item) and _lies_as_declared(row, item, profile)]


def _lies_as_declared(row: RegisterRow, item: StoredItem, profile: Profile) -> bool:
    """Hosts are compared by registrable domain: policies name services, not the sub-domains that serve them."""
    theirs = party(item.host, profile)
    if row.party == "first" and theirs == "third":
        return False
    if not row.host or registrable(row.host) == registrable(item.host):
        return True
    return theirs == "first" and party(row.host, profile) == "first"


def _is_declared_first(row: RegisterRow, profile: Profile) -> bool:
    return row.party == "first" or (bool(row.host) and party(row.host, profile) == "first")


def _longest(spans: Sequence[Duration | None]) -> float | None:
    """Return the longest of these spans in seconds; None where one is not said, or has no end."""
    ends = [None if span is None else SESSION_S if span.session else span.most for span in spans]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _waits(known: Sequence[Category], policy: PolicyFile) -> bool:
    """Return whether the policy says, confirmed, that all of these categories wait for consent."""
    tables = [policy.parameters.categories.get(category.value) for category in known]
    return all(table is not None and table.confirmed and table.model == "opt-in" for table in tables)


def _ever_granted(timeline: Timeline, known: Sequence[Category]) -> bool:
    granted = {category for choice in timeline.choices for category in choice.granted or ()}
    return any(category.value in granted for category in known)


def _unconfirmed(row: RegisterRow) -> str:
    return f'nobody has confirmed the row "{shortened(row.item)}" of the policy\'s register'


def _finding(
    timeline: Timeline, profile: Profile, seen: Seen, rule: str, statement: str, breaks: tuple[str, ...]
) -> Finding:
    item, at, writer = seen
    spoken = f"{located(item)} {statement}"
    return about_item(timeline, item, at, rule, first_category(item, profile), spoken, writer=writer, breaks=breaks)
