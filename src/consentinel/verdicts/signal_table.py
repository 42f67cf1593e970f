"""Lists what the visitor chose, what pages said of it, what requests told, and what was stored: side by side.

A row covers the time of one choice and one way of telling. It is no verdict: `differs` repeats what the rules about
signals find in that time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from consentinel.evidence.gpp import sections_of, strings_sent
from consentinel.evidence.records import Action, Choice, Record, Request
from consentinel.evidence.signal_records import MAKERS, Maker
from consentinel.evidence.signals import GRANTED, ConsentSignal, Purpose, signals_of
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of
from consentinel.site.profile import Profile
from consentinel.verdicts import signals, transparency
from consentinel.verdicts.finding import Finding
from consentinel.verdicts.messages import listed, thing
from consentinel.verdicts.tc_said import Said, consented, everything_said, spoken, stored

MOST_HOSTS = 8
"""Hosts that one row names."""

_MEANS: Mapping[Maker, str] = {
    "google": "Google consent mode",
    "microsoft": "Microsoft UET consent mode",
    "meta": "Meta Pixel's command",
    "tiktok": "TikTok Pixel's command",
    "clarity": "Microsoft Clarity's command",
}

NO_CONSENT = "no consent"


@dataclass(frozen=True, slots=True)
class SignalRow:
    """One choice and one way of telling. `chosen` is None before a choice; `differs` are sentences of findings."""

    chosen: frozenset[str] | None
    means: str
    page: tuple[str, ...]
    requests: tuple[str, ...]
    stored: tuple[str, ...]
    differs: tuple[str, ...] = ()


def signal_rows(timeline: Timeline, profile: Profile) -> tuple[SignalRow, ...]:
    """Return the rows of one visitor, in the order of their choices; none where nothing was told by any means."""
    rows: list[SignalRow] = []
    for span, chosen, taken in _spans(timeline):
        found = [*_of_modes(span, profile, chosen, taken), _of_strings(span, profile, chosen, taken)]
        found += [_of_platform(span, chosen), _of_wish(span, chosen)]
        rows += [row for row in found if row is not None]
    return tuple(rows)


def _spans(timeline: Timeline) -> Iterator[tuple[Timeline, frozenset[str] | None, float]]:
    """Yield the time of each choice, as a timeline of its own that still knows of all choices and actions.

    With it come the choice and the moment from which it holds. While the visitor makes it, more is allowed: pages may
    still say the former choice.
    """
    begun: list[tuple[float, frozenset[str] | None, float]] = [(0.0, None, 0.0)]
    for _, one in groupby(timeline.choices, key=lambda choice: timeline.action_before(choice.at)):
        first, *later = one
        last = later[-1] if later else first
        if last.granted != begun[-1][1]:
            begun.append((first.at, last.granted, last.at))
    ends = [at for at, _, _ in begun[1:]] + [float("inf")]
    for (at, chosen, taken), end in zip(begun, ends, strict=True):
        yield Timeline(timeline.visitor, timeline.browser, tuple(_within(timeline.records, at, end))), chosen, taken


def _within(records: Iterable[Record], begun: float, ended: float) -> Iterator[Record]:
    return (one for one in records if isinstance(one, (Action, Choice)) or begun <= one.at < ended)


def _of_modes(
    span: Timeline, profile: Profile, chosen: frozenset[str] | None, taken: float
) -> Iterator[SignalRow | None]:
    found = signals.nothing_allowed_beyond_choice(span, profile, ()).findings
    if chosen:
        found += signals.signals_the_choice(span, profile, (), taken).findings
    for maker in MAKERS:
        yield _of_mode(span, profile, chosen, maker, found)


def _of_mode(
    span: Timeline, profile: Profile, chosen: frozenset[str] | None, maker: Maker, found: Sequence[Finding]
) -> SignalRow | None:
    last: dict[str, ConsentSignal] = {}
    for request in span.requests:
        last.update({one.request.host: one for one in signals_of(request) if one.maker == maker})
    page = _commanded(span, maker)
    if not last and not page:
        return None
    return SignalRow(
        chosen,
        _MEANS[maker],
        page,
        tuple(f"{host}: {_states(signal.allowed)}" for host, signal in list(last.items())[:MOST_HOSTS]),
        _optional(span, profile),
        _sentences(one for one in found if one.maker == maker),
    )


def _commanded(span: Timeline, maker: Maker) -> tuple[str, ...]:
    """Return what holds by the page's commands to a maker's tags, those for some regions left out."""
    states: dict[Purpose, bool | None] = {}
    commands = [command for command in span.commands if command.maker == maker]
    for command in commands:
        if command.works and not command.regions:
            states.update({Purpose(name): state == GRANTED for name, state in command.states})
    arrays = any(not command.works for command in commands)
    said = (_states(states),) if states else ()
    return (*said, "commands as arrays, which had no effect") if arrays else said


def _states(states: dict[Purpose, bool | None]) -> str:
    words = {True: "granted", False: "denied", None: "not set"}
    parts = []
    for state, word in words.items():
        named = [str(purpose) for purpose, one in states.items() if one is state]
        if named:
            parts.append(f"{word}: {'everything' if len(named) == len(Purpose) else listed(named)}")
    return "; ".join(parts)


def _optional(span: Timeline, profile: Profile) -> tuple[str, ...]:
    """Return the stored items of categories that can be refused."""
    names: dict[str, list[str]] = {}
    for item in span.state.items if span.state else ():
        for category in categories_of(item, profile):
            if category in profile.refusable:
                names.setdefault(str(category), []).append(item.name)
    return tuple(f"{category}: {listed(sorted(set(found)))}" for category, found in names.items())


def _of_strings(span: Timeline, profile: Profile, chosen: frozenset[str] | None, taken: float) -> SignalRow | None:
    said = list(everything_said(span, 0.0))
    pages = list(spoken(span, 0.0))
    if not said:
        return None
    rule = transparency.says_what_was_allowed if chosen else transparency.nothing_consented
    found = (*rule(span, profile, (), taken).findings, *transparency.agrees_with_page(span, profile, ()).findings)
    requests = {one.by.host: one for one in said if isinstance(one.by, Request)}
    return SignalRow(
        chosen,
        "TC string",
        (_in_words(pages[-1]),) if pages else (),
        tuple(f"{host}: {_in_words(one)}" for host, one in list(requests.items())[:MOST_HOSTS]),
        tuple(_kept(span)),
        _sentences(found),
    )


def _kept(span: Timeline) -> Iterator[str]:
    for item in span.state.items if span.state else ():
        for one in stored([item], 0.0):
            yield f"{thing(item.kind, item.name)}: {_in_words(one)}"


def _in_words(said: Said) -> str:
    return consented(said.string) or NO_CONSENT


def _of_platform(span: Timeline, chosen: frozenset[str] | None) -> SignalRow | None:
    """Return what GPP strings say of the visitor's opt-outs."""
    pages = [_opt_outs(one.text.text) for one in span.strings if one.api == "gpp" and one.text.text]
    sent = {request.host: text for request in span.requests for text in strings_sent(request)}
    if not pages and not sent:
        return None
    requests = tuple(f"{host}: {_opt_outs(text)}" for host, text in list(sent.items())[:MOST_HOSTS])
    return SignalRow(chosen, "GPP string", tuple(pages[-1:]), requests, ())


def _opt_outs(text: str) -> str:
    """Return the sections of a GPP string, each with what the visitor opted out of."""
    said = [
        f"{section.name}: {listed([what for what, out in section.opted_out.items() if out]) or 'no opt-out'}"
        for section in sections_of(text)
    ]
    return "; ".join(said) or "a string without sections"


def _of_wish(span: Timeline, chosen: frozenset[str] | None) -> SignalRow | None:
    shown = [one for one in span.preferences if one.gpc]
    asked = sum(one.asks_for_privacy for one in span.requests)
    if not shown and not asked:
        return None
    page = ("scripts see that the browser asks not to be sold or shared",) if shown else ()
    return SignalRow(
        chosen, "Global Privacy Control", page, (f"Sec-GPC on {asked} of {len(span.requests)} requests",), ()
    )


def _sentences(found: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.sentence for one in found))
