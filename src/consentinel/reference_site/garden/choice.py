"""The visitor's choice at the garden: one cookie, written and read by the server alone."""

import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request

COOKIE = "fb_choice"
MAX_AGE = 183 * 24 * 3600
"""Seconds for which a choice holds."""

VERSION = 4
"""Version of the policy. A choice that was made under another one no longer holds (P29)."""

OPTIONAL = ("comfort", "counts", "films", "outreach")
OBJECTABLE = frozenset({"counts"})
"""At work until the visitor objects."""

_VALUE = re.compile(r"p(?P<version>\d+)(?P<flags>(?:\.[a-z]+-[01])+)\.(?P<time>\d{1,12})")


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that a visitor has made: the categories that are allowed, and the moment in Unix seconds."""

    allowed: frozenset[str]
    made_at: int

    def value(self, version: int = VERSION) -> str:
        """Return the choice as the cookie holds it."""
        flags = "".join(f".{one}-{int(one in self.allowed)}" for one in OPTIONAL)
        return f"p{version}{flags}.{self.made_at}"

    def flags(self) -> str:
        """Return what was allowed and refused, without the moment: it tells nobody apart."""
        return self.value().rpartition(".")[0]


def told(flags: str | None) -> Choice | None:
    """Return the choice that a sister site has told of, as one that is made now."""
    return parse(f"{flags}.{int(time.time())}")


def chosen(allowed: Collection[str]) -> Choice:
    """Return a choice that is made now."""
    return Choice(frozenset(OPTIONAL).intersection(allowed), int(time.time()))


def parse(value: str | None, version: int = VERSION) -> Choice | None:
    """Return the choice that a cookie holds.

    It is None without a choice, for one of another version of the policy, and for one that has expired.
    """
    found = _VALUE.fullmatch(value or "")
    if found is None or int(found["version"]) != version or time.time() - int(found["time"]) > MAX_AGE:
        return None
    flags = dict(flag.split("-") for flag in found["flags"].split(".")[1:])
    return Choice(frozenset(one for one in OPTIONAL if flags.get(one) == "1"), int(found["time"]))


def of(cookies: Mapping[str, str]) -> Choice | None:
    """Return the choice among a request's cookies."""
    return parse(cookies.get(COOKIE))


def asks_for_privacy(request: Request) -> bool:
    """Return whether the browser sends Global Privacy Control: a refusal until the visitor chooses (P30)."""
    return request.headers.get("sec-gpc") == "1"


def at_work(request: Request) -> frozenset[str]:
    """Return what may be at work on a page: what was allowed; before a choice, what can only be objected to."""
    choice = of(request.cookies)
    if choice is not None:
        return choice.allowed
    return frozenset() if asks_for_privacy(request) else OBJECTABLE
