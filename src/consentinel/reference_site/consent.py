"""The visitor's choice as the server understands it.

The choice is written by ``static/consent.js`` into one functionality cookie and read here, so that server
and pages follow the same preferences (P02, P10, P12).
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

COOKIE = "harbour_consent"
MAX_AGE = 180 * 24 * 3600
"""Seconds for which a choice holds."""

CATEGORIES = ("functionality", "analytics", "social", "advertising")
OPTIONAL = CATEGORIES[1:]

_VALUE = re.compile(r"v1:(?P<flags>[a-z=01,]+):(?P<time>\d{1,12})")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that the visitor has made."""

    granted: frozenset[str]
    """The optional categories that were accepted."""
    made_at: int
    """Unix time in seconds."""

    def allows(self, category: str) -> bool:
        """Return whether things of this category may be stored, read and sent; functionality always may (P20)."""
        return category == "functionality" or category in self.granted


def parse(value: str | None, now: float | None = None) -> Choice | None:
    """Read the value of the consent cookie; ``None`` when there is no choice, or none that still holds."""
    match = _VALUE.fullmatch(value or "")
    if match is None:
        return None
    made_at = int(match["time"])
    if (time.time() if now is None else now) - made_at > MAX_AGE:
        return None
    flags = dict(pair.partition("=")[::2] for pair in match["flags"].split(","))
    return Choice(frozenset(name for name in OPTIONAL if flags.get(name) == "1"), made_at)


def of(cookies: Mapping[str, str]) -> Choice | None:
    """Return the choice among a request's cookies."""
    return parse(cookies.get(COOKIE))


def granted(choice: Choice | None, category: str) -> bool:
    """Return whether a category was granted; before a choice only functionality is."""
    return choice.allows(category) if choice else category == "functionality"
