"""The words of the site, in each of its languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr")
DEFAULT = LANGUAGES[0]


@cache
def words(language: str) -> dict[str, Any]:
    """Return all texts of one language, as ``<language>.toml`` has them."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def preferred(accept_language: str) -> str:
    """Return the first language of an ``Accept-Language`` header that the site speaks (RFC 9110, section 12.5.4).

    Browsers list languages in the order of preference, so weights are not compared. A header that is absent
    or makes no sense leads to the default, never to an error (P15).
    """
    for part in accept_language.split(","):
        language = part.partition(";")[0].strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return DEFAULT


def find(language: str, kind: str, slug: str) -> dict[str, Any] | None:
    """Return the article, help article or product of that slug."""
    return next((entry for entry in words(language)[kind] if entry["slug"] == slug), None)
