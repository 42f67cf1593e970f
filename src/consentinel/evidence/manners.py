"""Describes how gently a run treats a site: its pace, and what the site asked to be spared.

One object serves a whole worker: its recording proxy, its visitors and its requests without a browser.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

from consentinel.evidence.guarded import host_of, parts_of

REFUSALS = frozenset({403, 429, 503})
"""The statuses that, with a Retry-After, ask to be left alone (RFC 9110, section 10.2.3; RFC 6585, section 4)."""

LONGEST = 366 * 86400.0
"""Seconds for which a site is left alone at the most, whatever number or year it names."""


def _nothing(url: str) -> str:
    return ""


class Manners:
    """The manners of one worker. `per_second` is the most requests a second to each host, None for any number.

    `forbidden` says why a page must not be visited, in a few words; empty for a page that may be.
    """

    def __init__(self, per_second: float | None = None, forbidden: Callable[[str], str] = _nothing) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._forbidden = forbidden
        self._next: dict[str, float] = {}
        self._spared: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, now: float | None = None) -> float:
        """Take a host's next free moment, and return the seconds until then. `now` is by `time.monotonic`."""
        if not self._gap:
            return 0.0
        now = time.monotonic() if now is None else now
        with self._lock:
            moment = max(now, self._next.get(host, -math.inf))
            self._next[host] = moment + self._gap
        return moment - now

    def answered(self, url: str, status: int, retry_after: str, now: float | None = None) -> None:
        """Note a page's answer: a refusal that says for how long it holds is kept to. `now` is since the epoch."""
        now = time.time() if now is None else now
        seconds = seconds_of(retry_after, now)
        if status in REFUSALS and seconds > 0:
            self._spared[parts_of(url).netloc] = now + seconds, f"{status} (Retry-After: {retry_after})"

    def refusal(self, url: str, now: float | None = None) -> str:
        """Return why a page must not be visited now; empty where nothing speaks against it."""
        now = time.time() if now is None else now
        until, said = self._spared.get(parts_of(url).netloc, (0.0, ""))
        if now < until:
            return f"{host_of(url)} answered {said}, and is left alone for {math.ceil(until - now)} seconds more"
        return self._forbidden(url)


class _Unlimited(Manners):
    """Manners of a site that is treated as a person's browser treats it: a refusal is not remembered."""

    def answered(self, url: str, status: int, retry_after: str, now: float | None = None) -> None:
        """Note nothing."""


UNLIMITED: Final[Manners] = _Unlimited()
"""No limits: nothing waits, and each page may be visited."""


def seconds_of(retry_after: str, now: float) -> float:
    """Return the seconds that a Retry-After asks for, a number or a date (RFC 9110, section 10.2.3).

    It is 0 where it is neither, and `LONGEST` at the most.
    """
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), LONGEST)
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year or an hour that no clock holds
        return 0.0
    return min((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now, LONGEST)
