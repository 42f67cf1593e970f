"""Finds what stays the same within values that differ with each request: an identifier with a counter, a time or more.

Services tell a visit so: `7c9e6679f3a1-12`, `7c9e6679f3a1_1795732859`, or a text in base64 that holds both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from consentinel.verdicts.decimals import without_computed
from consentinel.verdicts.decodings import WORD, read_base64
from consentinel.verdicts.identifiers import Span, identifiers_in, is_identifier, is_little, recognises, unquoted

SHORTEST_PACKED = 24
"""Characters below which a text in base64 holds an identifier and nothing else."""

_BETWEEN = re.compile(r"[-_~/]+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TIME = re.compile(r"\d{10}|\d{13}|\d{16}")


def tokens_in(text: str, span: Span | None = None) -> frozenset[str]:
    """Return the identifiers in a value, and those in its parts that differ in little else, or are packed.

    The span is that of `identifiers_in`.
    """
    return identifiers_in(text, span) | frozenset(
        core for core in _cores(text) if span is None or recognises(core, span)
    )


@lru_cache(maxsize=4096)  # the same values are looked at by several rules
def _cores(text: str) -> tuple[str, ...]:
    words = WORD.findall(without_computed(unquoted(text)))
    return tuple(core for word in words for core in (*_beside_little(word), *_packed(word)))


def _beside_little(word: str) -> Iterator[str]:
    """Yield the one part of a word that is an identifier, where all others are counters, words or times."""
    parts = _BETWEEN.split(_UUID.sub(lambda found: found[0].replace("-", ""), word))
    telling = [part for part in parts if is_identifier(part) and not _TIME.fullmatch(part)]
    others = [part for part in parts if part not in telling and not _TIME.fullmatch(part)]
    if len(telling) == 1 and len(parts) > 1 and is_little(others):
        yield telling[0]


def _packed(word: str) -> Iterator[str]:
    """Yield the identifiers of a text that is packed in base64."""
    plain = read_base64(word) if len(word) >= SHORTEST_PACKED else ""
    if plain and plain.isprintable():
        yield from identifiers_in(plain)
