"""Hides secrets in every file and message: what signs somebody in, or proves that somebody is signed in.

A secret is known by its name (session, token, password and their like, and what the profile adds), by the browser's own
mark of what no script may read (HttpOnly), or because the harness itself was given it in the environment. It is hidden
in its own place, and wherever else the same text turns up: in a body, an address, a message.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from consentinel.evidence.guarded import json_of, quoted

WITHHELD = "(secret)"

SHORTEST_GIVEN = 4
SHORTEST_LEARNT = 8
SURELY_RANDOM = 16
"""A text of so many characters is no word that a page may hold for other reasons, even if it has no digit."""

_NAMED = re.compile(
    r"sess(?:ion|id|$)|(?:^|[^a-z])s?sid(?:$|[^a-z])|auth(?!or)|token|jwt|[cx]srf|passw|passphrase|(?:^|[^a-z])pwd"
    r"|secret|api[-_.]?key|credential|(?:^|[^a-z])otp(?:$|[^a-z])|bearer|sso(?:$|[^a-z])|remember|verification",
    re.IGNORECASE,
)
_IN_JSON = (
    re.compile(r'"([^"\\]{1,80})"\s*:\s*"((?:[^"\\]|\\.)*)"'),
    re.compile(r'\\"([^"\\]{1,80})\\"\s*:\s*\\"([^"\\]*)\\"'),  # JSON that stands in JSON
)
_IN_FORMS = (
    re.compile(r"(?:^|[?&#;\s])([^=&?#;\s\"'<>]{1,80})=([^&#;\s\"'<>]*)"),
    re.compile(r'\bname="([^"\r\n]{1,80})"\r?\n\r?\n([^\r\n]*)'),
)
_ELEMENT = re.compile(r"<(?:input|meta)\b[^>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""\b(name|value|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)

Matcher = Callable[[str], bool]


@lru_cache(maxsize=4096)  # the same headers and cookies come with every request
def is_named_like_a_secret(name: str) -> bool:
    """Return whether a cookie, key, field, parameter or header of this name holds what signs somebody in."""
    return _NAMED.search(name) is not None


class Secrets:
    """The secrets of a scenario. `given` are values from the environment; `also` match further names of secrets."""

    def __init__(self, given: Iterable[str] = (), also: Iterable[Matcher] = ()) -> None:
        self._also = tuple(also)
        self._cookies: set[str] = set()
        self._values = {value for value in given if len(value) >= SHORTEST_GIVEN}
        self._needles: tuple[str, ...] | None = None

    def is_secret(self, name: str) -> bool:
        """Return whether a key, field, parameter or header of this name is a secret."""
        return is_named_like_a_secret(name) or any(matches(name) for matches in self._also)

    def is_secret_cookie(self, name: str) -> bool:
        """Return whether a cookie of this name is a secret, by its name or because `learn_cookie` was given it."""
        return name in self._cookies or self.is_secret(name)

    def learn(self, name: str, value: str) -> None:
        """Remember the value if its name is a secret's."""
        if self.is_secret(name):
            self._add(value)

    def learn_cookie(self, name: str, value: str, *, secret: bool) -> None:
        """Remember a cookie's value if it is a secret. With `secret` it is one, whatever its name."""
        if secret:
            self._cookies.add(name)
        if self.is_secret_cookie(name):
            self._add(value)

    def learn_from(self, text: str) -> None:
        """Remember the secrets in a body or an address: values by name in JSON, a form or a page's fields."""
        for name, value in _pairs(text):
            self.learn(name, value)

    def hides(self, text: str) -> bool:
        """Return whether a secret stands in the text."""
        return any(needle in text for needle in self._all())

    def without(self, text: str) -> str:
        """Return the text with the value of every remembered secret hidden."""
        for needle in self._all():
            if needle in text:
                text = text.replace(needle, WITHHELD)
        return text

    def purged(self, content: Any) -> Any:
        """Return JSON content in which `without` was applied to every text."""
        match content:
            case str():
                return self.without(content)
            case dict():
                return {key: self.purged(value) for key, value in content.items()}
            case list() | tuple():
                return [self.purged(value) for value in content]
            case _:
                return content

    def as_json(self, content: Any) -> str:
        """Return the content as JSON in ASCII, without secrets."""
        text = json.dumps(content, separators=(",", ":"))
        return json.dumps(self.purged(content), separators=(",", ":")) if self.hides(text) else text

    def names_obeyed(self, text: str) -> str:
        """Return a form, an address, JSON or a page with each value hidden whose name is a secret's, however short."""
        for pattern in (*_IN_JSON, *_IN_FORMS):
            text = pattern.sub(self._pair, text)
        return _ELEMENT.sub(self._element, text)

    def _pair(self, found: re.Match[str]) -> str:
        secret = found[2] and self.is_secret(unquote_plus(found[1]))
        return _replaced(found, 2) if secret else found[0]

    def _element(self, found: re.Match[str]) -> str:
        name, value = _field(found[0])
        if not value or not self.is_secret(name):
            return found[0]
        return _ATTRIBUTE.sub(
            lambda one: one[0] if one[1].lower() == "name" else _replaced(one, one.lastindex or 0), found[0]
        )

    def _add(self, value: str) -> None:
        if _is_telling(value):
            self._values.add(value)
            self._needles = None

    def _all(self) -> tuple[str, ...]:
        if self._needles is None:
            forms = {form for value in self._values for form in _forms(value)}
            self._needles = tuple(sorted(forms, key=len, reverse=True))
        return self._needles


def _replaced(found: re.Match[str], group: int) -> str:
    begin, end = found.start(group) - found.start(), found.end(group) - found.start()
    return f"{found[0][:begin]}{WITHHELD}{found[0][end:]}"


def _is_telling(value: str) -> bool:
    """Return whether the value, met elsewhere, is sure to be the secret and no word."""
    telling = len(value) >= SURELY_RANDOM or any(character.isdigit() for character in value)
    return telling and len(value) >= SHORTEST_LEARNT


def _forms(value: str) -> set[str]:
    """Return how the value is written in texts, addresses, forms, HTML and JSON, and in JSON that stands in JSON."""
    plain = {value, unquote_plus(value)}
    escaped = {form for one in plain for form in (quoted(one), quoted(one, safe=""), _as_field(one))}
    lower = {re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), one) for one in escaped}
    written = plain | escaped | lower | {html.escape(value)}
    texts = {one for one in written if one == value or len(one) >= SHORTEST_LEARNT}
    once = {json.dumps(one)[1:-1] for one in texts}
    return texts | once | {json.dumps(one)[1:-1] for one in once}


def _as_field(text: str) -> str:
    """Return the text as a form sends it, with `+` for a blank."""
    return quoted(text, safe=" ").replace(" ", "+")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for pattern in _IN_JSON:
        for found in pattern.finditer(text):
            yield found[1], _unescaped(found[2])
    for pattern in _IN_FORMS:
        for found in pattern.finditer(text):
            yield unquote_plus(found[1]), unquote_plus(found[2])
    yield from map(_field, _ELEMENT.findall(text))


def _field(element: str) -> tuple[str, str]:
    """Return the name and the value of an `input` or a `meta`."""
    attributes = {
        name.lower(): html.unescape(one or two or three) for name, one, two, three in _ATTRIBUTE.findall(element)
    }
    return attributes.get("name", ""), attributes.get("value") or attributes.get("content", "")


def _unescaped(text: str) -> str:
    attributes = json_of(f'"{text}"')
    return text if attributes is None else str(attributes)
