"""Writes TC strings, for deployments that tell services of consent by IAB's Transparency & Consent Framework.

Source: IAB Tech Lab, "Consent string and vendor list formats v2".
"""

import string
from collections.abc import Collection, Iterable

_SIGNS = f"{string.ascii_uppercase}{string.ascii_lowercase}0123456789-_"
_DAY = 17_856_288_000  # 1 August 2026, in tenths of a second
_MANAGER, _LIST, _POLICY = 300, 99, 5


def tc_string(
    purposes: Iterable[int] = (),
    vendors: Iterable[int] = (),
    *,
    interests: Iterable[int] = (),
    vendor_interests: Iterable[int] = (),
    features: Iterable[int] = (),
    publisher: Iterable[int] = (),
    disclosed: Iterable[int] | None = (1, 2, 755),
    updated: int = _DAY,
) -> str:
    """Return a string of TCF 2.3: who has consent, and whose legitimate interest is established.

    `disclosed` None leaves out the segment that came with 2.3; `updated` is in tenths of a second since the epoch.
    """
    core = (
        _number(2, 6)
        + _number(_DAY, 36)
        + _number(updated, 36)
        + _number(_MANAGER, 12)
        + _number(1, 12)
        + _number(1, 6)
    )
    core += _number(4, 6) + _number(13, 6) + _number(_LIST, 12) + _number(_POLICY, 6) + "10"  # EN; on this site alone
    core += (
        _places(features, 12) + _places(purposes, 24) + _places(interests, 24) + "0" + _number(5, 6) + _number(17, 6)
    )
    core += _vendors(list(vendors)) + _vendors(list(vendor_interests)) + _number(0, 12)
    segments = [core]
    if disclosed is not None:
        segments.append(_number(1, 3) + _vendors(list(disclosed)))
    segments.append(_number(3, 3) + _places(publisher, 24) + _places((), 24) + _number(0, 6))
    return ".".join(map(_text, segments))


def _number(value: int, bits: int) -> str:
    return f"{value:0{bits}b}"


def _places(numbers: Iterable[int], bits: int) -> str:
    known = set(numbers)
    return "".join("1" if place in known else "0" for place in range(1, bits + 1))


def _vendors(numbers: Collection[int]) -> str:
    highest = max(numbers, default=0)
    return _number(highest, 16) + "0" + _places(numbers, highest)


def _text(bits: str) -> str:
    padded = bits + "0" * (-len(bits) % 24)
    return "".join(_SIGNS[int(padded[at : at + 6], 2)] for at in range(0, len(padded), 6))
