"""The page about policy files says what the schema says."""

from __future__ import annotations

from pathlib import Path

from consentinel.policy.document import document
from consentinel.policy.policy_file import PolicyFile
from consentinel.site.schema import keys_of, tables

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == document(), "run: python -m consentinel.policy.document > docs/policy.md"


def test_every_key_says_what_it_means() -> None:
    silent = [
        f"{table.name}.{key}"
        for table in tables(PolicyFile)
        for key, field in keys_of(table.model).items()
        if not field.description
    ]
    assert silent == []
