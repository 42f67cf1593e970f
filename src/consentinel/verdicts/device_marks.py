"""Finds what is computed of the device and sent: it recognises a visitor of whom nothing is stored (P10, P19).

Two new visitors with one browser send the same value. So they do with the number of a build, a key or the digest of a
query. A value is made of the device only if it changes when nothing but the readings of the device change: new visitors
walk the same way while pages and workers read another canvas, sound, processor and screen. Source: EDPB Guidelines
2/2023, paragraphs 38 to 40 (a fingerprint is access to what the device holds).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from consentinel.evidence.payload import HOST, PATH
from consentinel.evidence.records import Request
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import parameters
from consentinel.verdicts.decodings import read_base64
from consentinel.verdicts.identifiers import identifiers_in

Newcomer = Callable[[int], Timeline | None]
"""Sends another new visitor the same way, who chooses likewise; gives their record, None where nobody can.

The number says how the device's readings are altered: each alters them otherwise, and 0 leaves them as they are.
"""

ROUNDS = (1, 2, 1, 0)
"""The further visitors. Chance, an experiment of the site's or a number that changes by the hour pass none of them:
each alteration must give one value of its own, the same each time, and without one the first value must come back."""

_DIGEST = re.compile(r"[0-9a-f]{16,128}|[0-9A-F]{16,128}|[A-Za-z0-9+/_-]{20,128}={0,2}|\d{6,}\.\d{6,}")
"""What a digest looks like in hexadecimal or base64, or as two numbers, as services for statistics number browsers.

Shorter, it may be a number of something else; longer, content."""

_OF_32_BITS = re.compile(r"[0-9a-f]{8,15}|[0-9A-F]{8,15}|-\d{8,10}")
"""What a digest of few bits looks like, in hexadecimal or as a number. A length or an area of the screen, which the
readings alter as well, has fewer digits."""

_BY_SCRIPT = ("", "empty", "image")
"""What answers are for that a script asks for in order to tell something."""

_Name = tuple[str, str]
_Told = dict[_Name, set[str]]


def told_of_device(
    timeline: Timeline, others: Iterable[Timeline], profile: Profile, of: Callable[[str], bool], newcomer: Newcomer
) -> Iterator[tuple[Request, str]]:
    """Yield the requests that tell a value computed of the device, with the name of the parameter that holds it.

    `others` are the records of visitors who went the same way, one of whom sends the value as well. Nobody is sent who
    is not needed: the first to send the old value, with other readings, ends the search for it.
    """
    mine, theirs = _told(timeline, profile, of), _told_by_all(others, profile, of)
    held = {name: values & theirs.get(name, set()) for name, values in mine.items()}
    usual = set[str]().union(*mine.values(), *theirs.values())
    by_number: dict[int, _Told] = {}
    for number in ROUNDS:
        held = {name: values for name, values in held.items() if values}
        record = newcomer(number) if held else None
        if record is None:
            return
        told = _told(record, profile, of)
        if number == 0:
            held = {name: values & told.get(name, set()) for name, values in held.items()}
            continue
        earlier = set[str]().union(*(values for one in by_number.values() for values in one.values()))
        known = by_number.get(number)
        new = {
            name: values & known.get(name, set()) if known is not None else values - usual - earlier
            for name, values in told.items()
        }
        still = set[str]().union(*told.values())
        held = {name: values - still for name, values in held.items() if new.get(name)}
        by_number[number] = new
    for request in timeline.requests:
        for name, value in parameters(request, profile):
            if held.get((place(request.url), name), set()) & _digests_in(value):
                yield request, name


def may_be_of_device(request: Request, name: str, identifiers: Collection[str]) -> bool:
    """Return whether a script may have computed identifiers of the device although they look like no digest here.

    They are too short, or stand in a path that a script made.
    """
    if request.document or request.destination not in _BY_SCRIPT or (name == PATH and request.destination == "image"):
        return False
    return name == PATH or not any(map(_is_digest, identifiers))


def _told_by_all(records: Iterable[Timeline], profile: Profile, of: Callable[[str], bool]) -> _Told:
    found: _Told = defaultdict(set)
    for record in records:
        for name, values in _told(record, profile, of).items():
            found[name] |= values
    return found


def _told(timeline: Timeline, profile: Profile, of: Callable[[str], bool]) -> _Told:
    """Return what looks like a digest in the requests to some hosts, by address and parameter."""
    found: _Told = defaultdict(set)
    for request in timeline.requests:
        if of(request.host) and request.destination in _BY_SCRIPT and not request.document:
            for name, value in parameters(request, profile):
                if name not in (HOST, PATH) and (digests := _digests_in(value)):
                    found[place(request.url), name] |= digests
    return dict(found)


def _digests_in(value: str) -> set[str]:
    """Return the digests in a value; a text in base64, such as the name of the browser, is none."""
    return {one for one in identifiers_in(value) if _is_digest(one) or _OF_32_BITS.fullmatch(one)}


def _is_digest(identifier: str) -> bool:
    return bool(_DIGEST.fullmatch(identifier)) and not _is_text(read_base64(identifier))


def _is_text(text: str) -> bool:
    return bool(text) and text.isprintable()
