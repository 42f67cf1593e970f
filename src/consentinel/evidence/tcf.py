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

from consentinel.evidence.guarded import fields_of, query_of
from consentinel.evidence.records import Request

PARAMETER = "gdpr_consent"
"""The parameter that carries the string to a service (IAB Tech Lab, "URL-based services", 2019 and later)."""

# The core segment, then others between dots, in base64url. Version 2 begins with C.
_SHAPE = re.compile(r"C[A-Za-z0-9_-]{35,24000}(\.[A-Za-z0-9_-]{1,24000}){0,3}")
_SIX_BITS = {
    sign: f"{number:06b}" for number, sign in enumerate(f"{string.ascii_uppercase}{string.ascii_lowercase}0123456789-_")
}
_DISCLOSED, _PUBLISHER = 1, 3
"""The types of the segments after the first: vendors that the visitor was shown, and the publisher's own purposes."""

NOBODY: frozenset[int] = frozenset()


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
    """What a TC string of version 2 says; None for any other text."""
    if not _SHAPE.fullmatch(text):
        return None
    core, *others = (_Bits("".join(_SIX_BITS[sign] for sign in segment)) for segment in text.split("."))
    try:
        return _transparency(core, others)
    except _TooShort:
        return None


def strings_of(request: Request) -> tuple[str, ...]:
    """The TC strings that a request carries as parameters of its address or its form, each once."""
    fields = [*query_of(request.url), *fields_of(request.body.text)]
    return tuple(dict.fromkeys(value for name, value in fields if name == PARAMETER and value))


class _TooShort(Exception):
    """A segment ends before its fields do."""


@dataclass(slots=True)
class _Bits:
    """The bits of a segment, as a text of 0 and 1, read from the first on."""

    text: str
    at: int = 0

    def take(self, count: int) -> str:
        begun, self.at = self.at, self.at + count
        if self.at > len(self.text):
            raise _TooShort
        return self.text[begun : self.at]

    def number(self, count: int) -> int:
        return int(self.take(count), 2)

    def numbers(self, count: int) -> frozenset[int]:
        """The places of the bits that are set, counted from 1."""
        return frozenset(place for place, bit in enumerate(self.take(count), 1) if bit == "1") if count else NOBODY

    def vendors(self) -> frozenset[int]:
        """A list of vendors: a bit for each, or ranges of their numbers."""
        highest = self.number(16)
        if not self.number(1):
            return self.numbers(highest)
        ranges = [self._range() for _ in range(self.number(12))]
        return frozenset(number for begun, ended in _apart(ranges) for number in range(begun, ended + 1))

    def _range(self) -> tuple[int, int]:
        is_range, begun = self.number(1), self.number(16)
        return begun, self.number(16) if is_range else begun


def _transparency(core: _Bits, others: list[_Bits]) -> Transparency:
    core.take(6 + 36 + 36 + 12 + 12 + 6 + 12 + 12)  # version, dates, manager, screen, language, list of vendors
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
    """The ranges without their overlaps: thousands of a stranger's, each of all vendors, would take minutes to read."""
    reached = 0
    for begun, ended in sorted(ranges):
        if ended > reached:
            yield max(begun, reached + 1), ended
            reached = ended
