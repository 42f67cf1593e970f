"""A scenario about something that the site does not have is not run, and says which entry would enable it."""

from __future__ import annotations

import pytest

from consentinel.pytest_plugin.needs import check_needs
from consentinel.site.profile import Category, CategoryTable, Profile
from consentinel.visitor.errors import MissingEntry, NotRefusable
from tests.verdicts.builders import PROFILE

HAS = {one: table for one, table in PROFILE.categories.items() if one in ("functionality", "analytics")}
COUNTING = PROFILE.model_copy(update={"categories": HAS})


def with_analytics(**changes: object) -> Profile:
    changed: dict[Category, CategoryTable] = {
        **HAS,
        Category.ANALYTICS: HAS[Category.ANALYTICS].model_copy(update=changes),
    }
    return PROFILE.model_copy(update={"categories": changed})


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("a visitor who has allowed social cookies", "categories.social"),
        ("a visitor who has allowed analytics and advertising cookies", "categories.advertising"),
        ("they allow analytics, social and advertising cookies on the home page", "categories.social"),
        ("they refuse social cookies", "categories.social"),
        ("only functionality items and those for advertising are stored", "categories.advertising"),
        ("a visitor who is signed in at a social network", "categories.social"),
        ("no advertising service has heard from them since", "categories.advertising"),
    ],
)
def test_a_sentence_about_a_category_that_is_not_there_says_so(sentence: str, missing: str) -> None:
    check_needs([sentence], PROFILE)
    with pytest.raises(MissingEntry, match=f"no entry {missing};"):
        check_needs(["a new visitor", sentence], COUNTING)


@pytest.mark.parametrize(
    "sentence",
    [
        "a visitor who has allowed analytics cookies",
        "a visitor who has refused all cookies",
        "no optional item has been written since",
        "every category that they allowed is at work",
    ],
)
def test_what_the_site_has_is_run(sentence: str) -> None:
    check_needs([sentence], COUNTING)


def test_no_choice_is_made_about_what_cannot_be_refused() -> None:
    with pytest.raises(NotRefusable, match=r"categories\.analytics\.refusable = true"):
        check_needs(["they withdraw their consent to analytics cookies"], with_analytics(refusable=False))


def test_errors_are_counted_only_where_the_profile_says_so() -> None:
    with pytest.raises(MissingEntry, match=r'categories\.analytics\.expected = \["errors"\]'):
        check_needs(["the error was counted"], COUNTING)
    check_needs(["the error was counted"], with_analytics(expected=("errors",)))
