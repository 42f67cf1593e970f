"""Rules about Global Privacy Control: a browser asks sites not to sell or share what they learn of its visitor (P02).

Source: W3C, "Global Privacy Control". A browser that did not ask proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.gpp import Section, sections_of, strings_sent, us_privacy_sent
from consentinel.evidence.guarded import host_of, json_of
from consentinel.evidence.records import MESSAGE, Choice, Kind, Source
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Category, Profile
from consentinel.verdicts import signals, transparency
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Finding, Verdict, about_answer, about_request, moment_of
from consentinel.verdicts.messages import listed, sentence
from consentinel.verdicts.sent import nothing_to

NO_WIRE = "no traffic was recorded, so nobody knows whether the browser asked"
DENIED = "wish denied by a string"
DECLARATION = "/.well-known/gpc.json"
"""Where a site may declare that it honours the signal ("GPC Support Resource")."""


def nothing_sold(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No service that sells or shares has heard from a visitor whose browser asks not to be sold or shared."""
    selling = [one for one in profile.signals.gpc_refuses if one in profile.categories]
    if not selling:
        return Verdict(doubts=("the profile has none of the categories of signals.gpc_refuses: nobody could hear",))
    heard = nothing_to(timeline, profile, selling, blind)
    findings = (*heard.findings, *_denied_by_strings(timeline, selling))
    return Verdict(findings, (*heard.doubts, *unasked(timeline)))


def nothing_told(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No service was told that anything is allowed by a visitor whose browser's wish counts as a refusal (P30)."""
    verdict = signals.nothing_allowed_beyond_choice(_as_refusal(timeline), profile, blind)
    return Verdict(verdict.findings, (*verdict.doubts, *unasked(timeline)))


def nothing_consented(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No TC string says that a visitor allows anything whose browser's wish counts as a refusal (P30)."""
    verdict = transparency.nothing_consented(_as_refusal(timeline), profile, blind)
    return Verdict(verdict.findings, (*verdict.doubts, *unasked(timeline)))


def _as_refusal(timeline: Timeline) -> Timeline:
    """Return the same record of a visitor who had refused everything before they came; a later choice counts."""
    return Timeline.of(timeline.visitor, timeline.browser, (Choice(0.0, frozenset()), *timeline.records))


def _denied_by_strings(timeline: Timeline, selling: Sequence[Category]) -> Iterator[Finding]:
    """GPP and US Privacy strings that deny the wish, while the visitor has not allowed what sells."""
    reported = set[str]()
    for said in timeline.strings:
        sections = sections_of(said.text.text) if said.api == "gpp" else ()
        denied = _denied(sections, timeline.choice_at(said.at), selling)
        if denied and "page" not in reported:
            reported.add("page")
            where = place(said.frame)
            statement = f"the GPP string of the page {where} {denied}"
            yield Finding(
                DENIED,
                str(selling[0]),
                Kind.PAGE,
                "GPP string",
                host_of(said.frame),
                said.at,
                moment_of(timeline, said.at),
                where,
                sentence(statement),
            )
    for request in timeline.requests:
        sections = tuple(one for text in strings_sent(request) for one in sections_of(text))
        denied = _denied((*sections, *us_privacy_sent(request)), timeline.choice_at(request.at), selling)
        if denied and request.host not in reported:
            reported.add(request.host)
            statement = f"the service at {request.host} was sent a string that {denied}"
            yield about_request(timeline, request, DENIED, str(selling[0]), statement)


def _denied(sections: Iterable[Section], choice: frozenset[str] | None, selling: Sequence[Category]) -> str:
    """Return what a string says against the wish, empty where it says nothing against it."""
    if any(one in (choice or ()) for one in selling):
        return ""
    for section in sections:
        kept = [what for what, is_out in section.opted_out.items() if not is_out]
        if kept:
            return f"says in its section {section.name} that the visitor did not opt out of {listed(kept)}"
    return ""


def unasked(timeline: Timeline) -> tuple[str, ...]:
    """Return why the site may not have been asked: a request without the header, or a document that was not told."""
    sent = [one for one in timeline.requests if one.source is Source.WIRE and one.method not in ("OPTIONS", MESSAGE)]
    if not sent:
        return (NO_WIRE,)
    silent = next((one for one in sent if not one.asks_for_privacy), None)
    doubts = [f"the browser did not ask with its request for {place(silent.url)}"] if silent else []
    if not any(one.gpc for one in timeline.preferences):
        doubts.append("the browser does not show scripts that it asks")
    return tuple(doubts)


def not_denied(url: str, at: float, status: int, text: str) -> Verdict:
    """What the site declares does not say that it ignores the signal. It need not declare anything."""
    declared: Any = json_of(text) if status == 200 else None
    if not isinstance(declared, dict) or declared.get("gpc") is not False:
        return Verdict()
    statement = f"the site declares that it does not honour the browser's wish not to be sold or shared: {place(url)}"
    return Verdict((about_answer(url, at, "wish denied", DECLARATION, statement),))
