"""Reads from a timeline what a visitor was left with, and what only passed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from consentinel.drafting.survey import Item, Traces
from consentinel.evidence.guarded import host_of, path_of
from consentinel.evidence.records import STORED_KINDS, Kind, Request, is_removal
from consentinel.evidence.signal_records import Maker
from consentinel.evidence.signals import signals_of
from consentinel.evidence.tcf import decoded, strings_of
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.carried import carried
from consentinel.verdicts.identifiers import SHORTEST, Finder, identifiers_in

_LINE = re.compile(r":\d+$")
"""The line, after the address of a script."""

MOST_ADDRESSES = 5000
"""Addresses of one visitor that are kept: a page may ask for any number."""


def traces_of(timeline: Timeline) -> Traces:
    """Return what a visitor left on the device and what only passed, with the hosts and addresses contacted."""
    stored = timeline.state.items if timeline.state else ()
    values = {Item(item.kind, item.host, item.name): item.value.text for item in stored}
    names = {(item.kind, item.name) for item in values}
    passed = {
        Item(write.kind, write.host, write.name): write.value.text
        for write in timeline.writes
        if write.kind in STORED_KINDS and write.operation == "set" and write.name and write.value.text
        if (write.kind, write.name) not in names
    } | {
        Item(Kind.COOKIE, cookie.host, cookie.name): cookie.value.text
        for cookie, _ in timeline.kept.taken
        if cookie.value.text and not is_removal(cookie.max_age) and (Kind.COOKIE, cookie.name) not in names
    }
    pages: dict[str, str] = {}
    for request in timeline.requests:
        pages.setdefault(request.host, path_of(request.page) or "/")
    return Traces(
        items=frozenset(values),
        hosts=frozenset(pages) - {""},
        pages=pages,
        values={**passed, **values},
        passed=frozenset(passed),
        addresses=frozenset([request.url for request in timeline.requests][:MOST_ADDRESSES]),
        told_of_consent=frozenset(_told_of_consent(timeline)),
        writers={
            (write.kind, write.name): _file(write.script)
            for write in timeline.writes
            if write.operation == "set" and write.script
        },
        settings=_settings(timeline.requests),
        told=_told(values, timeline.requests),
    )


def _file(script: str) -> str:
    """Return the address of a script, without query and line."""
    return _LINE.sub("", script).partition("?")[0]


def _settings(requests: Iterable[Request]) -> dict[str, frozenset[str]]:
    """Return the addresses of the JSON that each script asked for, as far as the browser says what asked."""
    asked: dict[str, set[str]] = {}
    for request in requests:
        if request.initiator and request.method == "GET" and "json" in request.content_type:
            asked.setdefault(_file(request.initiator), set()).add(request.url.partition("?")[0])
    return {script: frozenset(addresses) for script, addresses in asked.items()}


def _told(values: Mapping[Item, str], requests: Iterable[Request]) -> dict[str, frozenset[Item]]:
    """Return of which items each host was told what they hold: the value as it is, or a number in it."""
    holders: dict[str, set[Item]] = {}
    for item, value in values.items():
        for token in {*identifiers_in(value), *([value] if len(value) >= SHORTEST else [])}:
            holders.setdefault(token, set()).add(item)
    finder, told = Finder(holders), dict[str, set[Item]]()
    for request in requests:
        for text in dict.fromkeys(carried(request)):
            told.setdefault(request.host, set()).update(*(holders[token] for token in finder.found_in(text)))
    return {host: frozenset(items) for host, items in told.items() if items}


_MODES: Mapping[Maker, str] = {"google": "google_consent_mode", "microsoft": "microsoft_consent_mode"}
"""By what a command tells, where it is not by a maker's command alone."""


def _told_of_consent(timeline: Timeline) -> Iterator[tuple[str, str]]:
    """Yield what has a part in telling. Google's tags send signals everywhere; without a command they say nothing."""
    for command in timeline.commands:
        if host_of(command.frame):
            yield _MODES.get(command.maker, "consent_commands"), host_of(command.frame)
    yield from (("tcf", host_of(one.frame)) for one in timeline.strings if one.api == "tcf" and host_of(one.frame))
    for request in timeline.requests:
        if any(decoded(text) for text in strings_of(request)):
            yield "tcf", request.host
        for signal in signals_of(request):
            if any(state is not None for state in signal.allowed.values()):
                yield f"{signal.maker}_consent_mode", request.host
