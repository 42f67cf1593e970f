"""The times that the policy says of a category and of the choice."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import StoredItem
from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import promises
from consentinel.policy.standing import standings
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.policy_limits import has_limits, kept_as_said
from tests.policy.builders import policy_of
from tests.verdicts.builders import BLIND, PROFILE, choice, cookie, only, state, timeline, visit

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
