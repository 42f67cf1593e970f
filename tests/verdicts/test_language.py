"""A chosen language: kept by what is stored, or part of the addresses, of which each may ask for itself."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record, StoredItem
from consentinel.site.profile import Profile
from consentinel.verdicts import language, page_rules
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, cookie, only, rest, state, timeline, visit

HERE, THERE = f"{HOME}en/tea", f"{HOME}fr/"


def chose(led_to: str, then: str = HERE) -> list[Record]:
    return [visit(10.0, language.CHOOSES), rest(11.0, page=led_to), visit(12.0), rest(13.0, page=then)]


@pytest.mark.parametrize(
    ("said", "held"),
    [("fr", True), ("fr-CH", True), ("FR", True), ("fr_FR", True), ("frr", False), ("de", False), ("", False)],
)
def test_a_narrower_language_is_that_language(said: str, held: bool) -> None:
    assert language.is_language(said, "fr") is held


def test_a_page_in_the_chosen_language_keeps_it() -> None:
    assert language.is_kept(timeline(*chose(HERE)), PROFILE, "fr-FR") == Verdict()


@pytest.mark.parametrize("led_to", [THERE, "https://fr.shop.example/", f"{HOME}?lang=fr_FR", f"{HOME}fr-ch/tea"])
def test_an_address_of_another_language_speaks_that_one_whatever_was_chosen(led_to: str) -> None:
    [doubt] = language.is_kept(timeline(*chose(led_to)), PROFILE, "en").doubts
    assert "part of this site's addresses" in doubt


@pytest.mark.parametrize(("led_to", "then"), [(HERE, HERE), (HOME, HERE), (THERE, THERE), (f"{HOME}fresh/", HERE)])
def test_a_language_that_is_in_no_address_is_lost(led_to: str, then: str) -> None:
    only(language.is_kept(timeline(*chose(led_to, then)), PROFILE, "en"))


SEVERAL = Profile.model_validate(
    {**PROFILE.model_dump(mode="json", exclude_none=True), "consent": {"stored": {"name": "choice_*"}}}
)
KEPT_HERE = cookie("choice_en", host="www.shop.example", path="/en/")


@pytest.mark.parametrize(
    ("profile", "kept", "led_to", "doubts"),
    [
        pytest.param(SEVERAL, KEPT_HERE, THERE, 1, id="each language keeps its own"),
        pytest.param(SEVERAL, cookie("choice_en", host="www.shop.example"), THERE, 0, id="it reaches every page"),
        pytest.param(SEVERAL, KEPT_HERE, f"{HOME}other/", 0, id="no address names a language"),
        pytest.param(PROFILE, cookie("choice", path="/en/"), THERE, 0, id="one item holds the choice"),
    ],
)
def test_a_language_may_ask_for_itself(profile: Profile, kept: StoredItem, led_to: str, doubts: int) -> None:
    seen = timeline(visit(10.0, language.CHOOSES), rest(11.0, page=led_to), state(12.0, kept))
    verdict = page_rules.keeps_quiet(seen, profile, shows=True)
    assert (len(verdict.doubts), len(verdict.findings)) == (doubts, 1 - doubts)
