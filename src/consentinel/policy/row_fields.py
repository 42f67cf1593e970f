"""Reads single cells of a table or an export: an item's kind, party and host, and how long it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from consentinel.policy.durations import duration_of, says_several
from consentinel.policy.policy_file import ItemKind
from consentinel.site.normal_text import normal, pattern

_WORDS: Final[tuple[tuple[str, ItemKind | None], ...]] = (
    ("session storage | sessionstorage | sitzungsspeicher", "session_storage"),
    ("local storage | localstorage | web storage | lokale* speicher* | stockage local | almacenamiento local | "
     "archiviazione locale | memoria locale | html", "local_storage"),
    ("indexeddb | indexed db", "indexed_db"),
    ("service worker", "service_worker"),
    ("cache storage", "cache"),
    ("private file system | opfs", "file"),
    ("cookie | cookies | http", "cookie"),
    ("pixel* | app | sdk", None),
)  # fmt: skip
"""Words for kinds of storage, the more telling first; None for what stores nothing in a browser."""

_KINDS: Final = tuple((pattern(words.split(" | ")), kind) for words, kind in _WORDS)

_FIRST: Final = pattern(
    ("first party", "1st party", "proprietaire", "interne", "erstanbieter", "eigene*", "propia*", "prima parte")
)
_THIRD: Final = pattern(
    ("third party", "3rd party", "tiers", "drittanbieter", "tercero*", "terza parte", "terze parti")
)

_PIECES: Final = re.compile(r"\s*[;\n]\s*|,\s+")
_AND: Final = re.compile(r"\s*[;\n]\s*|,\s+|\s+(?:and|et|und|y|e)\s+")


def kind_in(text: str) -> ItemKind | None:
    """Return the kind of storage that a text names, `any` without one; None for what stores nothing in a browser."""
    plain = normal(text)
    return next((kind for words, kind in _KINDS if words.search(plain)), "any")


def party_in(text: str) -> Literal["", "first", "third"]:
    """Return whether the site itself or somebody else sets an item, by a text; empty where it says neither, or both."""
    plain = normal(text)
    is_first, is_third = (words.search(plain) is not None for words in (_FIRST, _THIRD))
    return "" if is_first is is_third else "first" if is_first else "third"


def host_in(text: str) -> str:
    """Return the host that a cell holds; empty where it holds something else."""
    return text if "." in text and not any(character.isspace() for character in text) else ""


def lifetimes_in(cell: str, count: int) -> Sequence[str]:
    """Return how long each of so many items is kept, by the cell of all of them; empty where it does not say.

    As many lifetimes as items belong to them in order. Lifetimes that differ, and are not as many, say nothing.
    """
    if count > 1:
        parts = next((one for one in _divided(cell) if len(one) == count), None)
        if parts or says_several(cell):
            return [_lifetime(part) for part in parts or [""] * count]
    return [_lifetime(" ".join(cell.split()))] * count


def _divided(cell: str) -> tuple[list[str], ...]:
    """Return a cell in pieces: by commas and lines, and by words such as "and" where its durations do not add up."""
    ways = (_PIECES, _AND) if says_several(cell) else (_PIECES,)
    return tuple([part for part in way.split(cell.strip()) if part] for way in ways)


def _lifetime(text: str) -> str:
    return text if duration_of(text) is not None else ""
