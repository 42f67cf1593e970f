"""What services are told, where the policy has categories of its own, one of which can only be objected to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from consentinel.evidence.records import Record
from consentinel.reference_site.tc_string import tc_string
from consentinel.site.category import Category, CategoryTable
from consentinel.site.profile import Profile
from consentinel.site.signals import Signals
from consentinel.verdicts import privacy_control, sent, signals, transparency
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.signal_reading import NO_CATEGORY
from tests.verdicts.builders import HOME, PROFILE, choice, only, request, rest, timeline, visit
from tests.verdicts.test_privacy_control import SHOWN, asking
from tests.verdicts.test_signals import HIT, command, hit
from tests.verdicts.test_transparency import BID, page

COUNTS, PROMOTION = Category("counts"), Category("promotion")
PURPOSES = {
    COUNTS: ("analytics_storage",),
    PROMOTION: ("ad_storage", "ad_user_data", "ad_personalization"),
}
INTEREST, NEITHER = tc_string(interests={8}, vendor_interests={2}), tc_string()
PROMOTED, BOTH = tc_string({1, 3, 4}, {755}), tc_string({1, 3, 4}, {755}, interests={8})


def garden(**said: Any) -> Profile:
    """A site that counts until the visitor objects, and promotes with consent. `said` is its table of signals."""
    categories = {
        Category.FUNCTIONALITY: PROFILE.categories[Category.FUNCTIONALITY],
        COUNTS: CategoryTable(label="Counts", model="opt-out"),
        PROMOTION: CategoryTable(label="Promotion"),
    }
    told = Signals(google_consent_mode=True, **said)
    return PROFILE.model_copy(update={"categories": categories, "signals": told})


GARDEN = garden(consent_purposes=PURPOSES, tcf=True, tcf_purposes={COUNTS: (8,), PROMOTION: (3, 4)})


def judged(rule: Callable[..., Verdict], *records: Record, since: float = 0.0, profile: Profile = GARDEN) -> Verdict:
    return rule(timeline(visit(), *records, rest()), profile, (), since)


def beyond(*records: Record, profile: Profile = GARDEN) -> Verdict:
    return judged(signals.nothing_allowed_beyond_choice, *records, profile=profile)


def told(*records: Record, profile: Profile = GARDEN) -> Verdict:
    return judged(signals.signals_the_choice, *records, since=4.0, profile=profile)


@pytest.mark.parametrize("letter", "ptlr")
def test_before_a_choice_counting_may_be_granted_and_nothing_else(letter: str) -> None:
    assert beyond(hit(f"p{letter}pp")) == Verdict()
    assert "storage for advertising is granted" in only(beyond(hit(f"t{letter}pp"))).sentence


def test_a_page_may_grant_counting_by_default() -> None:
    assert beyond(command("default", "-+--")) == Verdict()
    assert "storage for advertising and storage for analytics" not in only(beyond(command("default", "++--"))).sentence


@pytest.mark.parametrize(("letter", "right"), [*((one, True) for one in "pqmu"), *((one, False) for one in "lrntv")])
def test_after_an_objection_counting_is_denied(letter: str, right: bool) -> None:
    assert (not beyond(choice(5, "promotion"), hit(f"r{letter}rr")).findings) is right


def test_a_default_that_the_page_takes_back_at_once_is_no_grant() -> None:
    default, update = command("default", "-+--"), command("update", ".-..", 5.1)
    assert only(beyond(choice(4), default)).name == "consent default"
    assert beyond(choice(4), default, update) == Verdict()
    assert beyond(choice(4), default, command("update", ".-..", 5.1, regions=("DE",))).findings
    assert beyond(choice(4), default, command("update", ".-..", 5.1, frame=f"{HOME}a")).findings
    assert beyond(choice(4), default, command("default", "-+--", 7), command("update", ".-..", 8)).findings


def test_what_needs_consent_is_not_granted_even_for_a_moment() -> None:
    assert beyond(choice(4), command("default", "+---"), command("update", "-...", 5.1)).findings


def test_what_was_allowed_beside_an_objection_is_told() -> None:
    assert told(choice(4, "promotion"), hit("tptt")) == Verdict()
    found = only(told(choice(4, "promotion"), hit("pppp")))
    assert "are denied, although the visitor allows it" in found.sentence


def test_without_a_word_in_the_profile_nobody_can_tell_what_serves_categories_of_its_own() -> None:
    silent = garden()
    assert beyond(choice(4), hit("pppp"), profile=silent) == Verdict()
    assert only(beyond(choice(4), hit("tttt"), profile=silent)).name == "/g/collect"
    assert beyond(hit("pppp"), profile=silent) == Verdict()
    assert beyond(hit("tttt"), profile=silent) == Verdict((), (NO_CATEGORY,))
    assert beyond(choice(4, "promotion"), hit("tptt"), profile=silent) == Verdict((), (NO_CATEGORY,))
    assert beyond(command("default", "-+--"), profile=silent) == Verdict((), (NO_CATEGORY,))
    assert told(choice(4, "promotion"), hit("pppp"), profile=silent) == Verdict()


def test_an_advertising_purpose_is_beyond_a_policy_that_has_analytics_alone() -> None:
    categories = {one: PROFILE.categories[one] for one in (Category.FUNCTIONALITY, Category.ANALYTICS)}
    profile = PROFILE.model_copy(update={"categories": categories})
    assert only(beyond(choice(4, "analytics"), hit("rrpp"), profile=profile)).rule == "told beyond the choice"


def test_a_purpose_that_serves_two_categories_needs_one_of_them() -> None:
    shared = garden(consent_purposes={COUNTS: ("analytics_storage",), PROMOTION: ("analytics_storage", "ad_storage")})
    assert beyond(choice(4, "promotion"), request(f"{HIT}?gcs=G111"), profile=shared) == Verdict()
    assert beyond(choice(4), request(f"{HIT}?gcs=G101"), profile=shared).findings


COUNTED = request("https://elsewhere.example/collect?v=2&tid=G-1&cid=3.4")
"""What counts, whatever host takes it."""


def heard(*records: Record, profile: Profile) -> Verdict:
    return sent.only_allowed(timeline(visit(), *records, COUNTED, rest()), profile, (), ())


def test_what_counts_serves_the_category_of_the_policys_own() -> None:
    assert heard(profile=GARDEN) == Verdict()
    assert heard(choice(4, "counts"), profile=GARDEN) == Verdict()
    assert only(heard(choice(4), profile=GARDEN)).category == "counts"


def test_what_counts_is_in_doubt_where_the_profile_does_not_say_what_it_serves() -> None:
    silent = garden()
    assert heard(profile=silent) == Verdict((), (NO_CATEGORY,))
    assert heard(choice(4, "counts"), profile=silent) == Verdict((), (NO_CATEGORY,))
    assert "heard from the visitor without consent" in only(heard(choice(4), profile=silent)).sentence


def nothing(*records: Record) -> Verdict:
    return judged(transparency.nothing_consented, *records)


def test_an_interest_in_counting_holds_until_the_visitor_objects() -> None:
    assert nothing(page(INTEREST), request(BID + INTEREST)) == Verdict()
    assert nothing(choice(5), page(NEITHER, 6)) == Verdict()
    assert "a legitimate interest in purpose 8" in only(nothing(choice(5), page(INTEREST, 6))).sentence
    assert nothing(choice(5, "counts"), page(INTEREST, 6)) == Verdict()


def says(*records: Record) -> Verdict:
    return judged(transparency.says_what_was_allowed, *records, since=5.0)


def test_an_interest_in_counting_goes_with_an_objection_alone() -> None:
    assert says(choice(5, "promotion"), page(PROMOTED, 6)) == Verdict()
    assert "a legitimate interest in purpose 8" in only(says(choice(5, "promotion"), page(BOTH, 6))).sentence
    assert "no consent for purposes 3 and 4" in only(says(choice(5, "promotion"), page(NEITHER, 6))).sentence


def test_an_interest_is_enough_where_no_consent_is_needed() -> None:
    assert says(choice(5, "counts", "promotion"), page(BOTH, 6)) == Verdict()
    assert "no consent for purpose 8" in only(says(choice(5, "counts", "promotion"), page(PROMOTED, 6))).sentence


def test_nobody_has_consented_to_what_needs_no_consent() -> None:
    assert "consent for purpose 8" in only(nothing(page(tc_string({8}, {2})))).sentence


@pytest.mark.parametrize(
    ("rule", "wrong", "right"),
    [
        (privacy_control.nothing_told, command("default", "-+--"), command("default", "----")),
        (privacy_control.nothing_consented, page(INTEREST), page(NEITHER)),
    ],
)
def test_a_wish_of_the_browser_is_an_objection_as_well(
    rule: Callable[..., Verdict], wrong: Record, right: Record
) -> None:
    def heeded(*records: Record) -> Verdict:
        return rule(timeline(visit(), *records, rest()), GARDEN, ())

    assert heeded(SHOWN, asking(HOME), right) == Verdict()
    assert heeded(SHOWN, asking(HOME), wrong).findings
    assert heeded(SHOWN, asking(HOME), choice(2.5, "counts"), wrong) == Verdict()
    assert heeded(right).doubts == (privacy_control.NO_WIRE,)
