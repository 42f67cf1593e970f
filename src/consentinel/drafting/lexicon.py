"""The vocabulary of consent dialogs' buttons, by language, and known whole phrases.

Words are compared as `normal` gives them: a site writes "NICHT ZUSTIMMEN!", "n'accepte pas" or "Odrzuc" as it pleases.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("vocabulary.toml")
PHRASES = Path(__file__).with_name("phrases.toml")

KINDS = ("accept", "refuse", "preferences", "save", "close")
"""What a button of a consent dialog can do; the tables of phrases are named so."""

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "ħ": "h"})
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿가-힯฀-๿]")
"""Scripts that join words without a space, or particles to words: there an entry is found anywhere."""

_GAP = r"(?: \w+){0,3}"


@cache
def normal(text: str) -> str:
    """Return a text as it is compared: without case, accents, punctuation and soft hyphens, with single spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
    letters = "".join(character for character in plain if unicodedata.category(character) not in ("Mn", "Cf"))
    spaced = "".join(character if character.isalnum() or _is_vowel_sign(character) else " " for character in letters)
    return unicodedata.normalize("NFC", " ".join(spaced.split()))


def _is_vowel_sign(character: str) -> bool:
    return unicodedata.category(character) == "Mc"


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


def pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these entries, in the notation of `vocabulary.toml`, in a normal text."""
    longest_first = sorted(entries, key=len, reverse=True)
    return re.compile("|".join(_entry(entry) for entry in longest_first))


def _entry(entry: str) -> str:
    """Return a pattern of one entry: `*` within a word is any letters, `*` in the place of a word up to three words."""
    words = [_GAP if word == "*" else f" {_word(word)}" for word in entry.split()]
    inner = "".join(words).removeprefix(" ")
    return inner if _UNSPACED.search(entry) else rf"(?<!\w){inner}(?!\w)"


def _word(word: str) -> str:
    return r"\w*".join(re.escape(normal(part)) for part in word.split("*"))
