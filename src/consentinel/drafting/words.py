"""Guesses by the words that sites use, in the languages that consent dialogs are commonly written in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from consentinel.site.normal_text import normal, pattern
from consentinel.site.profile import Category

CATEGORIES = Path(__file__).with_name("categories.toml")


@cache
def _categories() -> dict[str, re.Pattern[str]]:
    tables = tomllib.loads(CATEGORIES.read_text(encoding="utf-8"))
    return {
        **{category: pattern(tables[category]) for category in Category},
        Category.FUNCTIONALITY: pattern([*tables["necessary"], *tables[Category.FUNCTIONALITY]]),
        "no choice": pattern([*tables["necessary"], *tables["always"]]),
        "always": pattern(tables["always"]),
    }


def category_of(*texts: str) -> Category | None:
    """Return the category that a switch's name or label speaks of, None where it is unknown."""
    for text in texts:
        found = [category for category in Category if _categories()[category].search(normal(text))]
        if len(found) == 1:
            return found[0]
        if not found and _categories()["always"].search(normal(text)):
            return Category.FUNCTIONALITY
    return None


def is_necessary(label: str) -> bool:
    """Return whether a label says that a visitor has no choice, as "Necessary" does and "Functional" does not."""
    return _categories()["no choice"].search(normal(label)) is not None
