"""The words by which a published policy is read, by language (`lexicon.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consentinel.drafting.lexicon import normal, pattern

LEXICON = Path(__file__).with_name("lexicon.toml")

Group = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language. All patterns search in normal text (`drafting.lexicon.normal`)."""

    language: str
    promises: Mapping[str, tuple[Group, ...]]
    categories: Mapping[str, re.Pattern[str]]
    nouns: re.Pattern[str]
    cookies: re.Pattern[str]
    columns: Mapping[str, frozenset[str]]

    def promises_of(self, sentence: str) -> tuple[str, ...]:
        """The promises that a sentence may make, by id."""
        text = normal(sentence)
        return tuple(
            promise
            for promise, groups in self.promises.items()
            if any(all(entry.search(text) for entry in group) for group in groups)
        )

    def categories_of(self, text: str) -> tuple[str, ...]:
        """The categories that a text names, in the text's order."""
        plain = normal(text)
        places = {key: found.start() for key, words in self.categories.items() if (found := words.search(plain))}
        return tuple(sorted(places, key=places.__getitem__))

    def column_of(self, header: str) -> str | None:
        """What a column of a table holds, by its header; None for a header that is not known."""
        plain = normal(header)
        return next((key for key, words in self.columns.items() if plain in words), None)


@cache
def lexicons() -> Mapping[str, Lexicon]:
    """Every language that is known, by its code."""
    tables = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    return {code: _lexicon(code, table) for code, table in tables.items() if isinstance(table, dict)}


@cache
def services() -> tuple[str, ...]:
    """Names of services that policies name."""
    return tuple(tomllib.loads(LEXICON.read_text(encoding="utf-8"))["services"])


def lexicon_for(language: str, sentences: Iterable[str]) -> Lexicon:
    """The lexicon of a page: that of its language, or where it names none that is known, the one that knows most of it.

    A page's own word about its language counts only where the text bears it out: templates leave `lang` at `en`.
    """
    known = lexicons()
    text = normal(" ".join(sentences))
    hits = Counter({code: _hits(one, text) for code, one in known.items()})
    best = max(known, key=lambda code: (hits[code], code == language))
    return known[language] if language in known and hits[language] * 4 >= hits[best] * 3 else known[best]


def _hits(lexicon: Lexicon, text: str) -> int:
    patterns = [*lexicon.categories.values(), lexicon.nouns]
    patterns += [entry for groups in lexicon.promises.values() for group in groups for entry in group]
    return sum(1 for one in patterns if one.search(text))


def _lexicon(code: str, table: Mapping[str, Mapping[str, list[str]]]) -> Lexicon:
    return Lexicon(
        code,
        {promise: tuple(map(_group, groups)) for promise, groups in table["promises"].items()},
        {key: pattern(words) for key, words in table["categories"].items()},
        pattern(table["kinds"]["nouns"]),
        pattern(table["kinds"]["cookies"]),
        {key: frozenset(map(normal, words)) for key, words in table["columns"].items()},
    )


def _group(entries: Iterable[str]) -> Group:
    return tuple(pattern(alternative.strip() for alternative in entry.split("|")) for entry in entries)
