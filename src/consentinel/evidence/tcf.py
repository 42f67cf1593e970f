"""TC strings: what a site says of the visitor's choice by IAB Europe's Transparency & Consent Framework, 2.2 and 2.3.

Source: IAB Tech Lab, "Consent string and vendor list formats v2". The strings are decoded by the package
`iab-tcf-bitarray`, the extra `tcf` of this project; without it they stay unread. No function here raises.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from consentinel.evidence.guarded import fields_of, query_of
from consentinel.evidence.records import Request

PARAMETER = "gdpr_consent"
"""The parameter by which a service is told the string (IAB Tech Lab, "URL-based services", 2019 and later)."""

# The core segment, then others between dots, in base64url. Version 2 begins with C.
_SHAPE = re.compile(r"C[A-Za-z0-9_-]{35,8000}(\.[A-Za-z0-9_-]{1,8000}){0,3}")

_HIGHEST = 65535
"""The highest number that a vendor can have: 16 bits."""


@dataclass(frozen=True, slots=True)
class Transparency:
    """What a TC string says.

    `policy` is the version of the policy, 4 for TCF 2.2 and 5 for 2.3. `purposes` and `vendors` are the numbers that
    have the visitor's consent, `interests` and `vendor_interests` those whose legitimate interest is established.
    `disclosed` are the vendors that the visitor was shown, None where the string does not tell.
    """

    policy: int
    purposes: frozenset[int]
    interests: frozenset[int]
    vendors: frozenset[int]
    vendor_interests: frozenset[int]
    disclosed: frozenset[int] | None


def can_decode() -> bool:
    """Whether the extra that decodes TC strings is installed."""
    return find_spec("iab_tcf") is not None


@lru_cache(maxsize=512)
def decoded(text: str) -> Transparency | None:
    """What a TC string of version 2 says; None for any other text, and where the extra is not installed."""
    if not _SHAPE.fullmatch(text) or not can_decode():
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the package's own, of datetime.utcfromtimestamp
            return _transparency(import_module("iab_tcf").decode(text))
    except Exception:  # noqa: BLE001 - the package reads a stranger's bits and names no error of its own
        return None


def strings_of(request: Request) -> tuple[str, ...]:
    """The TC strings that a request carries as parameters of its address or its form, each once."""
    fields = [*query_of(request.url), *fields_of(request.body.text)]
    return tuple(dict.fromkeys(value for name, value in fields if name == PARAMETER and value))


def _transparency(read: Any) -> Transparency:
    disclosed = getattr(read, "oob_disclosed_vendors", None)
    by_range, interests_by_range = read.is_consent_range_encoding, read.is_interests_range_encoding
    return Transparency(
        policy=read.tcf_policy_version,
        purposes=_set_bits(read.purposes_consent),
        interests=_set_bits(read.purposes_legitimate_interests),
        vendors=_numbers(read.consented_vendors_range) if by_range else _set_bits(read.consented_vendors),
        vendor_interests=(
            _numbers(read.interests_vendors_range) if interests_by_range else _set_bits(read.interests_vendors)
        ),
        disclosed=None if disclosed is None else _set_bits(disclosed),
    )


def _set_bits(field: dict[int, bool]) -> frozenset[int]:
    return frozenset(number for number, is_set in field.items() if is_set)


def _numbers(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(number for begun, ended in _apart(ranges) for number in range(begun, ended + 1))


def _apart(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges without their overlaps: thousands of a stranger's, each of all vendors, would take minutes to read."""
    reached = 0
    for begun, ended in sorted(ranges):
        if ended > reached:
            yield max(begun, reached + 1), min(ended, _HIGHEST)
            reached = ended
