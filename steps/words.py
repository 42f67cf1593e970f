"""What the words of the features mean."""

from __future__ import annotations

import re
from collections.abc import Mapping

from consentinel.site.profile import REFUSABLE, Category

UNUSUAL: Mapping[str, Mapping[str, str | None]] = {
    "an unknown browser": {"User-Agent": "Gopherus/0.3 (unheard-of)"},
    "no named browser": {"User-Agent": None},
    "no language": {"Accept-Language": None},
    "an unknown language": {"Accept-Language": "tlh-Piqd, x-nobody;q=0.5"},
}
"""Headers of visitors whose browser or language cannot be told; None leaves a header out."""


def categories(words: str) -> tuple[Category, ...]:
    """Categories as a sentence lists them: `analytics, social and advertising`, or `no optional`."""
    if words in ("no optional", "no"):
        return ()
    if words == "optional":
        return REFUSABLE
    return tuple(Category(word) for word in re.split(r", | and ", words))
