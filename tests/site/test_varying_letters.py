"""Names that differ by letters alone become patterns where two visitors who did the same had different ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.drafting.survey import Survey
from consentinel.drafting.varying import needs_another
from tests.site.test_compose import BEFORE, CHOICE, SURVEY, cookie
from tests.site.test_varying import names, survey

RANDOM = ("cmp-v:3_blog:1_path:qhxwzab", "cmp-v:3_blog:1_path:rjfkeop", "cmp-v:3_blog:1_path:mzzaqie")


def after_the_choice(refused: str, accepted: str, refused_too: str = "") -> Survey:
    """What visitors were left with once they had chosen, one item each."""
    left = {name: replace(BEFORE, items=BEFORE.items | {CHOICE, cookie(name)}) for name in (refused, accepted)}
    too = replace(BEFORE, items=BEFORE.items | {CHOICE, cookie(refused_too)}) if refused_too else None
    seen = replace(SURVEY, before=BEFORE, refused=left[refused], accepted=left[accepted], alone={})
    return replace(seen, sometimes=frozenset(), refused_too=too)


def test_letters_that_differ_between_visitors_who_did_the_same_become_a_pattern() -> None:
    assert names(survey(RANDOM[0], RANDOM[1], RANDOM[2], "cmp-v:3_blog:1_path:uiooper")) == {"cmp-v:3_blog:1_path:*"}
    assert names(after_the_choice(*RANDOM)) == {"cmp-v:3_blog:1_path:*"}


@pytest.mark.parametrize("seen", [after_the_choice(*RANDOM[:2]), after_the_choice("mode-refused", "mode-granted")])
def test_another_visitor_is_asked_where_the_choice_itself_may_be_the_difference(seen: Survey) -> None:
    assert needs_another(seen)
    assert "*" not in "".join(names(seen))


def test_what_two_who_refused_share_says_the_choice() -> None:
    seen = after_the_choice("mode-refused", "mode-granted", "mode-refused")
    assert names(seen) == {"mode-refused", "mode-granted"}


@pytest.mark.parametrize("pair", [("tea", "oil"), ("cart-count", "last-visited"), ("same-name", "same-name")])
def test_no_other_visitor_is_needed_where_names_are_no_variants(pair: tuple[str, str]) -> None:
    assert not needs_another(after_the_choice(*pair))
