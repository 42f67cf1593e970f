"""Splits a run of a policy's text into sentences."""

from __future__ import annotations

import re

from consentinel.policy.fingerprints import MONTHS

_END = re.compile(r"(?<=[.!?…])[\"'”»)]*\s+(?=[\"'“«(]*[A-ZÀ-ÞŒ0-9])")
_SHORT = re.compile(
    r"\b(?:e\.g|i\.e|etc|cf|no|art|inc|ltd|co|corp|vs|p\.ex|z\.\s?b|bzw|usw|d\.\s?h|ca|ggf|nr|abs|ej|ecc|es|sig|[a-z])\.$",
    re.I,
)
_NUMBER = re.compile(r"\d{1,3}\.$")
"""What a heading's number and a day of a date end with: `2. Statistics`, `Stand: 3. November`."""

_MONTH = re.compile(rf"(?:{MONTHS})\b", re.I)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a run of text. An abbreviation, a heading's number or the day of a date ends none."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _goes_on(found[-1], part):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part.strip())
    return found


def _goes_on(begun: str, part: str) -> bool:
    if _SHORT.search(begun):
        return True
    return bool(_NUMBER.search(begun)) and (bool(_NUMBER.fullmatch(begun)) or bool(_MONTH.match(part)))
