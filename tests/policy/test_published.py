"""What a draft proposes of ten published policies: tables of many shapes, lists, accordions and prose.

The policies are of our own wording. Beside each page, `published/NAME.toml` holds what a person reads in it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from consentinel.policy.page_text import PolicyText, read_page
from consentinel.policy.propose import proposed_categories, proposed_promises, proposed_register

FOLDER = Path(__file__).with_name("published")
NAMES = sorted(file.stem for file in FOLDER.glob("*.html"))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """A page of the folder."""
    return str(request.param)


@pytest.fixture
def text(name: str) -> PolicyText:
    """The page as it is read."""
    return read_page((FOLDER / f"{name}.html").read_text(encoding="utf-8"))


@pytest.fixture
def said(name: str) -> dict[str, Any]:
    """What a person reads in it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def test_the_register_is_what_the_page_lists(text: PolicyText, said: dict[str, Any]) -> None:
    rows = proposed_register(text)
    assert [[row.item, row.category, row.lifetime] for row in rows] == said["rows"]
    assert {row.item: row.kind for row in rows if row.kind not in ("any", "cookie")} == said.get("kinds", {})
    assert not any(row.confirmed for row in rows)


def test_the_categories_have_the_pages_names(text: PolicyText, said: dict[str, Any]) -> None:
    found = proposed_categories(text)
    assert {key: one.name for key, one in found.items()} == said["categories"]
    assert {key: one.max_days for key, one in found.items() if one.max_days} == said.get("max_days", {})
    assert not any(one.confirmed for one in found.values())


def test_each_promise_is_proposed_and_no_other(text: PolicyText, said: dict[str, Any]) -> None:
    expected = {}
    for start, promises in said["promises"].items():
        (sentence,) = [one for one in text.sentences if one.startswith(start)]
        expected[sentence] = tuple(promises)
    assert {one.sentence: one.promises for one in proposed_promises(text) if one.promises} == expected
