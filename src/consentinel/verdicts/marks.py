"""Rules about what brought the visitor: the marks of campaigns, advertisements and networks (P18, P22).

A mark is the value of such a parameter in the address by which the visitor arrived, or the other site whose page they
came from. Only values that nothing else would hold count: an ordinary word may stand anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.guarded import host_of, parts_of, query_of
from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline
from consentinel.site.campaigns import MARKS
from consentinel.site.classify import categories_of
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import carried, is_own
from consentinel.verdicts.changes import seen_since
from consentinel.verdicts.decodings import readings
from consentinel.verdicts.finding import UNDECLARED, Finding, Verdict, about_request
from consentinel.verdicts.observability import about_rest, about_storage, about_traffic
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored import finding_of

SHORTEST = 12
"""Characters below which a mark may be a word that stands elsewhere for itself."""

_UNMARKED = "the record shows no address that says what brought the visitor"


def kept_out(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No functionality item holds a mark, as it stands or encoded, and nothing undeclared before anything is allowed.

    P18. What nobody has declared may serve marketing, to which a visitor who allowed something may have agreed.
    """
    marks = _marks(timeline, profile)
    findings: dict[tuple[str, ...], Finding] = {}
    for seen in seen_since(timeline, 0.0):
        item, found = seen.item, categories_of(seen.item, profile)
        may_know = Category.FUNCTIONALITY not in found if found else bool(timeline.choice_at(seen.at))
        if may_know or item.key in findings:
            continue
        name = _held(f"{item.name} {item.value.text}", marks)
        if name:
            category = Category.FUNCTIONALITY if found else UNDECLARED
            statement = f'holds what brought the visitor, the value of "{name}"'
            finding = finding_of(timeline, seen, category, "campaign kept", statement)
            findings[item.key] = finding
    doubts = about_storage(timeline, blind) + about_rest(timeline)
    return Verdict(tuple(findings.values()), doubts if marks else (_UNMARKED,))


def told_nobody(
    timeline: Timeline, profile: Profile, allowed: Collection[Category], blind: Iterable[Blindness]
) -> Verdict:
    """No service but the site and those of allowed categories was told a mark, in whatever part of a request (P22).

    What can be objected to is allowed until the visitor objects.
    """
    marks = _marks(timeline, profile)
    findings: dict[str, Finding] = {}
    for request in timeline.requests:
        purpose = purpose_of(request, profile)
        is_site = is_own(request.host, profile) and purpose in (None, Category.FUNCTIONALITY)
        unopposed = profile.objectionable & profile.allowed_at((), timeline.choice_at(request.at))
        if is_site or purpose in {*allowed, *unopposed} or request.host in findings:
            continue
        name = _held(" ".join(carried(request)), marks)
        if name:
            statement = f"the service at {request.host} was told what brought the visitor, the value of "
            statement += f'"{name}": {request.method} {place(request.url)}'
            found = about_request(timeline, request, "campaign told", purpose or UNDECLARED, statement)
            findings[request.host] = found
    doubts = about_traffic(timeline, blind) + about_rest(timeline)
    return Verdict(tuple(findings.values()), doubts if marks else (_UNMARKED,))


def _marks(timeline: Timeline, profile: Profile) -> dict[str, str]:
    """Return the values of the parameters that brought the visitor here, in small letters, each with its name.

    So it does the referrer of such an arrival: the host and port of another site.
    """
    pages = (request for request in timeline.requests if request.document and is_own(request.host, profile))
    marks = [
        (name, value)
        for page in pages
        if (arrived := [(name, value) for name, value in query_of(page.url) if name in MARKS])
        for name, value in (*arrived, ("referrer", _other_site(page, profile)))
    ]
    return {value.lower(): name for name, value in marks if len(value) >= SHORTEST}


def _other_site(page: Request, profile: Profile) -> str:
    """Return the host and port of another site whose page led to this one; empty where none did."""
    return "" if is_own(host_of(page.referer), profile) else parts_of(page.referer).netloc


def _held(text: str, marks: dict[str, str]) -> str:
    """Return the parameter whose value a text holds in any reading, empty for none."""
    read = [reading.lower() for reading in readings(text)]
    return next((name for value, name in marks.items() if any(value in reading for reading in read)), "")
