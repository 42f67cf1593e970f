"""TC strings of pages, requests and storage against the visitor's choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from consentinel.evidence.records import Kind, Record, Value
from consentinel.evidence.signal_records import ConsentString
from consentinel.reference_site.tc_string import tc_string
from consentinel.site.profile import Profile
from consentinel.site.signals import Signals
from consentinel.verdicts import tc_said, transparency
from consentinel.verdicts.finding import Verdict
from tests.evidence.test_tcf import ALL, REFUSED, SOME
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    choice,
    cookie,
    item,
    only,
    request,
    rest,
    state,
    timeline,
    visit,
)

BID = "https://www.ads.example/bid?gdpr=1&gdpr_consent="
NEXT = "https://www.shop.example/article"
MAPPED = PROFILE.model_copy(
    update={"signals": Signals.model_validate({"tcf": True, "tcf_purposes": {"analytics": [8], "advertising": [3, 4]}})}
)
ANALYTICS, ADS = tc_string({1, 8}, {2}), tc_string({1, 3, 4}, {1})
LEFT = tc_string(interests={2, 7, 9}, vendor_interests={2})


def page(text: str, at: float = 3.0, **changed: Any) -> ConsentString:
    return ConsentString(at, **{"api": "tcf", "text": Value(text), "applies": True, "frame": HOME, **changed})


def judged(
    rule: Callable[..., Verdict], records: Iterable[Record], since: float = 0.0, profile: Profile = MAPPED
) -> Verdict:
    return rule(timeline(visit(), *records, rest()), profile, (), since)


def nothing(*records: Record, since: float = 0.0) -> Verdict:
    return judged(transparency.nothing_consented, records, since)


@pytest.mark.parametrize("text", [REFUSED, LEFT, ""])
def test_a_string_of_a_refusal_is_right(text: str) -> None:
    assert nothing(page(text), request(BID + REFUSED)) == Verdict()
    assert nothing(choice(5), page(text, 6), request(BID + REFUSED)) == Verdict()


def test_consent_before_a_choice_and_after_a_refusal_is_not() -> None:
    found = only(nothing(page(REFUSED), request(BID + SOME)))
    assert "consent for purposes 1, 7 and 8 and consent for vendor 755" in found.sentence
    assert "has not chosen" in found.sentence
    assert "refused everything" in only(nothing(choice(5), page("", 6), request(BID + ALL))).sentence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (tc_string({1}), "consent for purpose 1"),
        (tc_string(vendors={4, 9}), "consent for vendors 4 and 9"),
        (tc_string(features={1}), "consent for special feature 1"),
        (tc_string(publisher={8}), "the publisher's own consent for purpose 8"),
        (tc_string(interests={2, 3, 7}), "a legitimate interest in purpose 3"),
        (tc_string(vendors=range(1, 60)), "consent for 59 vendors"),
    ],
)
def test_each_kind_of_consent_is_named(text: str, told: str) -> None:
    found = only(nothing(choice(2), page(text)))
    assert (found.kind, found.name, found.host) == (Kind.PAGE, "TC string", "www.shop.example")
    assert f"says: {told}, although" in found.sentence


def test_a_stored_string_is_judged_too() -> None:
    found = only(nothing(choice(2), page(REFUSED), state(5, cookie("euconsent-v2", ALL))))
    assert (found.kind, found.name) == (Kind.COOKIE, "euconsent-v2")
    assert not nothing(choice(2), page(REFUSED), state(5, cookie("id", "C" + "a8Zt" * 20))).findings


def test_a_withdrawal_counts_from_the_next_string_on() -> None:
    records: list[Record] = [choice(2, "advertising"), page(ALL), choice(20)]
    assert nothing(*records, page(REFUSED, 21), since=20) == Verdict()
    assert only(nothing(*records, page(ALL, 21), since=20)).at == 21


def test_what_keeps_silence_from_counting() -> None:
    assert nothing(page(""), request(BID + "xyz")).doubts == (tc_said.UNREADABLE,)
    assert nothing().doubts == (tc_said.NO_STRING,)
    assert nothing(page("", applies=False)).doubts == (tc_said.ELSEWHERE,)
    assert nothing(request("https://www.ads.example/bid?gdpr=0")).doubts == (tc_said.ELSEWHERE, tc_said.NO_STRING)
    assert nothing(page("", applies=None), request("https://www.ads.example/bid?gdpr=0")).doubts == (tc_said.ELSEWHERE,)
    unseen = transparency.nothing_consented(timeline(visit(), page(""), rest()), MAPPED, BLIND)
    assert len(unseen.doubts) == 1


def says(*records: Record, profile: Profile = MAPPED) -> Verdict:
    return judged(transparency.says_what_was_allowed, records, 2, profile)


def test_what_was_allowed_in_part() -> None:
    assert says(choice(2, "analytics"), page(ANALYTICS)) == Verdict()
    found = only(says(choice(2, "analytics"), page(ALL)))
    assert "consent for purposes 3 and 4, although the visitor does not allow it" in found.sentence
    assert "no consent for purpose 8" in only(says(choice(2, "analytics"), page(REFUSED))).sentence
    assert says(choice(2, "analytics"), page(ALL), profile=PROFILE) == Verdict((), (transparency.NO_PURPOSES,))


def test_the_last_string_of_a_page_and_a_service_counts() -> None:
    everything = choice(2, "analytics", "social", "advertising")
    assert says(everything, page(REFUSED), page(ALL, 4)) == Verdict()
    assert (
        "no consent for purposes 3, 4 and 8" in only(says(everything, page(ALL), page(REFUSED, 9, frame=NEXT))).sentence
    )
    assert only(says(everything, page(ALL), request(BID + REFUSED))).host == "www.ads.example"
    lacking = only(says(everything, page(REFUSED), profile=PROFILE))
    assert "no consent for any purpose and consent for any vendor" in lacking.sentence


def test_a_choice_in_part_asks_for_no_vendor_and_no_purpose_that_the_profile_does_not_name() -> None:
    assert says(choice(2, "analytics"), page(REFUSED), profile=PROFILE) == Verdict((), (transparency.NO_PURPOSES,))
    assert says(choice(2, "analytics"), page(tc_string({1, 8}))) == Verdict()


def agrees(*records: Record, since: float = 0.0) -> Verdict:
    return judged(transparency.agrees_with_page, records, since)


def test_the_string_in_a_request_is_that_of_the_page() -> None:
    assert agrees(page(LEFT), request(BID + REFUSED)) == Verdict()
    assert agrees(page(ALL), request(BID + REFUSED)) == Verdict()
    found = only(agrees(page(LEFT), request(BID + ADS)))
    assert "consent for purposes 1, 3 and 4 and consent for vendor 1, and the page's own TC string" in found.sentence


def test_a_request_may_be_a_moment_ahead_of_the_pages_listeners() -> None:
    assert agrees(page(LEFT), request(BID + ADS, 9.5), page(ADS, 10)) == Verdict()
    assert agrees(page(LEFT), request(BID + ADS, 9.5), page(ADS, 19)).findings


def test_the_stored_string_is_that_of_the_page() -> None:
    kept = item(Kind.LOCAL_STORAGE, "tc", ADS)
    assert agrees(page(ADS), state(5, kept)) == Verdict()
    assert "the page's own API does not say so" in only(agrees(page(LEFT), state(5, kept))).sentence
    less = only(agrees(page(ADS), state(5, item(Kind.LOCAL_STORAGE, "tc", LEFT))))
    assert "less than the page's own API, which says: consent for purposes 1, 3 and 4" in less.sentence
    assert agrees(page(LEFT), state(5, cookie("euconsent-v2", ADS, host="cmp.example"))) == Verdict()


def test_a_request_that_denies_the_gdpr_contradicts_the_page() -> None:
    elsewhere = request("https://www.ads.example/bid?gdpr=0")
    assert "a law that does not apply" in only(agrees(page(LEFT), elsewhere)).sentence
    assert agrees(page(LEFT, applies=False), elsewhere) == Verdict((), (tc_said.ELSEWHERE,))


def test_without_an_api_there_is_nothing_to_compare_with() -> None:
    assert agrees(request(BID + ALL)).doubts == (transparency.NO_API,)


def test_what_the_open_page_said_holds_until_it_says_something_else_or_another_comes() -> None:
    before = (page(REFUSED, 3), choice(20))
    route = request(BID + ALL, 30)
    assert only(agrees(*before, route, since=20)).kind == Kind.REQUEST
    assert agrees(*before, request(BID + REFUSED, 30), since=20) == Verdict()
    loaded = request(NEXT, 25, document=True)
    assert agrees(*before, loaded, request(BID + REFUSED, 30), since=20).doubts == (transparency.NO_API,)
