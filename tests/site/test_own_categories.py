"""Categories are the policy's: any number, under any name, each with its model."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from consentinel.site.category import Category
from consentinel.site.errors import ProfileError
from tests.site.builders import loaded

OWN = """
[categories.statistics]
label = "Statistics"
model = "opt-out"
cookies = ["_stat"]

[categories.personalisation]
label = "Made for you"
cookies = ["taste"]

[categories.comfort]
label = "Comfort"
model = "always"
refusable = false

[categories.advertising]
label = "Ads"
"""


def test_there_is_one_object_for_each_category() -> None:
    own = Category("personalisation")
    assert own is Category("personalisation")
    assert copy.deepcopy(own) is own
    assert pickle.loads(pickle.dumps(own)) is own
    assert (own, own.value, f"{own}") == ("personalisation",) * 3
    assert list(Category) == ["functionality", "analytics", "social", "advertising"]
    assert Category("analytics") is Category.ANALYTICS


@pytest.mark.parametrize("key", ["", "Upper", "two words", "<b>", "x" * 41])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="no key of a category"):
        Category(key)


def test_a_profile_has_categories_of_its_own_beside_the_standard_ones(tmp_path: Path) -> None:
    profile = loaded(tmp_path, OWN)
    assert profile.refusable == ("advertising", "statistics", "personalisation")
    assert profile.always_on == {"functionality", "comfort"}
    assert profile.objectionable == {"statistics"}


def test_what_can_be_objected_to_is_allowed_until_then(tmp_path: Path) -> None:
    profile = loaded(tmp_path, OWN)
    always = {"functionality", "comfort"}
    assert profile.allowed_at((), None) == {*always, "statistics"}
    assert profile.allowed_at((), frozenset()) == always
    assert profile.allowed_at((), frozenset({"statistics"})) == {*always, "statistics"}
    assert profile.allowed_at((Category.ADVERTISING,), frozenset()) == {*always, "advertising"}


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('[categories.advertizing]\nlabel = "Ads"', "did you mean `advertising`?"),
        ('[categories.Ads]\nlabel = "Ads"', "no such category"),
        ('[categories.comfort]\nlabel = "C"\nmodel = "always"', "needs refusable = false"),
        ('[categories.comfort]\nlabel = "C"\nmodel = "opt-out"\nrefusable = false', "can be objected to"),
    ],
)
def test_a_wrong_category_is_told(tmp_path: Path, table: str, told: str) -> None:
    with pytest.raises(ProfileError) as caught:
        loaded(tmp_path, table)
    assert told in str(caught.value)
