"""The words by which a published policy is read, by language (`lexicon.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from consentinel.site.normal_text import normal, pattern

LEXICON = Path(__file__).with_name("lexicon.toml")

COLUMNS = ("lifetime", "purpose", "category", "party", "provider", "host", "kind", "item")
"""What a column of a table can hold, what says the most first: nearly any header can speak of cookies or names."""

HEADER_WORDS = 8
"""A cell of more words than this is no header."""


TELLING = 10_000
"""So many characters at the beginning of a text tell its language."""

COMMON_WORDS = 2
"""From so many common words on, the language of a sentence is told by them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a group: what has to stand in the sentence, or with `is_barred` what must not."""

    words: re.Pattern[str]
    is_barred: bool = False

    def agrees(self, text: str) -> bool:
        """Return whether a normal text has it, or lacks what it must not have."""
        return (self.words.search(text) is None) is self.is_barred


Group = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language. All patterns search in normal text (`site.normal_text.normal`)."""

    language: str
    promises: Mapping[str, tuple[Group, ...]]
    categories: Mapping[str, re.Pattern[str]]
    nouns: re.Pattern[str]
    cookies: re.Pattern[str]
    common: re.Pattern[str]
    columns: Mapping[str, re.Pattern[str]]

    def promises_of(self, sentence: str) -> tuple[str, ...]:
        """Return the promises that a sentence may make, by id."""
        text = normal(sentence)
        return tuple(
            promise
            for promise, groups in self.promises.items()
            if any(all(entry.agrees(text) for entry in group) for group in groups)
        )

    def categories_of(self, text: str) -> tuple[str, ...]:
        """Return the categories that a text names, in the text's order."""
        plain = normal(text)
        places = {key: found.start() for key, words in self.categories.items() if (found := words.search(plain))}
        return tuple(sorted(places, key=places.__getitem__))

    def column_of(self, header: str) -> str | None:
        """Return what a column of a table holds, by its header; None for a header that is not known.

        In a header of several words the first of `columns` in the lexicon's order counts: what stands in the column
        "Purpose of the cookie" is a purpose.
        """
        plain = normal(header)
        known = len(plain.split()) <= HEADER_WORDS
        return next((key for key, words in self.columns.items() if words.search(plain)), None) if known else None


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """Return every language that is known, by its code."""
    tables = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return {code: _lexicon(code, table) for code, table in tables.items() if isinstance(table, dict)}


@cache
def services() -> tuple[str, ...]:
    """Names of services that policies name."""
    return tuple(tomllib.loads(LEXICON.read_text(encoding="utf-8"))["services"])


def lexicon_for(language: str, sentences: Iterable[str]) -> Lexicon:
    """Return the lexicon of a page: that of its language, or where it names no known one, that which knows most of it.

    A page's own word about its language counts only where the text bears it out: templates leave `lang` at `en`.
    """
    return _lexicon_for(language, normal(" ".join(sentences)[:TELLING]))


@lru_cache(maxsize=16)
def _lexicon_for(language: str, text: str) -> Lexicon:
    known = lexicons()
    hits = Counter({code: _hits(one, text) for code, one in known.items()})
    best = max(known, key=lambda code: (hits[code], code == language))
    return known[language] if language in known and hits[language] * 4 >= hits[best] * 3 else known[best]


def lexicon_of_sentence(sentence: str, main: Lexicon) -> Lexicon:
    """Return the lexicon of a sentence's language; the page's where others know hardly more of its common words."""
    text = normal(sentence)
    common = {one: len(one.common.findall(text)) for one in lexicons().values()}
    best = max(common, key=common.__getitem__)
    return best if common[best] > 2 * common[main] and common[best] >= COMMON_WORDS else main


def lexicon_of_headers(headers: Iterable[str], main: Lexicon) -> Lexicon:
    """Return the lexicon that knows the most of a table's headers; the page's own where others know no more."""
    cells = tuple(headers)
    known = {one: len({one.column_of(cell) for cell in cells} - {None}) for one in (main, *lexicons().values())}
    return max(known, key=lambda one: (known[one], one is main))


def _hits(lexicon: Lexicon, text: str) -> int:
    patterns = [*lexicon.categories.values(), lexicon.nouns]
    patterns += [one.words for groups in lexicon.promises.values() for group in groups for one in group]
    return sum(1 for one in patterns if one.search(text))


def _lexicon(code: str, table: Mapping[str, Mapping[str, list[str]]]) -> Lexicon:
    return Lexicon(
        code,
        {promise: tuple(map(_group, groups)) for promise, groups in table["promises"].items()},
        {key: pattern(words) for key, words in table["categories"].items()},
        pattern(table["kinds"]["nouns"]),
        pattern(table["kinds"]["cookies"]),
        pattern(table["kinds"]["common"]),
        {key: pattern(table["columns"][key]) for key in COLUMNS},
    )


def _group(entries: Iterable[str]) -> Group:
    return tuple(_entry(entry) for entry in entries)


def _entry(entry: str) -> Entry:
    words = entry.removeprefix("!")
    return Entry(pattern(alternative.strip() for alternative in words.split("|")), entry.startswith("!"))
