"""What the words of the features mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from consentinel.pytest_plugin.vocabulary import OneOf
from consentinel.site.profile import REFUSABLE, Category
from consentinel.visitor.sitemap import PAGES

UNUSUAL: Mapping[str, Mapping[str, str | None]] = {
    "an unknown browser": {"User-Agent": "Gopherus/0.3 (unheard-of)"},
    "no named browser": {"User-Agent": None},
    "no language": {"Accept-Language": None},
    "an unknown language": {"Accept-Language": "tlh-Piqd, x-nobody;q=0.5"},
}
"""Headers of visitors whose browser or language cannot be told; None leaves a header out."""

_CATEGORIES = tuple(str(category) for category in Category)

PageWord = Annotated[str, OneOf("a page that features know", PAGES, own="pages.own")]
CategoryWord = Annotated[str, OneOf("a category of cookies", _CATEGORIES)]
CategoryWords = Annotated[
    str, OneOf("a category of cookies", _CATEGORIES, several=True, alone=("optional", "no optional"))
]
Peculiarity = Annotated[str, OneOf("a peculiarity of a visitor", tuple(UNUSUAL))]


def categories(words: str) -> tuple[Category, ...]:
    """Categories as a sentence lists them: `analytics, social and advertising`, or `no optional`."""
    if words in ("no optional", "no"):
        return ()
    if words == "optional":
        return REFUSABLE
    return tuple(Category(word) for word in re.split(r", | and ", words))
