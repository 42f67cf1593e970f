"""One fault is one cause, however many scenarios it breaks; two faults are two."""

from __future__ import annotations

import random
from typing import Any

import pytest

from consentinel.report.causes import (
    behind,
    by_finding,
    causes,
    half_line,
)
from consentinel.report.history.cause import author_of, cause_id
from consentinel.report.schema import (
    CauseData,
    FindingData,
    Item,
    ScenarioData,
)
from tests.report.builders import finding, run, scenario

SITE = "www.site.localhost"
TOKEN: dict[str, Any] = {
    "rule": "undeclared: stored without consent",
    "category": "undeclared",
    "item": {"kind": "cookie", "name": "csrftoken", "host": SITE},
    "written_by": f"https://{SITE}/",
    "sentence": "The cookie csrftoken is in no category.",
}


def broken(number: int, *findings: FindingData, browser: str = "chromium") -> ScenarioData:
    name = f"scenario-{number}-{browser}"
    return scenario("failed", "P10", id=name, scenario=f"Scenario {number}", browser=browser, findings=list(findings))


def only(*scenarios: ScenarioData) -> CauseData:
    (cause,) = causes(scenarios)
    return cause


def test_forty_scenarios_that_met_one_undeclared_cookie_have_one_cause() -> None:
    pages = [f"https://{SITE}:8443/", f"https://{SITE}/articles/1?x=1", f"https://{SITE}/articles/2:31"]
    rules = ["undeclared: stored without consent", "undeclared: not declared", "undeclared: written without consent"]
    scenarios = [
        broken(
            number,
            finding(f"P{number % 5 + 10}", **{**TOKEN, "rule": rules[number % 3], "written_by": pages[number % 3]}),
            browser=("chromium", "firefox")[number % 2],
        )
        for number in range(40)
    ]

    cause = only(*scenarios)

    assert len(cause["scenarios"]) == 40
    assert (cause["undeclared"], cause["rule"], cause["item"]["name"]) == (True, "undeclared", "csrftoken")
    assert cause["promises"] == ["P10", "P11", "P12", "P13", "P14"]
    assert cause["browsers"] == ["chromium", "firefox"]
    assert cause["written_by"] == pages


def test_a_known_item_says_that_it_is_a_breach_and_an_undeclared_one_how_to_declare_it() -> None:
    known = only(broken(1, finding(rule="stored without consent")))
    unknown = only(broken(1, finding(**TOKEN)))
    host = only(broken(1, finding(**{**TOKEN, "item": {"kind": "request", "name": "/a", "host": "cdn.example"}})))

    assert known["advice"] == "It is a breach, unless the profile is wrong to have it under [categories.social]."
    assert 'cookies = ["csrftoken"] under [categories.…]' in unknown["advice"]
    assert "name it in the profile: in hosts under [site]" in host["advice"]


@pytest.mark.parametrize(
    "changed",
    [
        {"item": {"kind": "cookie", "name": "other", "host": SITE}},
        {"item": {"kind": "local_storage", "name": "csrftoken", "host": SITE}},
        {"item": {"kind": "cookie", "name": "csrftoken", "host": "cdn.localhost"}},
        {"written_by": "https://cdn.localhost/widget.js:4"},
        {"rule": "kept too long"},
        {"rule": "undeclared: in several categories"},
    ],
)
def test_another_item_host_writer_or_rule_is_another_cause(changed: dict[str, Any]) -> None:
    assert len(causes([broken(1, finding(**TOKEN)), broken(2, finding(**{**TOKEN, **changed}))])) == 2


def test_a_service_that_was_contacted_is_one_cause_at_whatever_address_and_each_service_its_own() -> None:
    def called(category: str, host: str, path: str, by: str) -> FindingData:
        item = Item(kind="request", name=path, host=host)
        return finding(rule="contacted without consent", category=category, item=item, written_by=by)

    one = called("analytics", "stats.localhost", "/tag.js", f"https://{SITE}/")
    again = called("analytics", "stats.localhost", "/collect", "https://stats.localhost/tag.js:3")
    other = called("advertising", "stats.localhost", "/tag.js", f"https://{SITE}/")

    assert only(broken(1, one), broken(2, again))["item"] == {
        "kind": "request",
        "name": "",
        "host": "stats.localhost",
    }
    assert len(causes([broken(1, one), broken(2, other)])) == 2


def test_a_writer_that_was_not_seen_makes_no_second_cause() -> None:
    seen, unseen = finding(**TOKEN), finding(**{**TOKEN, "written_by": ""})

    cause = only(broken(1, seen), broken(2, unseen))

    assert (cause["id"], cause["also"]) == (seen["cause"], [unseen["cause"]])
    assert cause["scenarios"] == ["scenario-1-chromium", "scenario-2-chromium"]
    assert only(broken(2, unseen))["also"] == []


def test_where_two_writers_were_seen_nobody_guesses_which_was_not() -> None:
    by = ["https://a.localhost/a.js:1", "https://b.localhost/b.js:1", ""]

    assert len(causes([broken(n, finding(**{**TOKEN, "written_by": who})) for n, who in enumerate(by)])) == 3


def test_ids_and_numbers_do_not_depend_on_the_order_in_which_scenarios_ended() -> None:
    findings = [finding(**{**TOKEN, "item": {"kind": "cookie", "name": name, "host": SITE}}) for name in "abcdefgh"]
    scenarios = [broken(number, one) for number, one in enumerate([*findings, finding()])]
    first = [(cause["number"], cause["id"]) for cause in causes(scenarios)]
    random.Random(7).shuffle(scenarios)

    assert [(cause["number"], cause["id"]) for cause in causes(scenarios)] == first


def test_what_is_known_and_not_allowed_comes_before_what_nobody_declared() -> None:
    many = [broken(number, finding(**TOKEN)) for number in range(5)]

    assert [cause["undeclared"] for cause in causes([*many, broken(9, finding())])] == [False, True]


def test_drift_is_no_cause_of_a_broken_promise() -> None:
    assert causes([broken(1, finding("", rule="drift"))]) == []


def test_a_scenario_names_its_causes_in_half_a_line() -> None:
    lone, both = broken(1, finding(**TOKEN)), broken(2, finding(**TOKEN), finding())
    neither = scenario("failed", "P10", findings=[finding("", rule="drift")])
    made = run(lone, both, neither)
    known = by_finding(made)

    assert [half_line(behind(one, known)) for one in made["scenarios"]] == ["cause 2 only", "causes 1 and 2", ""]


@pytest.mark.parametrize(
    ("kind", "written_by", "author"),
    [
        ("cookie", "https://www.a.example:8443/js/app.9f8a3c21.js?v=7:14:5", "www.a.example/js/app.*.js"),
        ("cookie", "https://www.a.example/articles/1:31", "www.a.example"),
        ("cookie", "https://www.a.example/", "www.a.example"),
        ("local_storage", "http://a.localhost:8101/tag.mjs:2", "a.localhost/tag.mjs"),
        ("request", "https://www.a.example/js/app.js:1", ""),
        ("page", "https://www.a.example/", ""),
        ("cookie", "", ""),
    ],
)
def test_a_writer_is_a_script_or_else_a_host(kind: str, written_by: str, author: str) -> None:
    assert author_of(kind, written_by) == author


def test_an_id_stays_the_same_for_ever() -> None:
    """Links to it are in mails, tickets and files of exceptions."""
    assert cause_id("stored without consent", "analytics", "cookie", "_ga*", "www.a.example", "") == "dfb787d7"
