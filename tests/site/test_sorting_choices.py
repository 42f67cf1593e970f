"""What holds the choice, and what each choice leaves behind beside it, is told from what recognises a visitor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consentinel.drafting.alike import is_same_for_all
from consentinel.drafting.choice import choice_item, once_more
from consentinel.drafting.compose import compose
from consentinel.drafting.sorting import sort_items
from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.evidence.records import Kind
from consentinel.site.load import load_profile
from consentinel.site.profile import Category
from tests.site.builders import written
from tests.site.test_compose import BEFORE, CHOICE, OWN, SURVEY, cookie
from tests.site.test_sorting import NOBODY, all_or_nothing


def chosen(refused: dict[Item, str], accepted: dict[Item, str], before: dict[Item, str]) -> Survey:
    """A survey of what was stored, with its values, beside the choice."""
    left = {
        name: Traces(BEFORE.items | {CHOICE, *values}, BEFORE.hosts, values=values)
        for name, values in (("refused", refused), ("accepted", accepted))
    }
    waiting = Traces(BEFORE.items | set(before), BEFORE.hosts, values=before)
    return replace(SURVEY, alone={}, before=waiting, refused=left["refused"], accepted=left["accepted"])


def test_what_holds_the_choice_once_more_is_proposed_as_needed() -> None:
    policy, same = cookie("cookies_policy"), Item(Kind.LOCAL_STORAGE, OWN, CHOICE.name)
    none, everything = (f'{{"essential":true,"usage":{answer}}}' for answer in ("false", "true"))
    survey = chosen({policy: none, same: "a1"}, {policy: everything, same: "b2"}, {policy: none})
    assert once_more(survey, OWN) == (policy, same)
    found = sort_items(survey, NOBODY, OWN)
    assert {found[item].category for item in (policy, same)} == {Category.FUNCTIONALITY}
    assert all(found[item].why.startswith("? proposed: ") for item in (policy, same))


def test_of_several_items_the_one_whose_answer_differs_keeps_the_choice_and_a_session_does_not() -> None:
    names = ("consent_at", "consent_number", "cookie_level", "a_session")
    at, number, level, session = map(cookie, names)
    refused = {at: "2026-11-30", number: "7c9e6679-f3a1-4b02", level: "none", session: "5d41402abc4b2a76"}
    accepted = {at: "2026-11-30", number: "1b9d6bcd-4f2a-8e03", level: "all", session: "9e107d9d372bb682"}
    left = [Traces(frozenset(values), BEFORE.hosts, values=values) for values in (refused, accepted)]
    survey = replace(SURVEY, alone={}, before=Traces(), refused=left[0], accepted=left[1])
    assert choice_item(survey, OWN) == level
    assert once_more(survey, OWN) == ()
    known = cookie("PHPSESSID")
    assert choice_item(replace(survey, refused=Traces(frozenset({known, cookie("gdpr")}))), OWN) == cookie("gdpr")
    waiting = replace(survey, before=Traces(frozenset({level}), values={level: "wait"}))
    assert choice_item(replace(waiting, refused=Traces(frozenset({level, known}), values={level: "no"})), OWN) == level
    assert choice_item(replace(survey, refused=Traces(frozenset({known}))), OWN) == known


def test_what_an_acceptance_alone_leaves_keeps_the_choice_where_a_refusal_is_not_noted(tmp_path: Path) -> None:
    nothing = replace(SURVEY, alone={}, before=Traces(), refused=Traces(), is_remembered=False)
    survey = replace(nothing, accepted=Traces(frozenset({CHOICE, cookie("_count")})))
    assert choice_item(survey, OWN) == CHOICE
    assert choice_item(replace(survey, is_remembered=True), OWN) is None
    drafted = compose(survey, NOBODY)
    assert "the site asked again: it seems to keep an acceptance alone" in drafted
    assert "an acceptance leaves it behind: it keeps the choice" in drafted
    assert load_profile(str(written(tmp_path, drafted)), environ={}).consent.stored.name == CHOICE.name


def test_what_only_sounds_like_the_choice_is_not_taken_for_it() -> None:
    identifier, lasting = cookie("cookie_id"), cookie("visitor")
    survey = chosen({identifier: "a81b-e0", lasting: "no"}, {identifier: "77c2-d9", lasting: "yes"}, {})
    assert once_more(survey, OWN) == ()
    found = sort_items(survey, NOBODY, OWN)
    assert found[identifier].why == "stored although everything was refused"
    assert found[identifier].category is None


def test_what_was_there_before_a_choice_does_not_hold_it_for_its_name_alone() -> None:
    same = Item(Kind.LOCAL_STORAGE, OWN, CHOICE.name)
    assert once_more(chosen({same: "a1"}, {same: "b2"}, {same: "c3"}), OWN) == ()


@pytest.mark.parametrize(
    ("name", "refused", "accepted", "category"),
    [
        ("choice_version", "3", "3", Category.FUNCTIONALITY),
        ("consent_date", "2026-03-01T10%3A00%3A00.000Z", "2026-03-01T10%3A00%3A09.000Z", Category.FUNCTIONALITY),
        ("cookie_at", "1772359200000", "1772359209000", Category.FUNCTIONALITY),
        ("visitor", "81f3a0c2", "81f3a0c2", None),
        ("visitor", "7", "8", None),
        ("seen", "1772359200000", "1772359209000", None),
        ("consent_id", "1772359200.8113", "1772359209.2214", None),
        ("empty", "", "", None),
    ],
)
def test_what_each_choice_leaves_behind_that_tells_nobody_apart_goes_with_the_choice(
    name: str, refused: str, accepted: str, category: Category | None
) -> None:
    item = cookie(name)
    survey = all_or_nothing(replace(BEFORE, items=BEFORE.items | {CHOICE, item}, values={item: accepted}))
    assert survey.refused is not None
    one = replace(survey.refused, items=survey.refused.items | {item}, values={item: refused})
    assert sort_items(replace(survey, refused=one), NOBODY, OWN)[item].category is category


@pytest.mark.parametrize(("value", "category"), [("true", Category.FUNCTIONALITY), ("81f3a0c2d4e5", None), ("", None)])
def test_a_short_note_that_a_refusal_alone_leaves_behind_goes_with_the_choice(
    value: str, category: Category | None
) -> None:
    note = cookie("ga-disable-G-SHOP")
    survey = chosen({CHOICE: "none", note: value}, {CHOICE: "all"}, {})
    assert sort_items(survey, NOBODY, OWN)[note].category is category


@pytest.mark.parametrize(
    ("name", "value", "category"),
    [
        ("stats_consent", "true", Category.FUNCTIONALITY),
        ("stats_consent", "1772359200.8113", Category.ANALYTICS),
        ("stats_on", "true", Category.ANALYTICS),
    ],
)
def test_an_answer_that_a_grant_alone_leaves_under_a_name_of_consent_goes_with_the_choice(
    name: str, value: str, category: Category
) -> None:
    note = cookie(name)
    granted = Traces(BEFORE.items | {CHOICE, note}, BEFORE.hosts, values={CHOICE: "some", note: value})
    refused = Traces(BEFORE.items | {CHOICE}, BEFORE.hosts, values={CHOICE: "none"})
    survey = replace(SURVEY, refused=refused, accepted=granted, alone={Category.ANALYTICS: granted})
    assert sort_items(survey, NOBODY, OWN)[note].category is category


CONSENTS = ("7c9e6679-f3a1-4b02-9d1e-0c5a3b8f1e22", "1b9d6bcd-4f2a-4e03-8a7c-5f0e9d3c2b11")
TAG, OWN_SCRIPT = "https://tags.example/tag.js", f"https://{OWN}/consent.js"


def numbered(name: str, values: tuple[str, str], writer: str = OWN_SCRIPT, told: str = "") -> Survey:
    """A survey in which refusal and acceptance leave these values, each in an item of this name beside the choice."""
    left = [
        Traces(
            BEFORE.items | {CHOICE, cookie(name)},
            BEFORE.hosts,
            values={CHOICE: answer, cookie(name): value},
            writers={(Kind.COOKIE, CHOICE.name): OWN_SCRIPT, (Kind.COOKIE, name): writer},
            addresses=frozenset({f"{told}?id={value}"} if told else ()),
        )
        for answer, value in zip(("none", "all"), values, strict=True)
    ]
    return replace(SURVEY, alone={}, refused=left[0], accepted=left[1])


@pytest.mark.parametrize("name", ["consent_id", "cookie_consent_uuid", "cc_uid", "consentId", "my-consent-number"])
def test_the_number_of_a_consent_beside_its_choice_goes_with_it(name: str) -> None:
    found = sort_items(numbered(name, CONSENTS), NOBODY, OWN)[cookie(name)]
    assert found.category is Category.FUNCTIONALITY
    assert found.why.startswith("? proposed: ")
    told_of_consent = numbered(name, CONSENTS, told="https://log.example/consents")
    assert sort_items(told_of_consent, NOBODY, OWN)[cookie(name)].category is Category.FUNCTIONALITY


@pytest.mark.parametrize(
    ("name", "survey"),
    [
        ("consent_id", numbered("consent_id", CONSENTS, writer=TAG)),
        ("consent_id", numbered("consent_id", CONSENTS, told="https://px.tracker.test/hit")),
        ("consent_id", numbered("consent_id", (CONSENTS[0], CONSENTS[0]))),
        ("consent_id", numbered("consent_id", ("1772359200.8113", "1772359209.2214"))),
        ("visitor_id", numbered("visitor_id", CONSENTS)),
        ("accuid", numbered("accuid", CONSENTS)),
    ],
)
def test_what_recognises_a_visitor_is_no_number_of_a_consent(name: str, survey: Survey) -> None:
    assert sort_items(survey, NOBODY, OWN)[cookie(name)].category is None


PAGES = "https://www.shop.example/ https://www.shop.example/tea"


@pytest.mark.parametrize(
    ("held", "is_plain"),
    [
        ((PAGES, PAGES, PAGES), True),
        ((PAGES, f"{PAGES} https://www.shop.example/cookies", PAGES), True),
        ((f"{PAGES} https://www.shop.example/app.3f9a8c1d2b.js",) * 3, True),
        ((PAGES, PAGES, f"{PAGES} https://www.shop.example/id/3f9a8c1d2b"), False),
        ((PAGES, PAGES), False),
    ],
)
def test_a_cache_of_pages_tells_nobody_apart_and_one_of_identifiers_does(held: tuple[str, ...], is_plain: bool) -> None:
    cache = Item(Kind.CACHE, OWN, "v1")
    seen = [Traces(frozenset({cache}), values={cache: value}) for value in held]
    assert is_same_for_all(cache, seen) is is_plain


def withdrawn(note: Item, value: str, *, stays: bool = True) -> Survey:
    """A survey in which only the visitor who took consent back has a certain item."""
    noted, nothing = frozenset({note}), frozenset[Item]()
    left = Traces(noted if stays else nothing, passed=nothing if stays else noted, values={note: value})
    return replace(chosen({}, {}, {}), withdrawn=left)


@pytest.mark.parametrize("stays", [True, False])
@pytest.mark.parametrize("value", ["0", "1796113849074"])
def test_what_consent_that_is_taken_back_leaves_alone_notes_that(value: str, stays: bool) -> None:
    note = Item(Kind.LOCAL_STORAGE, OWN, "optedOut")
    found = sort_items(withdrawn(note, value, stays=stays), NOBODY, OWN)[note]
    assert found.category is Category.FUNCTIONALITY
    assert "taken back" in found.why


def test_what_tells_the_visitor_apart_who_took_consent_back_notes_nothing() -> None:
    note = Item(Kind.LOCAL_STORAGE, OWN, "optedOut")
    found = sort_items(withdrawn(note, "0193f7c2-9b1e-7c40-8a53-5d2c41f0be77"), NOBODY, OWN)[note]
    assert (found.category, found.why) == (None, "stored only where consent was taken back")


@pytest.mark.parametrize(("name", "value"), [("optedOut", "{}"), ("optedOut", "null"), ("ajs_group_id", "0")])
def test_what_a_service_clears_where_consent_is_taken_back_notes_nothing(name: str, value: str) -> None:
    note = Item(Kind.LOCAL_STORAGE, OWN, name)
    assert sort_items(withdrawn(note, value), NOBODY, OWN)[note].category is not Category.FUNCTIONALITY


def test_what_an_acceptance_leaves_as_well_is_no_note_of_taking_it_back() -> None:
    note = Item(Kind.LOCAL_STORAGE, OWN, "seen")
    survey = replace(withdrawn(note, "1"), accepted=Traces(frozenset({note}), values={note: "1"}))
    assert sort_items(survey, NOBODY, OWN)[note].category is None


def test_what_a_known_service_tries_once_it_is_allowed_goes_with_the_service() -> None:
    tried = Item(Kind.SESSION_STORAGE, OWN, "mp_gen_new_tab_id_mixpanel")
    left = Traces(passed=frozenset({tried}), values={tried: "1"})
    granted = replace(chosen({}, {}, {}), accepted=left, withdrawn=left)
    assert sort_items(granted, NOBODY, OWN)[tried].category is Category.ANALYTICS
    early = replace(granted, before=left)
    assert sort_items(early, NOBODY, OWN)[tried].category is Category.FUNCTIONALITY
