"""The policy's register against what was seen."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import Kind, Record
from consentinel.policy.policy_file import PolicyFile
from consentinel.verdicts import register
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.stored import STORED
from tests.policy.builders import policy_of
from tests.verdicts.builders import (
    BLIND,
    PROFILE,
    SCRIPT,
    choice,
    cookie,
    item,
    only,
    setting,
    state,
    timeline,
    visit,
    write,
)

DAY = 86400.0
EVERYTHING = choice(5.0, "analytics", "social", "advertising")


def row(name: str, **more: Any) -> dict[str, Any]:
    return {"item": name, "confirmed": True, **more}


def policy(*rows: dict[str, Any], **more: Any) -> PolicyFile:
    return policy_of("We count.", register=rows, **more)


def verdict(written: PolicyFile, *records: Record) -> Verdict:
    return register.lists_everything(timeline(visit(), EVERYTHING, *records), PROFILE, written, ())


def test_an_item_that_a_row_lists_is_clean() -> None:
    written = policy(
        row("_ga, _ga_<container>", lifetime="13 months", category="analytics", kind="cookie", host="*.shop.example"),
        row("ui", lifetime="persistent", kind="local_storage", party="first"),
        row("circle", host="circle.example", category="social", lifetime="session", party="third"),
    )
    kept = state(
        20.0,
        cookie("_ga", expires=20.0 + 397 * DAY),
        cookie("_ga_AB12", host="www.shop.example"),
        item(Kind.LOCAL_STORAGE, "ui"),
        cookie("circle", host="widgets.circle.example", expires=20.0 + 0.9 * DAY),
    )
    assert verdict(written, kept) == Verdict()


def test_a_row_names_a_service_worker_by_its_path() -> None:
    worker = state(20.0, item(Kind.SERVICE_WORKER, "https://www.shop.example/sw.js?v=3"))
    assert verdict(policy(row("/sw.js", kind="service_worker")), worker) == Verdict()
    assert only(verdict(policy(row("sw.js", kind="service_worker")), worker)).rule == "not in the register"


def test_an_item_that_no_row_lists_is_a_finding() -> None:
    finding = only(verdict(policy(row("_ga")), state(20.0, cookie("_ga"), cookie("_gid"))))
    assert (finding.rule, finding.name, finding.category) == ("not in the register", "_gid", "undeclared")
    assert finding.sentence == (
        'The cookie "_gid" of shop.example is stored, and the policy\'s register does not list it'
    )


def test_an_unlisted_item_that_was_removed_again_is_a_finding() -> None:
    finding = only(verdict(policy(row("_ga")), write("_uid", 10.0, Kind.LOCAL_STORAGE), state(20.0)))
    assert (finding.name, finding.written_by) == ("_uid", SCRIPT)


def test_a_row_of_another_kind_or_on_another_domain_lists_nothing() -> None:
    kept = state(20.0, cookie("_ga"))
    assert only(verdict(policy(row("_ga", kind="local_storage")), kept)).rule == "not in the register"
    finding = only(verdict(policy(row("_ga", host="other.example")), kept))
    assert finding.rule == "not in the register"
    assert finding.sentence.endswith(
        "is stored, and the policy's register lists one of this name on other.example alone"
    )


@pytest.mark.parametrize(
    "rows",
    [
        (row("_ga"), {"item": "_gi<x>"}),
        ({"item": "_gid"},),
    ],
)
def test_what_nobody_has_confirmed_makes_no_finding_and_no_pass(rows: tuple[dict[str, Any], ...]) -> None:
    found = verdict(policy(*rows), state(20.0, cookie("_gid")))
    assert found.findings == ()
    assert len(found.doubts) == 1
    assert "confirmed" in found.doubts[0]


def test_a_register_without_rows_is_no_answer() -> None:
    assert verdict(policy(), state(20.0, cookie("_ga"))).doubts == ("the policy file has no register",)


@pytest.mark.parametrize(
    ("lifetime", "days"), [("13 months", 398), ("1 an", 367), ("session", 30), ("30 days", 30.2), ("2 years", 732)]
)
def test_an_item_kept_longer_than_declared_is_a_finding(lifetime: str, days: float) -> None:
    finding = only(verdict(policy(row("_ga", lifetime=lifetime)), write("_ga", max_age=days * DAY), state(20.0)))
    assert (finding.rule, finding.category) == ("kept longer than declared", "analytics")
    assert f'is kept for {days:g} days, although the policy\'s register says "{lifetime}"' in finding.sentence


@pytest.mark.parametrize(
    ("lifetime", "days"),
    [("13 months", 397), ("13 mois", 390), ("1 an", 366), ("30 days", 30), ("persistent", 4000), ("", 4000)],
)
def test_an_item_kept_as_long_as_declared_is_clean(lifetime: str, days: float) -> None:
    assert verdict(policy(row("_ga", lifetime=lifetime)), setting("_ga", max_age=days * DAY), state(20.0)) == Verdict()


def test_the_longest_of_several_rows_counts() -> None:
    rows = (row("_ga*", lifetime="1 day"), row("_ga", lifetime="1 year"))
    assert verdict(policy(*rows), setting("_ga", max_age=300 * DAY), state(20.0)) == Verdict()


def test_an_unconfirmed_lifetime_makes_no_finding() -> None:
    found = verdict(
        policy({"item": "_ga", "lifetime": "1 day"}), setting("_ga", max_age=300 * DAY), state(20.0, cookie("_ga"))
    )
    assert (found.findings, len(found.doubts)) == ((), 1)


def test_an_item_in_another_category_than_declared_is_a_finding() -> None:
    finding = only(verdict(policy(row("_ga", category="functionality")), state(20.0, cookie("_ga"))))
    assert (finding.rule, finding.category) == ("category contradicted", "analytics")
    assert "is declared as functionality in the policy's register, and serves analytics" in finding.sentence


def test_an_item_declared_to_wait_for_consent_that_does_not_is_a_finding() -> None:
    table = {"analytics": {"name": "Statistics", "model": "opt-in", "confirmed": True}}
    written = policy(row("odd", category="analytics"), parameters={"categories": table})
    kept = state(20.0, cookie("odd"))
    refused = timeline(visit(), choice(5.0), kept)
    finding = only(register.lists_everything(refused, PROFILE, written, ()))
    assert "is declared as analytics in the policy's register, and was stored without consent to it" in finding.sentence
    assert (finding.rule, finding.breaks) == ("category contradicted", ("P05", "P31"))
    assert verdict(written, kept) == Verdict(), "with consent it may be stored"


def test_where_profile_and_register_agree_the_choice_is_what_an_item_breaks() -> None:
    table = {"analytics": {"name": "Statistics", "model": "opt-in", "confirmed": True}}
    written = policy(row("_ga", category="analytics"), parameters={"categories": table})
    refused = timeline(visit(), choice(5.0), state(20.0, cookie("_ga")))
    finding = only(register.lists_everything(refused, PROFILE, written, ()))
    assert (finding.rule, finding.breaks[0]) == (STORED, "P10"), "the cause that other scenarios name, too"


@pytest.mark.parametrize("changed", [{"model": "opt-out"}, {"model": "always"}, {"confirmed": False}])
def test_an_item_that_need_not_wait_may_be_stored(changed: dict[str, Any]) -> None:
    table = {"analytics": {"name": "Statistics", "model": "opt-in", "confirmed": True, **changed}}
    written = policy(row("odd", category="analytics"), parameters={"categories": table})
    assert register.lists_everything(timeline(visit(), state(20.0, cookie("odd"))), PROFILE, written, ()) == Verdict()


def test_a_category_that_the_profile_does_not_have_is_not_compared() -> None:
    assert verdict(policy(row("_ga", category="personalisation")), state(20.0, cookie("_ga"))) == Verdict()


@pytest.mark.parametrize("more", [{"party": "first"}, {"host": "www.shop.example"}])
def test_an_item_declared_as_the_sites_own_and_set_by_another_is_a_finding(more: dict[str, Any]) -> None:
    finding = only(verdict(policy(row("_ga", **more)), state(20.0, cookie("_ga", host="ads.example"))))
    assert finding.rule == "first party declared"
    assert "is set by another site" in finding.sentence


def test_a_script_of_another_site_may_write_the_sites_own_cookie() -> None:
    written = write("_ga", script="https://www.metrics.example/tag.js:1", host="shop.example")
    assert verdict(policy(row("_ga", party="first")), written, state(20.0, cookie("_ga"))) == Verdict()


def test_an_unobservable_store_is_a_doubt() -> None:
    found = register.lists_everything(timeline(visit(), state(1.0)), PROFILE, policy(row("_ga")), BLIND)
    assert "IndexedDB cannot be observed in chromium: a planted item was not seen" in found.doubts
    assert register.lists_everything(timeline(visit()), PROFILE, policy(row("_ga")), ()).doubts
