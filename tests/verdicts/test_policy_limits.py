"""The times that the policy says of a category and of the choice."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import StoredItem
from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import promises
from consentinel.policy.standing import standings
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.policy_limits import (
    choice_lasts,
    has_limits,
    kept_as_said,
    says_how_long_a_choice_lasts,
)
from tests.policy.builders import policy_of
from tests.verdicts.builders import BLIND, PROFILE, choice, cookie, only, state, timeline, visit, write

DAY = 86400.0
SEEN = 20.0


def policy(key: str = "analytics", *, confirmed: bool = True, **more: Any) -> PolicyFile:
    table = {"name": "Statistics", "confirmed": confirmed, **more}
    return policy_of("We count.", parameters={"categories": {key: table}})


def verdict(written: PolicyFile, *items: StoredItem) -> Verdict:
    record = timeline(visit(), choice(5.0, "analytics", "advertising"), state(SEEN, *items))
    return kept_as_said(record, PROFILE, written, ())


def lasting(name: str, days: float) -> StoredItem:
    return cookie(name, expires=SEEN + days * DAY)


def test_a_cookie_of_a_category_is_kept_no_longer_than_the_policy_says_of_it() -> None:
    finding = only(verdict(policy(max_days=390), lasting("_ga", 400), lasting("_adn", 400)))
    assert (finding.rule, finding.name, finding.breaks) == ("kept longer than declared", "_ga", ("P28",))
    assert "is kept for 400 days, although the policy says at most 390 days of this category" in finding.sentence
    assert verdict(policy(max_days=390), lasting("_ga", 390), cookie("_ga_1")) == Verdict()


def test_the_choice_is_kept_no_longer_than_the_policy_says() -> None:
    finding = only(verdict(policy(choice_months=6), lasting("choice", 365)))
    assert "although the policy says at most 6 months of the choice" in finding.sentence
    assert verdict(policy(choice_months=6), lasting("choice", 186), lasting("_ga", 400)) == Verdict()


def test_a_choice_that_outlives_the_months_after_which_the_policy_asks_again_is_a_doubt() -> None:
    found = verdict(policy(renew_months=6), lasting("choice", 365))
    assert found.findings == ()
    assert "whether the site asks again after 6 months before that was not tried" in found.doubts[0]
    assert verdict(policy(renew_months=6), lasting("choice", 183)) == Verdict()


@pytest.mark.parametrize("limit", [{"max_days": 1}, {"choice_months": 1}, {"renew_months": 1}])
def test_what_nobody_has_confirmed_is_no_finding_and_makes_the_promise_unconfirmed(limit: dict[str, Any]) -> None:
    written = policy(confirmed=False, **limit)
    assert verdict(written, lasting("_ga", 400), lasting("choice", 365)) == Verdict()
    assert standings(promises(), written)["P28"] == "unconfirmed"
    assert standings(promises(), policy(**limit))["P28"] == "made"
    assert has_limits(written)


def test_a_policy_that_says_no_time_has_no_limits() -> None:
    assert not has_limits(policy())


def test_a_row_of_the_register_counts_as_well() -> None:
    written = policy_of("We count.", register=[{"item": "_ga", "lifetime": "1 day", "confirmed": True}])
    assert has_limits(written)
    assert "register says" in only(verdict(written, lasting("_ga", 2))).sentence


def test_what_could_not_be_seen_is_a_doubt() -> None:
    assert kept_as_said(timeline(visit()), PROFILE, policy(max_days=1), BLIND).doubts


def lasts(*items: StoredItem, months: float = 6) -> Verdict:
    record = timeline(visit(), choice(5.0), state(SEEN, *items))
    return choice_lasts(record, PROFILE, policy(choice_months=months), ())


def test_the_choice_is_kept_no_shorter_than_the_policy_says() -> None:
    finding = only(lasts(lasting("choice", 7)))
    assert (finding.rule, finding.name, finding.breaks) == ("kept shorter than declared", "choice", ("P28",))
    assert "is kept for 7 days, although the policy says 6 months of the choice" in finding.sentence
    assert "is kept until the browser closes, although" in only(lasts(cookie("choice"))).sentence


@pytest.mark.parametrize("days", [168, 180, 183, 400])
def test_a_month_may_have_28_days_and_a_longer_time_is_judged_elsewhere(days: float) -> None:
    assert lasts(lasting("choice", days)) == Verdict()


def test_the_term_that_was_asked_for_counts_and_not_the_one_that_browsers_cut_it_to() -> None:
    asked = write("choice", 6.0, max_age=700 * DAY)
    record = timeline(visit(), choice(5.0), asked, state(SEEN, lasting("choice", 400)))
    assert choice_lasts(record, PROFILE, policy(choice_months=23), ()) == Verdict()


def test_without_anything_that_keeps_the_choice_its_time_is_a_doubt() -> None:
    assert "how long it lasts cannot be told" in lasts(lasting("session", 7)).doubts[0]


def test_only_what_a_person_has_confirmed_says_how_long_a_choice_lasts() -> None:
    assert says_how_long_a_choice_lasts(policy(choice_months=6))
    assert not says_how_long_a_choice_lasts(policy(choice_months=6, confirmed=False))
    assert not says_how_long_a_choice_lasts(policy(max_days=30))
