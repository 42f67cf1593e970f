"""The vocabulary of consent dialogs' buttons, by language, and known whole phrases."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consentinel.site.normal_text import normal, pattern

VOCABULARY = Path(__file__).with_name("vocabulary.toml")
PHRASES = Path(__file__).with_name("phrases.toml")

KINDS = ("accept", "refuse", "preferences", "save", "close")
"""What a button of a consent dialog can do; the tables of phrases are named so."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language: a pattern for each role of `vocabulary.toml`, and one for all of them."""

    language: str
    patterns: Mapping[str, re.Pattern[str]]
    anything: re.Pattern[str]

    def places(self, role: str, text: str) -> frozenset[int]:
        """Return the places of a normal text that words of this role cover."""
        pattern = self.patterns.get(role)
        if pattern is None:
            return frozenset()
        return frozenset(place for found in pattern.finditer(text) for place in range(*found.span()))


@cache
def lexicons() -> tuple[Lexicon, ...]:
    """Return every language that is known."""
    tables = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))
    return tuple(
        Lexicon(
            language,
            {role: pattern(entries) for role, entries in table.items()},
            pattern(entry for role, entries in table.items() if role != "filler" for entry in entries),
        )
        for language, table in tables.items()
    )


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return what whole phrases do: by normal phrase, the kind of button by language."""
    known: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for language, table in tomllib.loads(PHRASES.read_text(encoding="utf-8")).items():
        for kind in KINDS:
            for phrase in table.get(kind, ()):
                known[normal(phrase)][language] = kind
    return known
