"""Names that differ from visitor to visitor become patterns; all others stay as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consentinel.drafting.survey import Item, Survey
from consentinel.drafting.varying import with_patterns
from consentinel.evidence.records import Kind
from consentinel.site.profile import Category
from tests.site.test_compose import BEFORE, CHOICE, OWN, SURVEY, cookie, drafted

UUIDS = (
    "3f2b8c1e-9a4d-4c7b-8e21-0d5f6a7b8c9d",
    "0a1b2c3d-aaaa-4bbb-8ccc-ddddeeeeffff",
    "9e8d7c6b-5a49-4382-9170-6f5e4d3c2b1a",
    "11112222-3333-4444-8555-666677778888",
)


def survey(first: str, second: str, refused: str, accepted: str) -> Survey:
    """What four visitors were left with, one item each."""
    before = replace(BEFORE, items=BEFORE.items | {cookie(first), cookie(second)})
    return replace(
        SURVEY,
        before=before,
        refused=replace(BEFORE, items=BEFORE.items | {CHOICE, cookie(refused)}),
        accepted=replace(BEFORE, items=BEFORE.items | {CHOICE, cookie(accepted)}),
        alone={},
        sometimes=frozenset({cookie(first), cookie(second)} if first != second else ()),
    )


def names(seen: Survey) -> set[str]:
    patterned = with_patterns(seen)
    return {
        item.name
        for traces in (patterned.before, patterned.refused, patterned.accepted)
        if traces
        for item in traces.items
    } - {"lang", CHOICE.name}


@pytest.mark.parametrize(
    ("visitors", "pattern"),
    [
        (
            ("incap_ses_1558_283746", "incap_ses_417_283746", "incap_ses_1870_283746", "incap_ses_9_283746"),
            "incap_ses_*",
        ),
        (("ASPSESSIONIDCBBTCABS", "ASPSESSIONIDCDQSARAA", "ASPSESSIONIDTSQCSBTR", "ASPSESSIONIDR"), "ASPSESSIONID*"),
        (("node_17_shop2", "node_18_shop2", "node_19_shop2", "node_4_shop2"), "node_*_shop2"),
        (tuple(f"persist:{one}:ui" for one in UUIDS), "persist:*:ui"),
    ],
)
def test_names_that_no_two_visitors_share_become_a_pattern(visitors: tuple[str, ...], pattern: str) -> None:
    first, second, refused, accepted = visitors
    assert names(survey(first, second, refused, accepted)) == {pattern}


@pytest.mark.parametrize(
    "visitors",
    [
        ("_ga_4XJ2", "_ga_4XJ2", "_ga_4XJ2", "_ga_5ABC"),
        ("flag_1", "flag_1", "flag_2", "flag_3"),
        ("tea", "salt", "soap", "oil"),
        ("a1*", "a*", "a2", "a**"),
        ("a8f3e1", "b7c2d4", "c1a9f0", "d4e5b6"),
    ],
)
def test_names_that_visitors_share_or_that_say_something_stay(visitors: tuple[str, ...]) -> None:
    first, second, refused, accepted = visitors
    assert names(survey(first, second, refused, accepted)) == set(visitors)


def test_several_names_of_one_visitor_stay() -> None:
    seen = survey("n_1", "n_2", "n_3", "n_4")
    assert seen.accepted
    several = replace(seen, accepted=replace(seen.accepted, items=seen.accepted.items | {cookie("n_5")}))
    assert names(several) == {"n_1", "n_2", "n_3", "n_4", "n_5"}


def test_the_draft_names_the_pattern_once(tmp_path: Path) -> None:
    seen = survey("incap_ses_1_28", "incap_ses_2_28", "incap_ses_3_28", "incap_ses_4_28")
    text, profile = drafted(tmp_path, seen)
    assert "incap_ses_*" in profile.categories[Category.FUNCTIONALITY].cookies
    assert text.count("incap_ses_") == 1


def test_what_is_tried_under_names_drawn_anew_is_listed_once() -> None:
    names = ("__mplss_3ox1bsni", "__mplss_8edhomzk", "__mplss_arhs7jmv", "__mplss_uvc2pqfa")
    tried = [Item(kind, OWN, name) for kind in (Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE) for name in names]
    seen = survey("lang", "lang", "lang", "lang")
    assert seen.accepted
    seen = replace(seen, accepted=replace(seen.accepted, passed=frozenset(tried)))
    patterned = with_patterns(seen)
    assert patterned.accepted
    assert patterned.accepted.passed == {replace(item, name="__mplss_*") for item in tried}


def test_what_is_tried_under_names_that_visitors_share_keeps_them() -> None:
    tried = frozenset(Item(Kind.LOCAL_STORAGE, OWN, f"test_v{number}") for number in (1, 2, 3))
    seen = survey("lang", "lang", "lang", "lang")
    assert seen.accepted
    assert seen.refused
    seen = replace(seen, accepted=replace(seen.accepted, passed=tried), refused=replace(seen.refused, passed=tried))
    patterned = with_patterns(seen)
    assert patterned.accepted
    assert patterned.accepted.passed == tried
