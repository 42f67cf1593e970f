"""The page about the profile says what the schema says."""

from __future__ import annotations

from pathlib import Path

from consentinel.consent.registry import managers
from consentinel.site.consent import Consent
from consentinel.site.document import document
from consentinel.site.schema import keys_of, tables

PAGE = Path(__file__).parents[2] / "docs" / "profile.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "run: python -m consentinel.site.document > docs/profile.md"


def test_every_key_says_what_it_means() -> None:
    silent = [
        f"{table.name}.{key}"
        for table in tables()
        for key, field in keys_of(table.model).items()
        if not field.description
    ]
    assert silent == []


def test_every_manager_is_named() -> None:
    named = Consent.model_fields["manager"].description or ""
    assert not [name for name in managers() if f"`{name}`" not in named]
