"""Numbers with a fraction, as scripts compute them: times, sizes, scores. They say how something went, not who came.

Browsers print all digits that a number has in memory. Most of them are no more than the noise of the arithmetic:
Chromium tells a paint after 123.3 ms as 123.30000019073486. The point in such a number sets no parts apart.
"""

from __future__ import annotations

import re

LARGEST = 7
"""Digits before the point that such a number has at the most. Services number browsers by longer ones."""

FEWEST, MOST = 14, 17
"""Digits that count of a number in double precision, as its shortest form has them: a shorter one may be a text's."""

NOISE = 3e-7
"""How far a coarse reading may lie from its round value: clocks are added to moments, and sizes are kept in single
precision."""

_SINGLE = 2.0**-24
"""The same for large numbers of single precision, as a share of them."""

_ROUND = 3
"""Digits behind the point that a coarse reading has at the most: clocks are read in steps of 5 microseconds or more."""

_PRINTED = re.compile(rf"(?<![\w.])\d{{1,{LARGEST}}}\.\d{{8,24}}(?![\w.])", re.ASCII)


def rounded(text: str) -> str:
    """Return a text whose computed numbers have lost the noise of the arithmetic."""
    return _PRINTED.sub(_without_noise, text)


def without_computed(text: str) -> str:
    """Return a text with a space for each number that a script has computed."""
    return _PRINTED.sub(lambda number: " " if _is_computed(number[0]) else number[0], text)


def computed_in(text: str) -> list[str]:
    """Return the numbers in a text that a script has computed."""
    return list(filter(_is_computed, _PRINTED.findall(text)))


def _is_computed(number: str) -> bool:
    return FEWEST <= len(number.replace(".", "").lstrip("0")) <= MOST


def _without_noise(number: re.Match[str]) -> str:
    if not _is_computed(number[0]):
        return number[0]
    value = float(number[0])
    near = (round(value, digits) for digits in range(_ROUND + 1))
    return next((str(one) for one in near if abs(value - one) <= max(NOISE, value * _SINGLE)), number[0])
