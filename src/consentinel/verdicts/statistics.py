"""The conditions on which statistics need no consent, as far as a browser sees them (R-STATISTICS).

Judged are the categories that are at work without consent, beside functionality. Their items serve the site alone,
are bounded, and are not combined with what other services do. Whether an address is cut short, or data are kept no
longer than 25 months on a server, no browser sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Kind, State, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of, party
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import carried, is_own
from consentinel.verdicts.changes import Seen
from consentinel.verdicts.finding import Finding, Verdict, about_request
from consentinel.verdicts.identifiers import Finder, identifiers_in, recognises
from consentinel.verdicts.lifetime import DAY, SLACK, lifetimes, prolonged
from consentinel.verdicts.messages import thing
from consentinel.verdicts.observability import about_storage, about_traffic
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored import finding_of, first_category
from consentinel.verdicts.stored_values import stored_values

LONGEST = 397.0
"""Days of 13 months, the longest 13 that follow each other."""

BROKEN = "condition of statistics broken"


def without_consent(profile: Profile) -> frozenset[Category]:
    """Return the categories that are at work without consent, beside functionality."""
    return (profile.objectionable | profile.always_on) - {Category.FUNCTIONALITY}


def keep_to_conditions(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float, away: float
) -> Verdict:
    """Statistics without consent serve the site alone, end after 13 months and are not prolonged by a later visit.

    `since` is the moment at which the visitor came back, `away` the seconds between the visits.
    """
    blind = tuple(blind)
    named = without_consent(profile)
    findings = (
        *_on_other_sites(timeline, profile, named),
        *_too_long(timeline, profile, named),
        *_combined(timeline, profile, named),
    )
    back = timeline.state if timeline.state and timeline.state.at >= since else None
    old, new = _kept(timeline.state_before(since), named, profile, away), _kept(back, named, profile)
    longer = prolonged(timeline, profile, since, away, old, new)
    doubts = (*about_storage(timeline, blind, (Kind.COOKIE,)), *about_traffic(timeline, blind), *longer.doubts)
    if not any(_is_of(item, named, profile) for state in timeline.states for item in state.items):
        doubts = (*doubts, "nothing of the statistics was stored: their conditions could not be tried")
    return Verdict((*findings, *longer.findings), doubts)


def _is_of(item: StoredItem, named: Iterable[Category], profile: Profile) -> bool:
    return any(category in named for category in categories_of(item, profile))


def _kept(
    state: State | None, named: frozenset[Category], profile: Profile, outlives: float = 0.0
) -> dict[tuple[str, str], StoredItem]:
    """Cookies with a term that outlives so many seconds, by host and name."""
    return {
        (item.host, item.name): item
        for item in (state.items if state else ())
        if item.kind is Kind.COOKIE and _is_of(item, named, profile) and (item.expires or 0.0) > _at(state) + outlives
    }


def _at(state: State | None) -> float:
    return state.at if state else 0.0


def _on_other_sites(timeline: Timeline, profile: Profile, named: frozenset[Category]) -> Iterator[Finding]:
    reported = set[tuple[str, ...]]()
    for value in stored_values(timeline):
        item = value.item
        is_other = item.kind is Kind.COOKIE and item.partition is None and party(item.host, profile) == "third"
        if is_other and _is_of(item, named, profile) and item.identity not in reported:
            reported.add(item.identity)
            statement = "counts without consent and recognises the visitor on other sites as well"
            yield _found(timeline, profile, item, value.at, value.writer, statement)


def _too_long(timeline: Timeline, profile: Profile, named: frozenset[Category]) -> Iterator[Finding]:
    reported = set[tuple[str, ...]]()
    for item, seconds, at, writer in lifetimes(timeline):
        if seconds > LONGEST * DAY + SLACK and _is_of(item, named, profile) and item.identity not in reported:
            reported.add(item.identity)
            statement = f"counts without consent and is kept for {seconds / DAY:,.0f} days, longer than 13 months"
            yield _found(timeline, profile, item, at, writer, statement)


def _combined(timeline: Timeline, profile: Profile, named: frozenset[Category]) -> Iterator[Finding]:
    """Identifiers of statistics in requests to services of another category."""
    ids = {
        token: value.item
        for value in stored_values(timeline)
        if _is_of(value.item, named, profile)
        for token in identifiers_in(value.item.value.text, value.span)
    }
    finder, reported = Finder(ids), set[tuple[str, str]]()
    for request in timeline.requests:
        purpose = purpose_of(request, profile)
        if purpose in named or is_own(request.host, profile):
            continue
        for token in finder.found_in(" ".join(carried(request))):
            key = (ids[token].name, request.host)
            if key not in reported and recognises(token, (request.at, request.at)):
                reported.add(key)
                what = thing(ids[token].kind, ids[token].name)
                statement = f"the value of {what}, which counts without consent, was sent to {request.host}, which "
                statement += f"does something else: {request.method} {place(request.url)}"
                yield about_request(timeline, request, BROKEN, str(purpose or ""), statement)


def _found(timeline: Timeline, profile: Profile, item: StoredItem, at: float, writer: str, statement: str) -> Finding:
    return finding_of(timeline, Seen(item, at, writer), first_category(item, profile), BROKEN, statement)
