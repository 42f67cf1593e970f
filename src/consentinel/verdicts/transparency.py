"""Rules about the consent that services receive in TC strings (P10, P11)."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.guarded import path_of
from consentinel.evidence.records import Blindness, Kind, Request
from consentinel.evidence.tcf import Transparency, decoded, strings_of
from consentinel.evidence.timeline import Timeline, between
from consentinel.verdicts.attribution_text import place, who_sent
from consentinel.verdicts.finding import Finding, Verdict, moment_of
from consentinel.verdicts.messages import listed, sentence
from consentinel.verdicts.observability import about_rest, about_traffic

CONSENT_ALONE = frozenset({3, 4, 5, 6})
"""The purposes for which no legitimate interest counts since TCF 2.2: profiles, personal advertising and content."""

UNREADABLE = "a TC string was sent that cannot be read: it is damaged, or of a version before 2"


def nothing_consented(timeline: Timeline, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """Since a moment no TC string claimed consent of a visitor who had not chosen, or had refused everything.

    Legitimate interests in other purposes than `CONSENT_ALONE` are no consent. What a choice of some categories means
    for the framework's purposes is not known: strings that were sent then are not judged.
    """
    findings: dict[str, Finding] = {}
    doubts: dict[str, None] = {}
    for request in between(timeline.requests, since):
        choice = timeline.choice_at(request.at)
        for text in strings_of(request) if not choice else ():
            consent_string = decoded(text)
            if consent_string is None:
                doubts[UNREADABLE] = None
            elif wrong := _consented(consent_string):
                who = "has not chosen" if choice is None else "refused everything"
                findings.setdefault(request.host, _finding(timeline, request, f"{wrong}, although the visitor {who}"))
    unseen = about_traffic(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), (*unseen, *doubts))


def _consented(consent_string: Transparency) -> str:
    """Return the claims of a string that need the visitor's consent; empty for none."""
    interests = consent_string.interests & CONSENT_ALONE
    parts = [f"consent for {_numbered('purpose', consent_string.purposes)}"] if consent_string.purposes else []
    parts += [f"consent for {_numbered('vendor', consent_string.vendors)}"] if consent_string.vendors else []
    parts += [f"a legitimate interest in {_numbered('purpose', interests)}"] if interests else []
    return listed(parts)


def _numbered(what: str, numbers: frozenset[int]) -> str:
    if len(numbers) > 11:
        return f"{len(numbers)} {what}s"
    return f"{what}{'s' if len(numbers) > 1 else ''} {listed([str(one) for one in sorted(numbers)])}"


def _finding(timeline: Timeline, request: Request, consent_string: str) -> Finding:
    caused = who_sent(timeline, request)
    spoken = f"the service at {request.host} was told of {consent_string}: {request.method} {place(request.url)}"
    return Finding(
        rule="told of consent by a TC string",
        category="",
        kind=Kind.REQUEST,
        name=path_of(place(request.url)),
        host=request.host,
        at=request.at,
        moment=moment_of(timeline, request.at),
        written_by=caused,
        sentence=sentence(f"{spoken}, caused by {caused}" if caused else spoken),
    )
