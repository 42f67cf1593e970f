"""Guesses by the words that sites use, in the languages that consent dialogs are commonly written in."""

from __future__ import annotations

import re

from sites.profile import Category

_CATEGORIES = {
    Category.FUNCTIONALITY: r"necess|nécess|notwend|essen[ct]|required|function|fonctionn|technical|mandatory",
    Category.ANALYTICS: r"analy|statist|audience|performance|measure|mesure|leistung",
    Category.SOCIAL: r"social|sozial|sociaux|share|network|réseau",
    Category.ADVERTISING: r"adverti|advert|\bads?\b|marketing|target|cibl|publicit|werbung|personali",
}

LINKS = {
    "policy": r"cookie(?!.*(pref|setting|choice|choix|manage|gérer|einstell))|privacy|confidential|datenschutz",
    "legal": r"legal|mentions|imprint|impressum|terms",
    "preferences": r"cookie.*(pref|setting|choice|choix|einstell)|(manage|gérer|your|vos|change).*(cookie|consent|choi)"
    r"|privacy settings|consent preferences",
}


def category_of(*texts: str) -> Category | None:
    """The category that a switch's name or label speaks of, None where it cannot be told."""
    for text in texts:
        found = [category for category, words in _CATEGORIES.items() if re.search(words, text, re.IGNORECASE)]
        if len(found) == 1:
            return found[0]
    return None


def link_kind(text: str) -> str | None:
    """What a link or button of a page leads to, None where it is none of what a profile names."""
    order = ("preferences", "policy", "legal")
    return next((kind for kind in order if re.search(LINKS[kind], text, re.IGNORECASE)), None)
