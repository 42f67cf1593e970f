"""Addresses fit to be shown: what identifies a visitor stands in their queries, fragments and parameters.

Source: RFC 3986, section 3.
"""

from __future__ import annotations

import re

HIDDEN = "(hidden)"

_PARTS = re.compile(r"^([^?#]*)(\?[^#]*)?(#.*)?$", re.DOTALL)
_LINE = re.compile(r"(?::\d+){1,2}$")
_USER = re.compile(r"^(\w[\w+.-]*://)[^/?#@]*@")
_PATH_PARAMETER = re.compile(r"(;[^=/;]+=)[^/;]*")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>]+", re.IGNORECASE)


def without_query(address: str) -> str:
    """Return an address without user, query, fragment and values; of a script's place (`url:line`) the line stays."""
    place, query, fragment = _split(address)
    line = _LINE.search(query or fragment)
    return _place_shown(place) + (line[0] if line else "")


def with_values_hidden(address: str) -> str:
    """Return an address with the names of its parameters but not their values, nor its fragment."""
    place, query, fragment = _split(address)
    shown = _place_shown(place)
    if query:
        shown += "?" + "&".join(_pair_hidden(pair) for pair in query[1:].split("&"))
    return shown + (f"#{HIDDEN}" if fragment else "")


def addresses_hidden(text: str) -> str:
    """Return a text in which each address has its values hidden."""
    return _ADDRESS.sub(lambda found: with_values_hidden(found[0]), text)


def _split(address: str) -> tuple[str, str, str]:
    found = _PARTS.match(address)
    return (found[1], found[2] or "", found[3] or "") if found else (address, "", "")


def _place_shown(place: str) -> str:
    return _PATH_PARAMETER.sub(rf"\1{HIDDEN}", _USER.sub(r"\1", place))


def _pair_hidden(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    return f"{name}={HIDDEN}" if equals else HIDDEN
