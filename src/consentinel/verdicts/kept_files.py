"""Finds out whether a browser was recognised by a file that it keeps: by a mark that was given to it alone.

Of a file that it keeps, a browser names the entity tag and the date when it last changed. Ordinary ones name the state
of the file (RFC 9110, sections 8.8.2 and 8.8.3), and so are given to many. Each machine of a cluster may give the same
file others. A page with a number of its own has another tag each time, which no server confirms later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from consentinel.evidence.dates import cookie_date
from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile
from consentinel.verdicts.anonymity import of_request
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.identifiers import identifiers_in

STRANGERS = 8
"""Strangers who must each be given a mark of their own before a mark recognises somebody: few clusters have more
machines whose marks differ."""

SOON = 3600.0
"""Seconds within which a date and the moment at which it was given are the clock's: somebody has just made the page."""

Given = Callable[[str, str], Iterable[str]]
"""Asks for an address as one stranger after the other; that header of the answers, empty for an answer without it.
Ends early where nothing answers."""


@dataclass(frozen=True)
class Mark:
    """A header by which a browser names what it has kept."""

    words: str
    header: str
    of_answer: Callable[[Request], str]
    """The header of an answer, which gives the mark."""

    of_request: Callable[[Request], str]
    """The header of a request, which names the mark again."""

    read: Callable[[str], str]
    """What such a header says, without what may change on its way."""

    tells: Callable[[str, float], bool]
    """Whether a mark could tell a browser from others, for one that was given at a moment."""

    def given(self, request: Request) -> str:
        """Return the mark that the answer gives; empty for none."""
        return self.read(self.of_answer(request))

    def named(self, request: Request) -> str:
        """Return the mark that the request names; empty for none."""
        return self.read(self.of_request(request))


def opaque(tag: str) -> str:
    """Return what an entity tag says, without its marks and quotes: a cache may weaken a tag on its way."""
    return tag.strip().removeprefix("W/").strip('"')


def _is_long(tag: str, _at: float) -> bool:
    return bool(identifiers_in(tag))


def _is_of_another_time(date: str, at: float) -> bool:
    """A date has 29 bits in twenty years: enough to tell browsers apart. A text that is none comes back as well."""
    moment = cookie_date(date)
    return bool(identifiers_in(date)) if moment is None else abs(moment - at) > SOON


MARKS = (
    Mark(
        "entity tag",
        "etag",
        lambda request: request.etag.text,
        lambda request: request.if_none_match.text,
        opaque,
        _is_long,
    ),
    Mark(
        "date of the last change",
        "last-modified",
        lambda request: request.last_modified.text,
        lambda request: request.if_modified_since.text,
        str.strip,
        _is_of_another_time,
    ),
)


def recognised_by_file(timeline: Timeline, profile: Profile, since: float, given: Given) -> Verdict:
    """No server has recognised the browser by a mark that it had given to it alone before a moment (P12).

    A mark that came back counts only where the server has confirmed it.
    """
    findings: dict[str, Finding] = {}
    doubts: list[str] = []
    for mark in MARKS:
        known = {(one.url, mark.given(one)): one.at for one in timeline.requests if one.at < since and mark.given(one)}
        looked_at: set[str] = set()
        for request in between(timeline.requests, since):
            named = mark.named(request)
            if (request.url, named) not in known or request.url in looked_at or request.url in findings:
                continue
            if not (request.status == 304 or mark.given(request) == named):
                continue
            looked_at.add(request.url)
            if not mark.tells(named, known[request.url, named]):
                continue
            alone = _is_alone(named, map(mark.read, given(request.url, mark.header)))
            if alone is None:
                doubts.append(
                    f"{place(request.url)} did not answer {STRANGERS} strangers: whose its {mark.words} is is unknown"
                )
            elif alone:
                statement = (
                    f"the browser was recognised without a cookie: the {mark.words} of {place(request.url)}, which is "
                    "another one for each visitor, came back from its cache and was confirmed"
                )
                findings[request.url] = of_request(timeline, profile, request, "recognised by a file", statement)
    return Verdict(tuple(findings.values()), tuple(doubts))


def _is_alone(mark: str, others: Iterable[str]) -> bool | None:
    """Return whether nobody but one browser is given this mark, and each stranger another.

    It is None where too few answered.
    """
    seen = {mark}
    for one in others:
        if not one or one in seen:
            return False
        seen.add(one)
        if len(seen) > STRANGERS:
            return True
    return None
