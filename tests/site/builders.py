"""Small profiles for tests, made from the least that the schema asks for."""

from __future__ import annotations

from pathlib import Path

from consentinel.site.load import load_profile
from consentinel.site.profile import Profile

LEAST = """\
[site]
name = "Shop"
base_url = "https://www.shop.example"
hosts = ["*.shop.example"]

[consent.stored]
name = "choice"

[categories.functionality]
label = "Needed"
refusable = false
cookies = ["choice"]
"""


def written(folder: Path, text: str, name: str = "shop.toml") -> Path:
    """A profile file with this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def loaded(folder: Path, text: str) -> Profile:
    """The least profile with `text` added."""
    return load_profile(str(written(folder, LEAST + text)), environ={})
