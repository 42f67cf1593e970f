"""Guesses by the words that sites use, in the languages that consent dialogs are commonly written in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from consentinel.drafting.buttons import names_settings
from consentinel.drafting.lexicon import normal, pattern
from consentinel.site.profile import Category

CATEGORIES = Path(__file__).with_name("categories.toml")

_SETTINGS = "pref|setting|choice|choix|manage|gérer|gestion|einstell|verwalt|beheer|instell|impostaz|configur"

LINKS = {
    "policy": rf"cookie(?!.*({_SETTINGS}))|privacy|confidential|datenschutz",
    "legal": r"legal|mentions|imprint|impressum|terms",
    "preferences": rf"cookie.*({_SETTINGS})|(manage|gérer|gestion|gestisci|your|vos|change).*(cookie|consent|choi)"
    r"|privacy settings|consent preferences",
}

_TOPIC = re.compile(
    "(?:(?:pliki|plikow|файлов|файлы|файлами) )?cookies?|kakor|vafrakok\\w*|informasjonskapsl\\w*|evaste|kupsis\\w*"
    "|cerez|suti[kt]?|slapuk\\w*|sikdat\\w*|piskotk\\w*|kolacic\\w*|kolaciki\\w*|бисквитк\\w*|クッキー|쿠키|עוגיות"
    "|ملفات تعريف الارتباط|consent\\w*|einwilligung\\w*|zustimmung\\w*|samtykke\\w*|toestemming\\w*|zgod\\w*"
    "|privacy|privacidad\\w*|privacidade|datenschutz"
)
"""What a link to the preferences speaks of beside settings, in a normal text."""


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


def link_kind(text: str) -> str | None:
    """Return what a link or button of a page leads to, None where it is none of what a profile names."""
    order = ("preferences", "policy", "legal")
    if _names_consent_settings(normal(text)):
        return "preferences"
    return next((kind for kind in order if re.search(LINKS[kind], text, re.IGNORECASE)), None)


def _names_consent_settings(text: str) -> bool:
    """Whether a normal text names settings, and what they are of, and nothing else."""
    rest, topics = _TOPIC.subn(" ", text)
    return bool(topics) and names_settings(" ".join(rest.split()))
