"""The words of the garden, in each of its languages."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "de")


@cache
def words(language: str) -> dict[str, Any]:
    """Return all texts of one language, as ``<language>.toml`` has them."""
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))


def spoken(kept: str, accept_language: str) -> str:
    """Return the language that was chosen, else the browser's first that the garden speaks, else English."""
    asked = (part.partition(";")[0].strip().lower()[:2] for part in accept_language.split(","))
    return next((one for one in (kept, *asked) if one in LANGUAGES), LANGUAGES[0])
