"""Rules about items that are stored on the device (P05, P10, P11, P27)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from consentinel.evidence.blindness import Aspect, Blindness
from consentinel.evidence.records import STORED_KINDS, Kind, Request, State, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import (
    categories_of,
    category_of_request,
    is_declared,
    party,
)
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place, who_removed, who_wrote
from consentinel.verdicts.changes import Seen, item_of_cookie, seen_since, written
from consentinel.verdicts.finding import (
    UNDECLARED,
    Finding,
    Verdict,
    moment_of,
    without_leave,
)
from consentinel.verdicts.messages import (
    listed,
    located,
    sentence,
    stray,
    thing,
)
from consentinel.verdicts.observability import about_rest, about_storage
from consentinel.verdicts.trials import is_probe

STORED = "stored without consent"
WRITTEN = "written without consent"
SEVERAL = "in several categories"
NOT_DECLARED = "not declared"

_SAID_AS_STRAY = (STORED, WRITTEN)
"""Rules that an undeclared item breaks for no other reason than that: its sentence says so."""


def only(
    timeline: Timeline, profile: Profile, allowed: Collection[Category], blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Nothing is or was stored since a moment but items of the allowed categories.

    What needs no choice always is one, and what can be objected to is until the visitor objects.

    An item that the profile does not know is a finding of its own: silence about it would be a missed violation.
    """
    findings: dict[tuple[str, ...], Finding] = {}

    def is_allowed(item: StoredItem, at: float) -> bool:
        lawful = profile.allowed_at(allowed, timeline.choice_at(at))
        return any(category in lawful for category in categories_of(item, profile))

    for seen in _sightings(timeline, profile, since):
        item = seen.item
        if is_allowed(item, seen.at) or is_probe(timeline, seen, profile):
            continue
        if item.key not in findings:
            category, lawful = first_category(item, profile), listed(["functionality", *allowed])
            statement = f"was stored, although only {lawful} items were allowed"
            if category == UNDECLARED:
                statement = f"stored {without_leave(timeline, seen.at, lawful)}"
            findings[item.key] = finding_of(timeline, seen, category, STORED, statement)

    def may_store_more(request: Request) -> bool:
        return category_of_request(request, profile) not in profile.allowed_at(allowed, timeline.choice_at(request.at))

    doubts = about_storage(timeline, blind, counts=may_store_more) + about_rest(timeline, since)
    return Verdict(
        tuple(findings.values()), doubts + _untold(timeline, since, lambda item, at: not is_allowed(item, at))
    )


def _sightings(timeline: Timeline, profile: Profile, since: float) -> Iterable[Seen]:
    """Return what was seen since a moment.

    What can be objected to may stay after that: of it only being written counts.
    """
    if not profile.objectionable:
        return seen_since(timeline, since)
    writes = list(written(timeline, since))
    stays = (seen for seen in seen_since(timeline, since) if seen not in writes)
    return [
        *(seen for seen in stays if not profile.objectionable.intersection(categories_of(seen.item, profile))),
        *writes,
    ]


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

    def refused_in(item: StoredItem) -> list[Category]:
        found = [category for category in categories_of(item, profile) if category in refused]
        return found if item.kind in kinds else []

    for seen in seen_since(timeline, since):
        found = refused_in(seen.item)
        if found and seen.item.key not in findings:
            statement = f"was stored, although {listed(list(refused))} items were not allowed"
            findings[seen.item.key] = finding_of(timeline, seen, found[0], STORED, statement)
    doubts = about_storage(timeline, blind, kinds, counts=lambda one: category_of_request(one, profile) in refused)
    doubts += about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts + _untold(timeline, since, lambda item, _: bool(refused_in(item))))


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
    statement = "was stored, although the browser rejects all cookies"
    findings = tuple(
        finding_of(
            timeline,
            Seen(item, state.at),
            first_category(item, profile),
            "stored although the browser rejects it",
            statement,
        )
        for item in state.items
    )
    # Where the browser rejects everything, a store that cannot be read is the browser's doing, not a doubt.
    return Verdict(findings, about_rest(timeline) if timeline.state else ("what is stored was never read",))


def no_third_party_cookie(timeline: Timeline, profile: Profile) -> Verdict:
    """No cookie of another site is stored (P07).

    A partitioned cookie counts as the first party's: it recognises the visitor on this site alone.
    """
    state = timeline.state or State(0.0, (), frozenset())
    statement = "was stored, although the browser rejects cookies of other sites"
    findings = tuple(
        finding_of(
            timeline,
            Seen(item, state.at, _page_of(timeline, item)),
            first_category(item, profile),
            "third-party cookie stored",
            statement,
        )
        for item in state.items
        if item.kind is Kind.COOKIE and item.partition is None and party(item.host, profile) == "third"
    )
    return Verdict(findings, about_rest(timeline) if timeline.state else ("what is stored was never read",))


def _page_of(timeline: Timeline, item: StoredItem) -> str:
    """Return the page, or the detour to one, whose answer set a cookie.

    The browser rejects the cookies of what is part of a page.
    """
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
    """Nothing of the refused categories was written, renewed or changed since a moment (P11). Removal is no writing.

    What can be objected to is refused by an objection alone, not by the removal of a choice.
    """
    findings: dict[tuple[str, ...], Finding] = {}

    def is_refused(item: StoredItem, at: float) -> bool:
        found = categories_of(item, profile)
        unopposed = profile.objectionable if timeline.choice_at(at) is None else ()
        stray = not found and set(refused) >= set(profile.refusable)
        return stray or any(category in refused and category not in unopposed for category in found)

    for seen in written(timeline, since):
        item = seen.item
        if is_refused(item, seen.at) and not is_probe(timeline, seen, profile) and item.key not in findings:
            category = next((one for one in categories_of(item, profile) if one in refused), UNDECLARED)
            statement = "written, renewed or changed after consent had ended"
            statement = statement if category == UNDECLARED else f"was {statement}"
            findings[item.key] = finding_of(timeline, seen, category, WRITTEN, statement)

    def is_refused_service(request: Request) -> bool:
        return request.at >= since and category_of_request(request, profile) in refused

    doubts = about_storage(timeline, blind, aspects=tuple(Aspect), counts=is_refused_service)
    doubts += about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts + _untold(timeline, since, is_refused))


def declared_once(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """Every stored item belongs to exactly one category of the profile, by its name (P05)."""
    findings: dict[tuple[str, ...], Finding] = {}
    for seen in seen_since(timeline, 0.0):
        item, found = seen.item, categories_of(seen.item, profile)
        if (len(found) == 1 and is_declared(item, profile)) or is_probe(timeline, seen, profile):
            continue
        if item.key in findings:
            continue
        if len(found) > 1:
            rule, statement = SEVERAL, f"is declared in several categories: {listed(found)}"
        else:
            rule, statement = NOT_DECLARED, "was stored without being declared by name"
        findings[item.key] = finding_of(timeline, seen, UNDECLARED, rule, statement)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def _untold(timeline: Timeline, since: float, is_wanted: Callable[[StoredItem, float], bool]) -> tuple[str, ...]:
    """Of which cookies nobody can say whether the browser took them."""
    asked = [one for one in timeline.kept.untold if one.at >= since and is_wanted(item_of_cookie(one.cookie), one.at)]
    doubts = (
        f"whether {thing(Kind.COOKIE, one.cookie.name)} of {one.cookie.host} was stored cannot be told: "
        f"{place(one.request.url)} asked for it, and no reading of the cookies shows it"
        for one in asked
    )
    return tuple(dict.fromkeys(doubts))


def first_category(item: StoredItem, profile: Profile) -> str:
    """Return the category of an item, `UNDECLARED` where it has none."""
    return next(iter(categories_of(item, profile)), UNDECLARED)


def finding_of(timeline: Timeline, seen: Seen, category: str, rule: str, statement: str) -> Finding:
    """Return a finding about an item that was seen; `statement` completes its sentence."""
    item, at = seen.item, seen.at
    written_by = seen.writer or who_wrote(timeline, item, at)
    known = "" if rule == SEVERAL else category
    spoken = f"{located(item, known)} {statement}"
    if category == UNDECLARED and rule in _SAID_AS_STRAY:
        spoken = stray(located(item), statement)
    remover = who_removed(timeline, item, at) if seen.writer else ""
    by = f"{written_by}, removed by {remover}" if remover and remover != written_by else written_by
    return Finding(
        rule=rule if category != UNDECLARED else f"undeclared: {rule}",
        category=category,
        kind=item.kind,
        name=item.name,
        host=item.host,
        at=at,
        moment=moment_of(timeline, at),
        written_by=written_by,
        sentence=sentence(spoken, by),
    )
