"""Values that can recognise somebody: identifiers, and the forms in which a person's data hides in them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote_plus

SHORTEST = 8
"""Characters below which a value cannot recognise one device among many."""

LEAST_BITS = 24.0
"""Information below which a value is no identifier: enough for one in sixteen million."""

_WORD = re.compile(r"[A-Za-z0-9_.~+/=-]{8,}")


def is_identifier(text: str) -> bool:
    """Whether a value carries enough information to recognise a device: long, and not made of one repeated word."""
    if len(text) < SHORTEST or not any(character.isdigit() for character in text):
        return False
    counts = Counter(text)
    entropy = -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())
    return entropy * len(text) >= LEAST_BITS


def identifiers_in(text: str) -> frozenset[str]:
    """The identifiers in a value: the value itself, and the parts that punctuation sets apart."""
    parts = {text, *_WORD.findall(text), *re.split(r"[.:|,;&=\s\"'{}\[\]]+", text)}
    return frozenset(part for part in parts if is_identifier(part))


def readings(text: str) -> Iterator[str]:
    """A value as it stands, and decoded as sites encode: percent signs, base64, both, twice at most."""
    seen = {text}
    level = [text]
    for _ in range(3):
        fresh = [reading for one in level for reading in _decoded(one) if reading not in seen]
        seen.update(fresh)
        level = fresh
    yield from seen


def _decoded(text: str) -> Iterator[str]:
    unquoted = unquote_plus(text)
    if unquoted != text:
        yield unquoted
    for part in _WORD.findall(text):
        decoded = _from_base64(part)
        if decoded:
            yield decoded


def _from_base64(text: str) -> str:
    plain = text.strip("=").replace("-", "+").replace("_", "/")
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
        return raw.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


@lru_cache(maxsize=64)
def needles(emails: tuple[str, ...], names: tuple[str, ...], phones: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """What to look for, with what it is: each datum in small letters, its digests, and its parts where they tell."""
    found: dict[str, str] = {}
    for what, data in (("e-mail address", emails), ("name", names), ("telephone number", phones)):
        for datum in data:
            for form in _forms(what, datum):
                found[form] = what
                for digest in _digests(form):
                    found[digest] = f"{what}, hashed"
    return tuple(found.items())


def _forms(what: str, datum: str) -> Iterable[str]:
    small = datum.strip().lower()
    yield small
    if what == "telephone number":
        digits = re.sub(r"\D", "", datum)
        yield digits
    if what == "name":
        for joint in ("", ".", "_", "-", "+"):
            yield small.replace(" ", joint)


def _digests(text: str) -> Iterator[str]:
    for algorithm in ("md5", "sha1", "sha256", "sha512"):
        digest = hashlib.new(algorithm, text.encode(), usedforsecurity=False)
        yield digest.hexdigest()
        yield base64.b64encode(digest.digest()).decode().rstrip("=").lower()


def named_in(text: str, wanted: Iterable[tuple[str, str]]) -> str:
    """What of a person a value holds, in any reading; empty when nothing."""
    for reading in readings(text):
        small = reading.lower()
        for needle, what in wanted:
            if needle in small:
                return what
    return ""
