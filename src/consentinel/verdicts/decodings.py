"""Reads what is written in values: decoded as sites encode."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

DEEPEST = 3
"""How often a value is decoded at the most."""

WORD = re.compile(r"[A-Za-z0-9_.~+/=-]{8,}")
"""A run of the letters that identifiers are written in."""

_BASE64 = (re.compile(r"[A-Za-z0-9+/]{8,}"), re.compile(r"[A-Za-z0-9_-]{8,}"))
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){4,}")
_ESCAPED = re.compile(r"(?:\\u|%u)([0-9a-fA-F]{4})")
"""A letter as JSON and JavaScript's `escape` write it."""


def readings(text: str) -> Iterator[str]:
    """Yield a value as it stands, and decoded as sites encode, up to three deep.

    That is percent signs, letters by their numbers (`\\u00f6`), base64 and hexadecimal.
    """
    seen = {text}
    level = [text]
    for _ in range(DEEPEST):
        fresh = [reading for one in level for reading in _decoded(one) if reading not in seen]
        seen.update(fresh)
        level = fresh
    yield from seen


def _decoded(text: str) -> Iterator[str]:
    unquoted = unquote_plus(text)
    if unquoted != text:
        yield unquoted
    if "\ufffd" in unquoted:
        yield unquote_plus(text, encoding="latin-1")  # what JavaScript's `escape` makes
    if _ESCAPED.search(text):
        yield _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    parts = {*WORD.findall(text), *(part for alphabet in _BASE64 for part in alphabet.findall(text))}
    yield from filter(None, map(read_base64, parts))
    yield from filter(None, map(_from_hex, _HEX.findall(text)))


def read_base64(text: str) -> str:
    """Return the text that another one stands for in base64, of either alphabet; empty where it stands for none."""
    plain = text.strip("=").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        return raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _from_hex(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("utf-8")
    except UnicodeDecodeError:
        return ""
