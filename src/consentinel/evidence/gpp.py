"""Reads the strings of IAB's Global Privacy Platform (GPP): which sections they have, and which of a visitor's opt-outs
the sections for US states hold.

Source: IAB Tech Lab, "Global Privacy Platform", "GPP Consent String Specification" and the specifications of the US
sections. A string of any other form has no sections. No function here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consentinel.evidence.payload import address_fields, body_of
from consentinel.evidence.records import Request

SALE, SHARING, TARGETED = "the sale of their data", "its sharing", "targeted advertising"

_STATES = "usnat usca usva usco usut usct usfl usmt usor ustx usde usia usne usnh usnj ustn usmn usmd usin usky usri"

NAMES: Mapping[int, str] = {2: "tcfeuv2", 5: "tcfcav1", 6: "uspv1", **dict(enumerate(_STATES.split(), 7))}
"""The sections by number."""

_OPT_OUTS: Mapping[str, Mapping[str, int]] = {
    "usnat": {SALE: 18, SHARING: 20, TARGETED: 22},
    "usca": {SALE: 12, SHARING: 14},
    **{name: {SALE: 14, TARGETED: 16} for name in ("usut", "usia")},
    **{name: {SALE: 16, TARGETED: 18} for name in ("usmd", "usin", "usky", "usri")},
}
"""Where the core of a section has the two bits of each opt-out: 1 opted out, 2 did not, 0 not applicable."""

_OF_OTHER_STATES: Mapping[str, int] = {SALE: 12, TARGETED: 14}

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_US_PRIVACY = re.compile(r"1[YN-](?P<out>[YN])[YN-]")
_US_PRIVACY_SECTION = 6
_HEADER, _VERSION = 3, 1
_MOST_SECTIONS = 64


@dataclass(frozen=True, slots=True)
class Section:
    """One section. `opted_out` has what the visitor opted out of, and what not; nothing that does not apply."""

    name: str
    opted_out: Mapping[str, bool]


def sections_of(text: str) -> tuple[Section, ...]:
    """Return the sections of a string, in its order; none of a text that is no GPP string."""
    head, *parts = text.split("~")
    numbers = list(_numbers(_bits(head)))
    if not numbers or len(numbers) != len(parts):
        return ()
    return tuple(
        Section(NAMES.get(number, f"section {number}"), _opt_outs(number, part))
        for number, part in zip(numbers, parts, strict=True)
    )


def strings_sent(request: Request) -> tuple[str, ...]:
    """Return the GPP strings that a request carries as its parameter `gpp`."""
    return tuple(value for value in _fields_called("gpp", request) if sections_of(value))


def us_privacy_sent(request: Request) -> tuple[Section, ...]:
    """Return what a request says by the string that is older than GPP, in its parameter `us_privacy`."""
    said = (_opt_outs(_US_PRIVACY_SECTION, value) for value in _fields_called("us_privacy", request))
    return tuple(Section("us_privacy", opt_outs) for opt_outs in said if opt_outs)


def _fields_called(wanted: str, request: Request) -> Iterator[str]:
    fields = (*address_fields(request.url), *body_of(request))
    return (value for name, value in fields if name.rpartition(".")[2] == wanted)


def _bits(text: str) -> str:
    if not all(sign in _ALPHABET for sign in text):
        return ""
    return "".join(f"{_ALPHABET.index(sign):06b}" for sign in text)


def _numbers(bits: str) -> Iterator[int]:
    """Yield the sections that a header names: its type, its version, and a range of Fibonacci numbers."""
    if len(bits) < 24 or int(bits[:6], 2) != _HEADER or int(bits[6:12], 2) != _VERSION:
        return
    at, last = 24, 0
    for _ in range(min(int(bits[12:24], 2), _MOST_SECTIONS)):
        is_range = bits[at : at + 1] == "1"
        first, at = _fibonacci(bits, at + 1)
        steps, at = _fibonacci(bits, at) if is_range else (0, at)
        if not first:
            return
        yield from range(last + first, last + first + min(steps, _MOST_SECTIONS) + 1)
        last += first + steps


def _fibonacci(bits: str, at: int) -> tuple[int, int]:
    """Return the number that begins at a bit, and where it ends; 0 where none does. Two ones in a row end it."""
    end = bits.find("11", at)
    if end < 0:
        return 0, len(bits)
    number, (one, two) = 0, (1, 2)
    for bit in bits[at : end + 1]:
        number += one if bit == "1" else 0
        one, two = two, one + two
    return number, end + 2


def _opt_outs(number: int, part: str) -> dict[str, bool]:
    if number == _US_PRIVACY_SECTION:  # four signs: version, notice, opt-out of the sale, agreement
        said = _US_PRIVACY.fullmatch(part)
        return {SALE: said["out"] == "Y"} if said else {}
    name = NAMES.get(number, "")
    if not name.startswith("us"):
        return {}
    bits = _bits(part.partition(".")[0])
    found = {what: bits[at : at + 2] for what, at in _OPT_OUTS.get(name, _OF_OTHER_STATES).items()}
    return {what: said == "01" for what, said in found.items() if said in ("01", "10")}
