"""Texts of sites in a form in which they can be compared, and patterns of words in it, in any language.

A site writes "NICHT ZUSTIMMEN!", "n'accepte pas" or "Odrzuc" as it pleases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

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


def pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these entries in a normal text.

    `*` within a word of an entry is any letters, `*` in the place of a word up to three words.
    """
    longest_first = sorted(entries, key=len, reverse=True)
    return re.compile("|".join(_entry(entry) for entry in longest_first))


def within(entries: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of these entries anywhere in a normal text, within its words too.

    `*` within a word of an entry is any letters.
    """
    longest_first = sorted(entries, key=len, reverse=True)
    return re.compile("|".join(" ".join(map(_word, entry.split())) for entry in longest_first))


def _entry(entry: str) -> str:
    words = [_GAP if word == "*" else f" {_word(word)}" for word in entry.split()]
    inner = "".join(words).removeprefix(" ")
    return inner if _UNSPACED.search(entry) else rf"(?<!\w){inner}(?!\w)"


def _word(word: str) -> str:
    return r"\w*".join(re.escape(normal(part)) for part in word.split("*"))
