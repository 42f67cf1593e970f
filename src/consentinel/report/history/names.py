"""Names that change from run to run, made comparable.

A site may put a random token into a name: a measurement id (`_ga_ABC123`), a session's number, a build's hash. Such a
token is replaced by `*`, as patterns in a profile are written, so that two names that differ only there are one item.

This is done conservatively. A token counts as volatile only if it could hardly be a word:

- a UUID;
- six or more digits in a row (`1732492800`, `v20261124`);
- hexadecimal digits, eight or more, letters and figures mixed (`9f8a3c21`);
- capitals and figures mixed, six or more (`ABC123`, `G8XK2PQ0`);
- letters of both cases and figures mixed, ten or more (`aZ3kQ9xW1b`).

`sha256`, `utf8`, `consent2`, `abc123` stay as they are. Folding alone never hides a name: `report.history.drift`
compares by pattern only where the names of one pattern did change on both sides; names that last are separate items.
"""

from __future__ import annotations

import re

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WORD = re.compile(r"[0-9A-Za-z]+")
_DIGITS = re.compile(r"[0-9]{6,}")
_HEX = re.compile(r"(?=.*[0-9])(?=.*[a-fA-F])[0-9a-fA-F]{8,}")
_CAPITALS = re.compile(r"(?=.*[0-9])(?=.*[A-Z])[0-9A-Z]{6,}")
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Z])(?=.*[a-z])[0-9A-Za-z]{10,}")
_STARS = re.compile(r"\*{2,}")
_ADDRESS = re.compile(r"(?:https?|wss?)://([^\s/:?#]+)(?::\d+)?([^\s?#]*)(?:[?#]\S*)?", re.IGNORECASE)
_PLACE = re.compile(r"(?::\d+){1,2}$")


NAME_LIMIT = 300
"""Characters of a name that are kept; a longer one is cut."""


def plain(text: str) -> str:
    """Return the text as the history can keep it: cut at `NAME_LIMIT`, lone surrogates written out (`\\udc80`)."""
    return text[:NAME_LIMIT].encode("utf-8", "backslashreplace").decode("utf-8")


def pattern_of(name: str) -> str:
    """Return the name with each volatile token replaced by `*`; the name itself where there is none."""
    folded = _UUID.sub("*", name)
    folded = _WORD.sub(lambda word: _fold(word.group()), folded)
    return _STARS.sub("*", folded)


def writer_of(written_by: str) -> str:
    """Return who wrote, without what differs between two builds or two servers: port, query, line, column, hashes.

    `https://www.example:8443/js/app.9f8a3c21.js?v=7:14:5` becomes `www.example/js/app.*.js`.
    """
    plain = _ADDRESS.sub(
        lambda address: address.group(1).lower() + _PLACE.sub("", address.group(2)), without_line(written_by)
    )
    return pattern_of(plain)


def without_line(written_by: str) -> str:
    """Return who wrote, without line and column: `https://www.example/js/app.js:14:5` becomes its address alone."""
    return _PLACE.sub("", written_by.strip())


def _fold(word: str) -> str:
    if _HEX.fullmatch(word) or _CAPITALS.fullmatch(word) or _MIXED.fullmatch(word):
        return "*"
    return _DIGITS.sub("*", word)
