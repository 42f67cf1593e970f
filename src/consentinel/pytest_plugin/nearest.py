"""Finds the sentences that are nearest to one that no step knows."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

SHOWN = 3
"""How many sentences are named."""

SAME = 0.7
"""From which likeness of their letters on two words count as one: `buton` and `button`, `writes` and `written`."""

SYNONYMS = {
    "banner": "site",
    "click": "press",
    "customer": "visitor",
    "decline": "refuse",
    "deny": "refuse",
    "everything": "all",
    "open": "visit",
    "popup": "site",
    "reject": "refuse",
    "revoke": "withdraw",
    "user": "visitor",
}
"""Words that people use for those of the catalogue."""

_OTHER_KEYWORD = 0.9
"""What the likeness of a sentence with another keyword is multiplied with."""

_WORD = re.compile(r"[\w'-]+")


@dataclass(frozen=True, slots=True)
class Sayable:
    """What a scenario can say: the kind (given, when, then), the step's pattern, and one way to say it."""

    kind: str
    pattern: str
    example: str

    def __str__(self) -> str:
        """Return the sentence with its keyword, and the pattern where it has places for words."""
        said = f"{self.kind.capitalize()} {self.example}"
        return f"{said}    ({self.pattern})" if "{" in self.pattern and self.example != self.pattern else said


def nearest(kind: str, text: str, known: Iterable[Sayable]) -> list[Sayable]:
    """Return the nearest sentences, the best first, each of another step.

    A rare word counts for more than one that stands in many sentences, and the same keyword counts for a little.
    """
    candidates = [(one, _words(one.example)) for one in known]
    frequency = Counter(word for _, words in candidates for word in set(words))
    weights = {word: 1 / math.log2(1 + number) for word, number in frequency.items()}
    best: dict[tuple[str, str], tuple[float, Sayable]] = {}
    for one, words in candidates:
        likeness = _likeness(_words(text), words, weights) * (1 if one.kind == kind else _OTHER_KEYWORD)
        key = (one.kind, one.pattern)
        if key not in best or likeness > best[key][0]:
            best[key] = (likeness, one)
    ordered = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].example))
    return [one for _, one in ordered[:SHOWN]]


def _words(text: str) -> list[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return [SYNONYMS.get(word, word) for word in words]


def _likeness(one: list[str], other: list[str], weights: dict[str, float]) -> float:
    """Return which share of the two sentences' words, by weight, stands in both; from 0 to 1."""
    left, shared = list(other), 0.0
    for word in one:
        alike, match = max(((_alike(word, candidate), candidate) for candidate in left), default=(0.0, ""))
        if alike >= SAME:
            left.remove(match)
            shared += 2 * alike * weights[match]
    whole = sum(weights.get(word, 1.0) for word in (*one, *other))
    return shared / whole if whole else 0.0


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
