"""Rules about what services are told of consent, by signals and by commands of pages (P10, P11, P21, P22).

A request with the signal "denied" is still a request: the rules about requests judge it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.guarded import host_of, path_of, without_fragment
from consentinel.evidence.records import Request
from consentinel.evidence.signals import ConsentSignal, Purpose, signals_of
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.commands import fault_of, is_commanded, kept_from, of_page
from consentinel.verdicts.finding import Finding, Verdict, about_request
from consentinel.verdicts.hits import asks_to_count
from consentinel.verdicts.loads import Load, Loads
from consentinel.verdicts.messages import shortened
from consentinel.verdicts.observability import about_rest, about_traffic
from consentinel.verdicts.signal_reading import (
    are,
    goes_beyond,
    in_words,
    page_of,
    serving,
    signals_since,
    unmapped,
)

NO_SIGNAL = "no request told a service anything about consent, although the profile says that the site does so"


def nothing_allowed_beyond_choice(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Since a moment no signal of a request or a page grants more than the visitor allowed.

    A purpose that was never set counts as allowed, as Google's tags treat it. What can only be objected to may be
    granted until the visitor objects.
    """
    findings: dict[tuple[str, ...], Finding] = {}
    for signal in signals_since(timeline, since):
        choice = timeline.choice_at(signal.at)
        wrong = [purpose for purpose in signal.allowed if goes_beyond(signal, purpose, choice, profile)]
        if wrong:
            key: tuple[str, ...] = (signal.request.host, path_of(signal.request.url))
            findings.setdefault(
                key, _of_request(timeline, signal, _beyond(timeline, signal, wrong, choice), "told beyond the choice")
            )
    for command in between(timeline.commands, since):
        fault = fault_of(command, timeline, profile)
        if fault:
            key = (command.maker, command.name, host_of(command.frame), fault)
            findings.setdefault(key, of_page(timeline, command, fault))
    unseen = about_traffic(timeline, blind) + about_rest(timeline, since)
    return Verdict(tuple(findings.values()), (*unseen, *unmapped(timeline, profile, since)))


def signals_the_choice(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """Since the choice the last signals to each service on each page match what the visitor allowed.

    If no request carried any signal, the result is a doubt.
    """
    beyond = nothing_allowed_beyond_choice(timeline, profile, blind, since)
    findings: dict[str, Finding] = {}
    signals = list(signals_since(timeline, since))
    for last in _last_on_each_page(signals):
        withheld = _withheld(last, timeline.choice_at(last.at), profile)
        if withheld:
            statement = f"was told that {are(withheld, 'denied')}, although the visitor allows it"
            findings.setdefault(last.request.host, _of_request(timeline, last, statement, "not told of consent"))
    findings.update(kept_from(timeline, profile, since))
    doubts = beyond.doubts if signals or is_commanded(timeline, since) else (*beyond.doubts, NO_SIGNAL)
    return Verdict((*beyond.findings, *findings.values()), doubts)


def signals_before_counting(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """Since the choice no service received a counting request on a page before a signal of the choice.

    Where the site uses Google's consent mode, a counting request without any signal is too early as well.
    """
    speaks = profile.signals.google_consent_mode or any(one.maker == "google" for one in signals_since(timeline, 0.0))
    findings: dict[tuple[str, str], Finding] = {}
    for request in between(timeline.requests, since):
        signals = signals_of(request)
        statement = _counts(request) if speaks and not signals and not request.document else ""
        for signal in signals:
            unset = [purpose for purpose, state in signal.allowed.items() if state is None]
            early = _withheld(signal, timeline.choice_at(signal.at), profile)
            if unset:
                statement = f"was asked to count before it had been told anything about {in_words(unset)}"
            elif early and _learns_later(signal, early, timeline):
                statement = f"was asked to count before it had been told that {are(early, 'allowed')}"
        if statement:
            key = (request.host, path_of(request.url))
            findings.setdefault(key, _finding(timeline, request, statement, "asked to count too early"))
    doubts = about_traffic(timeline, blind)
    if not (any(True for _ in signals_since(timeline, since)) or is_commanded(timeline, since)):
        doubts = (*doubts, NO_SIGNAL)
    return Verdict(tuple(findings.values()), doubts)


def recognises_nobody(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """No service received an identifier together with a refusal: one that outlives a page, or is stored."""
    loads_of: dict[tuple[str, str], set[Load]] = {}
    loads = Loads(timeline.requests)
    findings: dict[str, Finding] = {}
    for signal in signals_since(timeline, since):
        storage = Purpose.AD_STORAGE if signal.maker == "microsoft" else Purpose.ANALYTICS_STORAGE
        if not signal.client or signal.allowed.get(storage) is not False:
            continue
        told = loads_of.setdefault((signal.request.host, signal.client), set())
        if load := loads.of(signal.request):
            told.add(load)
        kept = _kept_as(timeline, signal)
        if kept or len(told) > 1:
            known = f'holds the same as "{shortened(kept)}"' if kept else "stays the same from page to page"
            statement = f"was told that nothing may be kept, but also a client id that {known}"
            findings.setdefault(
                signal.request.host, _of_request(timeline, signal, statement, "recognised despite refusal")
            )
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _beyond(timeline: Timeline, signal: ConsentSignal, wrong: Sequence[Purpose], choice: frozenset[str] | None) -> str:
    states = dict(signal.purposes)
    granted = [purpose for purpose in wrong if signal.allowed[purpose]]
    unset = [purpose for purpose in wrong if signal.allowed[purpose] is None]
    by_default = [purpose for purpose in wrong if purpose in states and states[purpose].default]
    who = "although the visitor has not chosen" if choice is None else "although the visitor does not allow it"
    if granted:
        return f"was told that {are(granted, 'granted')}, {who}"
    if unset:
        statement = f"was told nothing about {in_words(unset)} and takes that for consent, {who}"
        return f"{statement}{_why_unset(timeline, signal)}"
    if by_default:
        return f"was told of a default by which {are(by_default, 'granted')}, and that it was denied later, {who}"
    return f"was told that {are(wrong, 'denied')}, but of no default that says so from the beginning, {who}"


def _why_unset(timeline: Timeline, signal: ConsentSignal) -> str:
    """Return why a page's commands came to nothing, as far as the page shows it."""
    page = page_of(signal)
    given = [one for one in timeline.commands if without_fragment(one.frame) == page and one.at <= signal.at]
    arrays = [one for one in given if not one.works]
    if arrays and len(arrays) == len(given):
        return f" (the page pushed arrays, in which tags read no command: {place(arrays[0].script)})"
    if given and all(one.regions for one in given):
        return " (what the page says holds in some regions alone)"
    return ""


def _withheld(signal: ConsentSignal, choice: frozenset[str] | None, profile: Profile) -> list[Purpose]:
    """Return the purposes that the visitor allowed and that the signal denies."""
    denied = (purpose for purpose, state in signal.allowed.items() if state is False)
    return [purpose for purpose in denied if not serving(purpose, profile).isdisjoint(choice or ())]


def _learns_later(signal: ConsentSignal, purposes: Iterable[Purpose], timeline: Timeline) -> bool:
    """Return whether a later signal of the same page to the same host grants these purposes."""
    return any(
        later.request.host == signal.request.host
        and page_of(later) == page_of(signal)
        and all(later.allowed.get(purpose) for purpose in purposes)
        for later in signals_since(timeline, signal.at)
    )


def _last_on_each_page(signals: Sequence[ConsentSignal]) -> Iterator[ConsentSignal]:
    def of(signal: ConsentSignal) -> tuple[str, str]:
        return (signal.request.host, page_of(signal))

    for _, some in groupby(sorted(signals, key=of), key=of):
        yield list(some)[-1]


def _counts(request: Request) -> str:
    """Return what is wrong with a request that asks to count and says nothing about consent, empty for any other."""
    return "was asked to count without a word about consent" if asks_to_count(request) else ""


def _kept_as(timeline: Timeline, signal: ConsentSignal) -> str:
    """Return the name of a stored item that holds the client id; empty where none does."""
    states = (timeline.state_before(signal.at), timeline.state)
    items = (item for state in states if state for item in state.items)
    return next((item.name for item in items if len(signal.client) > 5 and signal.client in item.value.text), "")


def _of_request(timeline: Timeline, signal: ConsentSignal, statement: str, rule: str) -> Finding:
    return replace(_finding(timeline, signal.request, statement, rule), maker=signal.maker)


def _finding(timeline: Timeline, request: Request, statement: str, rule: str) -> Finding:
    spoken = f"the service at {request.host} {statement}: {request.method} {place(request.url)}"
    found = about_request(timeline, request, rule, "", spoken)
    return replace(found, name=found.name.partition(";")[0])  # some tags put their fields behind semicolons
