"""Names of stored items as policies write them: `_ga_<container>`, `_ga_*`, `"_hjSession…"`, `_gat_UA-XXXXXX-X`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_QUOTES = "\"'` \t\n\u00a0\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u201f\u2039\u203a"
"""Quotation marks of all kinds, and spaces."""

_ANYTHING = re.compile(
    r"""<[^<>]*>|\[[^\[\]]*\][+*]?|\{+[^{}]*\}+   # a placeholder with a name
    |\*+|\#+|%(?![0-9A-Fa-f]{2})|…|\.{3,}                       # a sign for "and so on"
    |(?<![A-Za-z])(?:X{2,}|x{3,})(?![A-Za-z])  # a run of x, as in UA-XXXXXX
    |(?:X{4,}|x{4,})(?![A-Za-z])            # a longer one, as in ASPSESSIONIDxxxxxxxx
    |(?<=-)X(?![A-Za-z])                    # the single X that ends UA-XXXXXX-X
    """,
    re.VERBOSE,
)

_MAY_LACK = re.compile(r"[*….]|\[[_-]")

_BETWEEN = re.compile(r"\s*[,;\n]\s*|\s+[/|&+]\s+|\s+(?:and|or|et|ou|und|oder|y|o|e)\s+")

_EXPLAINED = re.compile(r"\s+\([^()]*\)$")
_NAME = re.compile(r"[^\s]+")

MOST_SIGNS = 6
"""A pattern with more placeholders than this is a text, and would take long to compare."""

Matcher = Callable[[str], bool]


def names_in(cell: str) -> tuple[str, ...]:
    """Return the names in a cell of a policy's table: `_ga, _gid` holds two. A cell that holds words is one name."""
    whole = _EXPLAINED.sub("", unicodedata.normalize("NFC", cell).strip(_QUOTES))
    if not whole:
        return ()
    parts = [_EXPLAINED.sub("", part.strip(_QUOTES)) for part in _BETWEEN.split(whole)]
    named = [part for part in parts if part]
    return tuple(named) if all(_NAME.fullmatch(part) for part in named) else (whole,)


def explanation_in(cell: str) -> str:
    """Return what stands in brackets behind the names in a cell, such as `local storage`; empty where nothing does."""
    found = _EXPLAINED.search(cell.strip(_QUOTES))
    return found[0].strip(" ()") if found else ""


@lru_cache(maxsize=4096)
def matcher_of(pattern: str) -> Matcher:
    """Return whether a name is the one that a policy writes so; case matters.

    A placeholder stands for at least one character, a sign for "and so on" for any number, as does a part that may be
    missing: `_gat[_<name>]`. A pattern without a letter or digit of its own names nothing: a cell with a mere `…` or
    `*` does not list every item.
    """
    text = unicodedata.normalize("NFC", pattern).strip(_QUOTES)
    written, last = [], 0
    for found in _ANYTHING.finditer(text):
        written += [re.escape(text[last : found.start()]), ".*" if _MAY_LACK.match(found[0]) else ".+"]
        last = found.end()
    written.append(re.escape(text[last:]))
    literal = _ANYTHING.sub("", text)
    if not any(character.isalnum() for character in literal) or len(written) > 2 * MOST_SIGNS + 1:
        return lambda name: name == text
    compiled = re.compile("".join(written), re.DOTALL)
    return lambda name: name == text or compiled.fullmatch(name) is not None


def is_named(name: str, cells: tuple[str, ...] | list[str]) -> bool:
    """Return whether one of these cells of a table names an item."""
    return any(matcher_of(pattern)(name) for cell in cells for pattern in names_in(cell))
