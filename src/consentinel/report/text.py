"""Formats words and numbers for people, and makes text from a stranger harmless.

Page titles, names of cookies and addresses come from a site that may be hostile. `plain` removes everything that
could move a cursor, reverse the direction of a line or break an encoder. The templates escape text for HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

LIMIT = 400
"""The default limit, in characters, for text that comes from a site."""

_TAMED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})
_DAY_S = 86_400.0
_UNITS = ((_DAY_S, "day"), (3_600.0, "hour"), (60.0, "minute"), (1.0, "second"))
_MAKERS_SPELLING = {"webkit": "WebKit"}
_TERMLESS = {"cookie": "until the browser closes", "session_storage": "until the tab closes"}


def plain(text: str, limit: int = LIMIT) -> str:
    """Return the text on one line, at most `limit` characters, each invisible one written out as `[U+202E]`.

    Letters of every script stay; so do the joiners that Persian or Hindi need. A text that was shortened says how long
    it was.
    """
    shown = text if len(text) <= limit else text[:limit]
    if not shown.isprintable():
        shown = "".join(map(_visible, shown.translate(_BREAKS)))
    return shown if len(text) <= limit else f"{shown}… ({len(text):,} characters)"


def _visible(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in _TAMED:
        return character
    return f"[U+{ord(character):04X}]"


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, final = [*words] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def count(number: int, one: str, many: str = "") -> str:
    """`1 promise`, `2 promises`, `1,200 promises`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def seconds(value: float) -> str:
    """Return a duration as people say it: `0.8 s`, `12 s`, `2 min 5 s`."""
    if value < 0.0005:
        return "0 s"
    if value < 0.095:
        return f"{value * 1000:.0f} ms"
    if value < 9.95:
        return f"{value:.1f} s"
    whole = round(value)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"


def lifetime(value: float | None, kind: str = "cookie") -> str:
    """For how long an item of this kind is kept, to the unit that matters; None has no term of its own."""
    if value is None:
        return _TERMLESS.get(kind, "until it is removed")
    if value <= 0:
        return "already over"
    if value >= 60 * _DAY_S:
        days = round(value / _DAY_S)
        months = count(round(days * 12 / 365.25), "month")
        return months if days in (365, 366) else f"{months} ({days} days)"
    for unit_s, unit in _UNITS:
        if value >= unit_s * 0.995:
            number = round(value / unit_s, 1 if value < unit_s * 9.95 else 0)
            return count(int(number), unit) if number == int(number) else f"{number} {unit}s"
    return "less than a second"


def size(octets: int) -> str:
    """Return a size: `0 B`, `512 B`, `10.2 kB`."""
    return f"{octets:,} B" if octets < 1000 else f"{octets / 1000:,.1f} kB"


def day(epoch: float) -> str:
    """Return a day in universal time: `25 November 2026`."""
    when = datetime.fromtimestamp(epoch, UTC)
    return f"{when.day} {when:%B %Y}"


def moment(epoch: float) -> str:
    """Return a moment in universal time: `25 November 2026, 08:05 UTC`."""
    return f"{day(epoch)}, {datetime.fromtimestamp(epoch, UTC):%H:%M} UTC"


def browser(name: str) -> str:
    """Return a browser's name as its maker writes it."""
    return _MAKERS_SPELLING.get(name, name[:1].upper() + name[1:])


def version(reported: str) -> str:
    """Return a browser's version without its name, which drivers put in front: `chrome 156.0` is `156.0`."""
    return re.sub(r"^\D+(?=\d)", "", reported)


def choice(granted: Iterable[str] | None) -> str:
    """Return what the visitor has allowed, in words. Functionality is always allowed and so goes without saying."""
    if granted is None:
        return "before any choice"
    allowed = sorted(set(granted) - {"functionality"})
    return f"{listed(allowed)} allowed" if allowed else "all refused"


_KINDS = {
    "cookie": "cookie",
    "local_storage": "local storage",
    "session_storage": "session storage",
    "indexed_db": "IndexedDB database",
    "cache": "cache storage",
    "service_worker": "service worker",
    "file": "file in the browser",
    "request": "request",
    "page": "page",
}


def kind(name: str) -> str:
    """Return a kind of item in words; a kind that this version does not know stays as it is."""
    return _KINDS.get(name, name.replace("_", " "))
