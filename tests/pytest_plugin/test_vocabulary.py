"""A word that a sentence has no meaning for is named before a browser starts, with the words that it has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pytest

from consentinel.pytest_plugin.sentences import misworded
from consentinel.pytest_plugin.vocabulary import OneOf, faults
from tests.calls import call

CATEGORIES = OneOf("a category", ("analytics", "social"), several=True, alone=("optional",))


@pytest.mark.parametrize("text", ["analytics", "analytics and social", "analytics, social and analytics", "optional"])
def test_known_words_stand_by_themselves_or_together(text: str) -> None:
    assert CATEGORIES.fault(text) == ""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("marketing", "marketing"),
        ("analytics and marketing", "marketing"),
        ("analytics and optional", "optional"),
        ("Analytics", "Analytics"),
        ("", ""),
    ],
)
def test_an_unknown_word_is_named_with_those_that_may_stand_there(text: str, wrong: str) -> None:
    told = f"“{wrong}” is not a category; here may stand: analytics, social, optional; several are joined by"
    assert CATEGORIES.fault(text).startswith(told)


def test_a_step_without_words_of_its_own_is_asked_for_nothing() -> None:
    def plain(page: str, count: int) -> None:
        """Whatever."""

    def worded(page: Annotated[str, OneOf("a page", ("basket",))], count: int) -> None:
        """One word."""

    assert faults(plain, {"page": "x", "count": "y"}, {}) == []
    assert faults(worded, {"page": "basket", "count": "y"}, {}) == []
    assert faults(worded, {"page": "shop", "count": "y"}, {}) == ["“shop” is not a page; here may stand: basket"]


FEATURE = """@P10
Feature: Words

  Scenario Outline: Wrong ones
    Given a new visitor
    When they visit the <page>
    Then no <kind> items are stored

    Examples:
      | page          | kind      |
      | checkout page | marketing |
      | home page     | analytics |
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    path = tmp_path / "words.feature"
    path.write_text(FEATURE, encoding="utf-8")
    return path


def test_each_wrong_word_of_a_feature_has_a_line_with_file_line_and_sentence(feature: Path) -> None:
    page, category = misworded(feature, {})
    assert page.startswith('words.feature:6: "they visit the checkout page": “checkout page” is not a page')
    assert "home page, article" in page
    assert category.startswith('words.feature:7: "no marketing items are stored": “marketing” is not a category')
    assert "functionality, analytics, social, advertising" in category


def test_a_page_of_the_profile_may_stand_in_a_sentence(feature: Path) -> None:
    (category,) = misworded(feature, {"pages.own": ["checkout page"]})
    assert "“marketing”" in category


def test_a_run_with_a_wrong_word_ends_at_once_with_the_code_of_a_wrong_set_up(feature: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    done = call("pytest", str(feature), "-p", "conftest", "-p", "no:cacheprovider", "--report", str(report), limit=60.0)
    assert done.returncode == 4
    assert "“checkout page” is not a page" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (report / "run.json").exists()
