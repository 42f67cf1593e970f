"""Rules about the services that receive requests from the visitor (P10, P11, P19, P21, P23)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Request
from consentinel.evidence.signals import Purpose
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import category_of_request, is_partner
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import is_own
from consentinel.verdicts.finding import (
    UNDECLARED,
    Finding,
    Verdict,
    about_request,
    without_leave,
)
from consentinel.verdicts.hits import purpose_of_hit
from consentinel.verdicts.messages import (
    listed,
    service,
    stray,
)
from consentinel.verdicts.observability import about_rest, about_traffic
from consentinel.verdicts.pings import Recognition
from consentinel.verdicts.signal_reading import NO_CATEGORY, permits, serving


def purpose_of(request: Request, profile: Profile) -> Category | None:
    """Return the category that a request serves, None for the site's own and for what nobody declared.

    What has the shape of a known service's serves that service's purpose: the usual category, or that of the policy's
    own which the profile names.
    """
    found = category_of_request(request, profile)
    purpose = None if found is not None else purpose_of_hit(request)
    if purpose is None:
        return found
    named = serving(purpose, profile)
    usual = Category.ANALYTICS if purpose is Purpose.ANALYTICS_STORAGE else Category.ADVERTISING
    return next(iter(named)) if len(named) == 1 else usual


def only_allowed(
    timeline: Timeline, profile: Profile, allowed: Collection[Category], blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Since a moment nobody heard from the visitor but the site, its partners and services of allowed categories."""
    findings: dict[tuple[str, str], Finding] = {}
    unknown: tuple[str, ...] = ()
    recognition = Recognition(timeline, profile)
    for request in _since(timeline, since):
        purpose, choice = purpose_of(request, profile), timeline.choice_at(request.at)
        if purpose is not None:
            if purpose in profile.allowed_at(allowed, choice):
                continue
            if purpose not in profile.categories and permits(frozenset(), choice, profile) is None:
                unknown = (NO_CATEGORY,)
                continue
            _heard(findings, timeline, request, purpose, recognition)
        elif not _declared(request.host, profile):
            lawful = listed(["functionality", *allowed])
            statement = f"contacted {without_leave(timeline, request.at, lawful)}"
            findings.setdefault((request.host, UNDECLARED), _finding(timeline, request, UNDECLARED, statement))
    doubts = about_traffic(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts + unknown)


def nothing_to(
    timeline: Timeline, profile: Profile, refused: Collection[Category], blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Since a moment no service of the refused categories heard from the visitor."""
    findings: dict[tuple[str, str], Finding] = {}
    recognition = Recognition(timeline, profile)
    for request in _since(timeline, since):
        purpose = purpose_of(request, profile)
        if purpose in refused and purpose is not None:
            _heard(findings, timeline, request, purpose, recognition)
    doubts = about_traffic(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), doubts)


def all_declared(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """Every service that was contacted is declared in the profile (P05)."""
    findings: dict[str, Finding] = {}
    for request in timeline.requests:
        stranger = category_of_request(request, profile) is None and not _declared(request.host, profile)
        if stranger and request.host not in findings:
            findings[request.host] = _finding(timeline, request, UNDECLARED, "contacted")
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _since(timeline: Timeline, since: float) -> Iterable[Request]:
    return between(timeline.requests, since)


def _declared(host: str, profile: Profile) -> bool:
    """A host that the profile names as the site's own or a partner's. An unnamed sub-domain is a stranger's door."""
    return is_own(host, profile) or is_partner(host, profile)


def _heard(
    findings: dict[tuple[str, str], Finding],
    timeline: Timeline,
    request: Request,
    category: Category,
    recognition: Recognition,
) -> None:
    """File the first request of each service: one finding says it, a hundred would bury it."""
    if (request.host, category) in findings:
        return
    by = recognition.in_ping(request, category)
    if by != "":
        statement = "heard from the visitor without consent" + (f", with {by}" if by else "")
        findings[(request.host, category)] = _finding(timeline, request, category, statement)


def _finding(timeline: Timeline, request: Request, category: str, statement: str) -> Finding:
    rule, what = "contacted without consent", f"{request.method} {place(request.url)}"
    if category == UNDECLARED:
        undeclared = stray(f"the service at {request.host}", f"{statement}, {what}")
        return about_request(timeline, request, f"undeclared: {rule}", category, undeclared)
    return about_request(timeline, request, rule, category, f"{service(request.host, category)} {statement}: {what}")
