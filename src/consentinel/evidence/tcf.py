"""TC strings: what a site says of the visitor's choice by IAB Europe's Transparency & Consent Framework, 2.2 and 2.3.

Source: IAB Tech Lab, "Consent string and vendor list formats v2". The two decoders on PyPI are not kept up (2022 and
2024), and the younger one installs a package `tests` beside itself. So the few fields that verdicts need are read here,
and the tests hold them against IAB Tech Lab's own encoder. No function here raises.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consentinel.evidence.guarded import json_of, query_of
from consentinel.evidence.payload import body_of
from consentinel.evidence.records import Request

PARAMETER = "gdpr_consent"
"""The parameter that carries the string to a service (IAB Tech Lab, "URL-based services", 2019 and later)."""

ALIASES = frozenset({PARAMETER, "gdpr_consent_string", "consent_string", "consentstring", "tc_string", "tcstring"})
"""Names, in lower case, under which services take a string as well. Whatever they hold counts only if it is one."""

APPLIES = "gdpr"
"""The parameter that says whether the GDPR applies to the visitor: 1 or 0."""

_CARRIES = re.compile("consent|tc_?string", re.IGNORECASE)
"""What stands in each of these names."""

# An advertiser's placeholder that nobody has filled in, such as ${GDPR_CONSENT_755}: no service is told anything by it.
# The same holds for what a script writes that has no string yet; Google's tags say `tcunavailable` then.
_PLACEHOLDER = re.compile(r"[$%{\[].*|undefined|null|none|nan|false|true|[01]|tcunavailable", re.IGNORECASE | re.DOTALL)

# The core segment, then others between dots, in base64url. Version 2 begins with C.
_SHAPE = re.compile(r"C[A-Za-z0-9_-]{35,24000}(\.[A-Za-z0-9_-]{1,24000}){0,3}")
_SIX_BITS = {
    sign: f"{number:06b}" for number, sign in enumerate(f"{string.ascii_uppercase}{string.ascii_lowercase}0123456789-_")
}
_DISCLOSED, _PUBLISHER = 1, 3
"""The types of the segments after the first: vendors that the visitor was shown, and the publisher's own purposes."""

NOBODY: frozenset[int] = frozenset()

_BEGUN, _ENDED = 1_522_540_800, 4_102_444_800
"""April 2018, when the framework began, and 2100: a text with a date outside of it only looks like a string."""


@dataclass(frozen=True, slots=True)
class Transparency:
    """What a TC string says.

    `policy` is the version of the policy, 4 for TCF 2.2 and 5 for 2.3. `purposes` and `vendors` are the numbers that
    have the visitor's consent, `interests` and `vendor_interests` those whose legitimate interest is established.
    `disclosed` are the vendors that the visitor was shown, None where the string does not say. `features` are the
    special features that the visitor opted in to. `publisher` are the purposes for which the publisher itself has
    consent.
    """

    policy: int
    purposes: frozenset[int]
    interests: frozenset[int]
    vendors: frozenset[int]
    vendor_interests: frozenset[int]
    disclosed: frozenset[int] | None
    features: frozenset[int] = NOBODY
    publisher: frozenset[int] = NOBODY


@lru_cache(maxsize=512)
def decoded(text: str) -> Transparency | None:
    """Return what a TC string of version 2 says; None for any other text."""
    if not _SHAPE.fullmatch(text):
        return None
    core, *others = (_Bits("".join(_SIX_BITS[sign] for sign in segment)) for segment in text.split("."))
    try:
        return _transparency(core, others)
    except _NoString:
        return None


def strings_of(request: Request) -> tuple[str, ...]:
    """Return the TC strings that a request carries, each once.

    They stand in parameters, in fields of its body, or in a bid request's JSON. What stands in the standard parameter
    counts as one whether or not it can be read.
    """
    if not request.fields and not _CARRIES.search(request.url) and not _CARRIES.search(request.body.text):
        return ()  # nearly all requests: nothing of them has to be taken apart
    fields = [*query_of(request.url), *body_of(request)]
    named = ((name.rpartition(".")[2].lower(), value) for name, value in fields)
    found = [
        value
        for name, value in named
        if (name == PARAMETER and value and not _PLACEHOLDER.fullmatch(value)) or (name in ALIASES and decoded(value))
    ]
    return tuple(dict.fromkeys([*found, *_of_bids(request)]))


def says_elsewhere(request: Request) -> bool:
    """Return whether a request tells its service that the GDPR does not apply to this visitor."""
    return "gdpr=0" in request.url and any(name == APPLIES and value == "0" for name, value in query_of(request.url))


def _of_bids(request: Request) -> Iterator[str]:
    """Yield the strings of OpenRTB bid requests: `user.consent` in 2.6, `user.ext.consent` before."""
    if '"user"' not in request.body.text:
        return
    user = _inside(json_of(request.body.text), "user")
    for place in (user, _inside(user, "ext")):
        text = _inside(place, "consent")
        if isinstance(text, str) and decoded(text):
            yield text


def _inside(structure: object, name: str) -> object:
    return structure.get(name) if isinstance(structure, dict) else None


class _NoString(Exception):
    """A segment ends before its fields do, or a field holds what no string has."""


@dataclass(slots=True)
class _Bits:
    """The bits of a segment, as a text of 0 and 1, read from the first on."""

    text: str
    at: int = 0

    def take(self, count: int) -> str:
        begun, self.at = self.at, self.at + count
        if self.at > len(self.text):
            raise _NoString
        return self.text[begun : self.at]

    def number(self, count: int) -> int:
        return int(self.take(count), 2)

    def numbers(self, count: int) -> frozenset[int]:
        """Return the places of the bits that are set, counted from 1."""
        return frozenset(place for place, bit in enumerate(self.take(count), 1) if bit == "1") if count else NOBODY

    def vendors(self) -> frozenset[int]:
        """Return a list of vendors: a bit for each, or ranges of their numbers."""
        highest = self.number(16)
        if not self.number(1):
            return self.numbers(highest)
        ranges = [self._range() for _ in range(self.number(12))]
        return frozenset(number for begun, ended in _apart(ranges) for number in range(begun, ended + 1))

    def _range(self) -> tuple[int, int]:
        is_range, begun = self.number(1), self.number(16)
        return begun, self.number(16) if is_range else begun


def _transparency(core: _Bits, others: list[_Bits]) -> Transparency:
    core.take(6)  # the version
    if not all(_BEGUN * 10 <= core.number(36) < _ENDED * 10 for _ in ("created", "updated")):  # in tenths of a second
        raise _NoString
    core.take(12 + 12 + 6 + 12 + 12)  # manager and its version, screen, language, list of vendors
    policy = core.number(6)
    core.take(2)  # whether it holds on this site alone, and whether its texts are the framework's
    features, purposes, interests = core.numbers(12), core.numbers(24), core.numbers(24)
    core.take(1 + 12)  # whether purpose 1 was asked about at all, and the publisher's country
    vendors, vendor_interests = core.vendors(), core.vendors()
    segments = {segment.number(3): segment for segment in others}
    disclosed, publisher = segments.get(_DISCLOSED), segments.get(_PUBLISHER)
    return Transparency(
        policy=policy,
        purposes=purposes,
        interests=interests,
        vendors=vendors,
        vendor_interests=vendor_interests,
        disclosed=disclosed.vendors() if disclosed else None,
        features=features,
        publisher=publisher.numbers(24) if publisher else NOBODY,
    )


def _apart(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges without their overlaps.

    Thousands of overlapping ranges, each of all vendors, would take minutes to read.
    """
    reached = 0
    for begun, ended in sorted(ranges):
        if ended > reached:
            yield max(begun, reached + 1), ended
            reached = ended
