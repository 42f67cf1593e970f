"""Rules about what TC strings say of the visitor's choice, by IAB Europe's framework (P10, P11, P21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Request
from consentinel.evidence.tcf import Transparency, says_elsewhere
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile
from consentinel.verdicts.carried import is_own
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.messages import listed
from consentinel.verdicts.observability import about_rest, about_traffic
from consentinel.verdicts.tc_said import (
    NOTHING,
    Said,
    beyond,
    consented,
    doubts,
    everything_said,
    finding_of,
    in_force,
    numbered,
    stored,
)

AHEAD = 2.0
"""Seconds by which a request may be ahead of what the page's API tells its listeners, and behind."""

NO_PURPOSES = "the profile does not say which purposes of the TCF serve which category (signals.tcf_purposes)"
NO_API = "no page has an API of the TCF to compare with"


def nothing_consented(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """Since a moment no string said that a visitor consents who had not chosen, or had refused everything.

    Legitimate interests in other purposes than `CONSENT_ALONE` are no consent, unless the visitor has objected to what
    they serve.
    """
    findings: dict[tuple[str, ...], Finding] = {}
    for said in everything_said(timeline, since):
        choice = timeline.choice_at(said.at)
        wrong = "" if choice else consented(said.string, _objected(choice, profile))
        if wrong and said.source not in findings:
            who = "has not chosen" if choice is None else "refused everything"
            findings[said.source] = finding_of(timeline, said, f"{wrong}, although the visitor {who}")
    unseen = about_traffic(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), (*unseen, *doubts(timeline, since)))


def says_what_was_allowed(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Since the choice no string said more than was chosen, and in the end each of them said as much."""
    everything = list(everything_said(timeline, since))
    findings: dict[tuple[str, ...], Finding] = {}
    for said in everything:
        wrong = _too_much(said.string, timeline.choice_at(said.at), profile)
        if wrong and said.source not in findings:
            findings[said.source] = finding_of(timeline, said, f"{wrong}, although the visitor does not allow it")
    for said in {said.source: said for said in everything}.values():
        lacking = _lacking(said.string, timeline.choice_at(said.at), profile)
        if lacking and said.source not in findings:
            findings[said.source] = finding_of(timeline, said, f"no {lacking}, although the visitor allows it")
    unseen = about_traffic(timeline, blind) + about_rest(timeline, since)
    in_part = any(_is_in_part(timeline.choice_at(said.at), profile) for said in everything)
    unmapped = (NO_PURPOSES,) if in_part and not profile.signals.tcf_purposes else ()
    return Verdict(tuple(findings.values()), (*unseen, *doubts(timeline, since), *unmapped))


def agrees_with_page(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """Since a moment services were told no more than the page's own API says, and what the site stores says the same.

    A service that is told that the GDPR does not apply is told of more.
    """
    findings: dict[tuple[str, ...], Finding] = {}
    pages = in_force(timeline, since)
    for said in _sent(timeline, since):
        more = [consented(beyond(said.string, page.string)) for page in _around(pages, said.at)]
        if more and all(more) and said.source not in findings:
            wrong = f"{more[-1]}, and the page's own TC string does not say so"
            findings[said.source] = finding_of(timeline, said, wrong)
    for said in _kept(timeline, profile, since):
        page = next((one for one in reversed(pages) if one.at <= said.at), None)
        wrong = _difference(said.string, page.string) if page else ""
        if wrong:
            findings[said.source] = finding_of(timeline, said, wrong)
    for said in _told_elsewhere(timeline, since):
        findings.setdefault(
            said.source, finding_of(timeline, said, "a law that does not apply, and the page says that it does")
        )
    unheard = () if pages else (NO_API,)
    return Verdict(tuple(findings.values()), (*about_traffic(timeline, blind), *doubts(timeline, since), *unheard))


def _sent(timeline: Timeline, since: float) -> Iterator[Said]:
    return (said for said in everything_said(timeline, since) if isinstance(said.by, Request))


def _around(pages: list[Said], at: float) -> list[Said]:
    """Return what pages said around a moment: what held just before it, and all that they said near it."""
    held = [page for page in pages if page.at < at - AHEAD][-1:]
    return [*held, *(page for page in pages if at - AHEAD <= page.at <= at + AHEAD)]


def _kept(timeline: Timeline, profile: Profile, since: float) -> Iterator[Said]:
    """Yield the strings that the site itself stores in the end."""
    state = timeline.state
    if state is None or state.at < since:
        return
    own = [item for item in state.items if is_own(item.host, profile)]
    yield from stored(own, state.at)


def _told_elsewhere(timeline: Timeline, since: float) -> Iterator[Said]:
    """Requests that say that the GDPR does not apply where the page's API says that it does."""
    applies = {one.applies for one in between(timeline.strings, since) if one.api == "tcf"}
    if True not in applies or False in applies:
        return
    yield from (Said(one.at, NOTHING, one) for one in between(timeline.requests, since) if says_elsewhere(one))


def _difference(kept: Transparency, page: Transparency) -> str:
    more, less = consented(beyond(kept, page)), consented(beyond(page, kept))
    if more:
        return f"{more}, and the page's own API does not say so"
    return f"less than the page's own API, which says: {less}" if less else ""


def _too_much(string: Transparency, choice: frozenset[str] | None, profile: Profile) -> str:
    """Return what a string says beyond the choice.

    After a choice of some categories, only purposes that are known to serve a category count.
    """
    objected = _objected(choice, profile)
    if not choice:
        return consented(string, objected)
    wrong = _refused_purposes(choice, profile)
    purposes, interests = string.purposes & wrong, string.interests & wrong
    return consented(replace(NOTHING, policy=string.policy, purposes=purposes, interests=interests), objected)


def _lacking(string: Transparency, choice: frozenset[str] | None, profile: Profile) -> str:
    """Return the consent that a string lacks, given the choice; empty for none."""
    if not choice:
        return ""
    mapped = profile.signals.tcf_purposes
    wanted = _purposes_of(choice, profile)
    interests = string.interests & _purposes_of(profile.objectionable, profile)
    missing = wanted - string.purposes - interests
    parts = [f"consent for {numbered('purpose', missing)}"] if missing else []
    if not mapped and not _is_in_part(choice, profile) and not string.purposes:
        parts.append("consent for any purpose")
    if (wanted or not mapped) and not _is_in_part(choice, profile) and not string.vendors:
        parts.append("consent for any vendor")
    return listed(parts)


def _refused_purposes(choice: frozenset[str], profile: Profile) -> frozenset[int]:
    """Return the purposes that serve categories which a choice refuses, and none that it allows."""
    return _purposes_of(profile.signals.tcf_purposes, profile) - _purposes_of(choice, profile)


def _objected(choice: frozenset[str] | None, profile: Profile) -> frozenset[int]:
    """Return the purposes that serve categories which a choice objects to, and none that it allows."""
    if choice is None:
        return frozenset()
    return _purposes_of(profile.objectionable - choice, profile) - _purposes_of(choice, profile)


def _purposes_of(categories: Iterable[str], profile: Profile) -> frozenset[int]:
    """Return the purposes that serve these categories."""
    mapped = {str(category): numbers for category, numbers in profile.signals.tcf_purposes.items()}
    return frozenset(one for category in categories for one in mapped.get(str(category), ()))


def _is_in_part(choice: frozenset[str] | None, profile: Profile) -> bool:
    return bool(choice) and not set(map(str, profile.refusable)) <= (choice or frozenset())
