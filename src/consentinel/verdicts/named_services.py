"""The rule that only services hear from the visitor that the policy names (P32)."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.timeline import Timeline
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.classify import category_of_request, is_partner
from consentinel.site.profile import Profile
from consentinel.verdicts.carried import is_own
from consentinel.verdicts.finding import UNDECLARED, Finding, Verdict, about_request
from consentinel.verdicts.messages import shortened
from consentinel.verdicts.observability import about_traffic

RULE = "service not named"


def only_named(timeline: Timeline, profile: Profile, policy: PolicyFile, blind: Iterable[Blindness]) -> Verdict:
    """Whoever heard from the visitor is the site, a partner, or of a category for which the policy names a service.

    The profile says which hosts belong to a category; what a service is called cannot be told from its hosts.
    """
    findings: dict[str, Finding] = {}
    doubts: list[str] = []
    for request in timeline.requests:
        if is_own(request.host, profile) or is_partner(request.host, profile) or request.host in findings:
            continue
        category = category_of_request(request, profile)
        said = policy.parameters.categories.get(str(category)) if category else None
        if said is not None and not said.confirmed:
            doubts.append(f"nobody has confirmed which services the policy names for {category}")
        elif said is None or not said.services:
            what = f"for {category}" if category else "at all"
            statement = (
                f"the service at {shortened(request.host)} heard from the visitor, and the policy names none {what}"
            )
            findings[request.host] = about_request(timeline, request, RULE, str(category or UNDECLARED), statement)
    return Verdict(tuple(findings.values()), (*dict.fromkeys(doubts), *about_traffic(timeline, blind)))
