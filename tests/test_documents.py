"""README and the documents: each page can be reached and each link leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def links(page: Path) -> set[Path]:
    return {(page.parent / link).resolve() for link in LINK.findall(page.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_to_a_file(page: Path) -> None:
    assert [str(link) for link in links(page) if not link.exists()] == []


def test_each_page_can_be_reached_from_readme() -> None:
    reached, new = set[Path](), {(ROOT / "README.md").resolve()}
    while new:
        reached |= new
        new = {link for page in new if page.suffix == ".md" for link in links(page)} - reached
    assert [page.name for page in PAGES if page.resolve() not in reached] == []
    recipes = [path for path in (ROOT / "docs" / "recipes").iterdir() if path.is_file()]
    assert [path.name for path in recipes if path.resolve() not in reached] == []
