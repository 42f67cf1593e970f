"""Finds out whether a browser was recognised by a file that it keeps: by an entity tag of its own, without a cookie.

Ordinary tags name the state of a file (RFC 9110, section 8.8.3), and so are given to many. Each machine of a cluster
may give the same file another one. A page with a number of its own has another one each time, which no server confirms
later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile
from consentinel.verdicts.anonymity import of_request
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.identifiers import identifiers_in

STRANGERS = 8
"""Strangers who must each be given a tag of their own before a tag recognises somebody: few clusters have more machines
whose tags differ."""

Tags = Callable[[str], Iterable[str]]
"""Asks for an address as one stranger after the other; the entity tags of the answers, empty for an answer without one.
Ends early where nothing answers."""


def recognised_by_tag(timeline: Timeline, profile: Profile, since: float, tags: Tags) -> Verdict:
    """No server has recognised the browser by an entity tag that it had given to it alone before a moment (P12).

    A tag that came back counts only where the server has confirmed it.
    """
    given = {(one.url, opaque(one.etag.text)) for one in timeline.requests if one.at < since and one.etag.text}
    findings: dict[str, Finding] = {}
    doubts: list[str] = []
    looked_at: set[str] = set()
    for request in between(timeline.requests, since):
        tag = opaque(request.if_none_match.text)
        if (request.url, tag) not in given or not _is_confirmed(request, tag) or request.url in looked_at:
            continue
        looked_at.add(request.url)
        if not identifiers_in(tag):
            continue
        alone = _is_alone(tag, tags(request.url))
        if alone is None:
            doubts.append(
                f"{place(request.url)} did not answer {STRANGERS} strangers: whose its entity tag is is unknown"
            )
        elif alone:
            statement = (
                f"the browser was recognised without a cookie: the entity tag of {place(request.url)}, which is "
                "another one for each visitor, came back from its cache and was confirmed"
            )
            findings[request.url] = of_request(timeline, profile, request, "recognised by a tag", statement)
    return Verdict(tuple(findings.values()), tuple(doubts))


def opaque(tag: str) -> str:
    """Return what an entity tag says, without its marks and quotes: a cache may weaken a tag on its way."""
    return tag.strip().removeprefix("W/").strip('"')


def _is_confirmed(request: Request, tag: str) -> bool:
    return request.status == 304 or opaque(request.etag.text) == tag


def _is_alone(tag: str, tags: Iterable[str]) -> bool | None:
    """Return whether nobody but one browser is given this tag, and each stranger another one.

    It is None where too few answered.
    """
    seen = {tag}
    for one in map(opaque, tags):
        if not one or one in seen:
            return False
        seen.add(one)
        if len(seen) > STRANGERS:
            return True
    return None
