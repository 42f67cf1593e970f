from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.report.history import (
    Drift,
    diff,
    drift_findings,
    snapshot,
)
from consentinel.report.history.circumstances import lifetime_words, same_lifetime, tolerance
from consentinel.report.schema import RunData
from tests.history.builders import (
    DAY_S,
    item,
    run,
    run_with,
    scenario,
    step,
)
from tests.history.strategies import runs


def drift(before: RunData, after: RunData, *, partial: bool = False) -> Drift:
    return diff(snapshot(before), snapshot(after), partial=partial)


def told(found: Drift) -> list[tuple[str, str]]:
    return [(change.what, change.name) for change in found.changes]


@given(runs)
def test_nothing_changes_from_a_run_to_itself(same: RunData) -> None:
    found = drift(same, same)
    assert not found.changes
    assert not found.turned
    assert not found.scenarios_new
    assert not found.scenarios_gone


@given(runs, runs)
def test_what_is_gone_was_new_the_other_way_round(one: RunData, other: RunData) -> None:
    gone = {change.name for change in drift(one, other).changes if change.what == "gone"}
    new = {change.name for change in drift(other, one).changes if change.what == "new"}
    assert gone <= new


@given(runs, runs)
def test_order_of_scenarios_and_steps_changes_nothing(one: RunData, other: RunData) -> None:
    turned = other.copy()
    turned["scenarios"] = list(reversed(other["scenarios"]))
    assert drift(one, other) == drift(one, turned)


@given(st.lists(st.from_regex(r"[0-9]{8,13}", fullmatch=True), min_size=2, max_size=2, unique=True))
def test_a_name_with_a_random_number_is_no_drift(numbers: list[str]) -> None:
    found = drift(*(run_with(item(f"session_{number}")) for number in numbers))
    assert not found.changes
    assert [(fold.pattern, fold.before, fold.after) for fold in found.folded] == [("session_*", 1, 1)]


@given(st.floats(0, 400 * DAY_S), st.floats(0, 100))
def test_the_time_between_write_and_look_is_no_drift(lifetime_s: float, passed_s: float) -> None:
    before, after = item(lifetime_s=lifetime_s), item(lifetime_s=max(lifetime_s - passed_s, 0))
    assert not drift(run_with(before), run_with(after)).changes


@given(st.floats(0, 1_000 * DAY_S), st.floats(0, 1_000 * DAY_S))
def test_lifetimes_are_compared_the_same_both_ways(one: float, other: float) -> None:
    assert same_lifetime(one, other) == same_lifetime(other, one)
    assert same_lifetime(one, one)


def test_399_99_days_are_400_and_30_are_not() -> None:
    assert same_lifetime(399.99 * DAY_S, 400 * DAY_S)
    assert not same_lifetime(30 * DAY_S, 400 * DAY_S)
    assert not same_lifetime(None, 400 * DAY_S)
    assert tolerance(400 * DAY_S) == DAY_S


def test_a_new_cookie_is_drift_seen_by_its_scenario() -> None:
    after = run_with(item(), item("_fbp", category="advertising"))
    found = drift(run_with(item()), after)
    assert told(found) == [("new", "_fbp")]
    (seen,) = drift_findings(found, after)
    assert seen.scenario == "a-refusal-chromium"
    assert seen.finding["rule"] == "drift"
    assert seen.finding["moment"] == "When they read three articles"
    assert seen.finding["item"] == {"kind": "cookie", "name": "_fbp", "host": "www.shop.example"}
    assert seen.finding["sentence"] == 'New since the baseline: cookie "_fbp" of www.shop.example (advertising).'


def test_a_further_measurement_id_beside_lasting_ones_is_new() -> None:
    before = run_with(item("_ga_ABC123"))
    after = run_with(item("_ga_ABC123"), item("_ga_XYZ789"))
    assert told(drift(before, after)) == [("new", "_ga_XYZ789")]


def test_sixty_random_names_that_are_all_new_are_one_item() -> None:
    after = run_with(*(item(f"tmp_{number:08}") for number in range(60)))
    assert told(drift(run_with(), after)) == [("new", "tmp_*")]


@pytest.mark.parametrize(
    ("changed", "aspect"),
    [
        ({"category": "advertising"}, ("category", "analytics", "advertising")),
        ({"party": "third"}, ("party", "first", "third")),
        ({"lifetime_s": None}, ("lifetime", "400 days", "the session")),
        ({"lifetime_s": 30 * DAY_S}, ("lifetime", "400 days", "30 days")),
        ({"http_only": True}, ("HttpOnly", "no", "yes")),
        ({"secure": False}, ("Secure", "yes", "no")),
        ({"same_site": "none"}, ("SameSite", "lax", "none")),
        (
            {"written_by": "https://tags.example/t.js:1:1"},
            ("writer", "www.shop.example/js/analytics.js", "tags.example/t.js"),
        ),
    ],
)
def test_each_circumstance_that_changes_is_named(changed: dict[str, Any], aspect: tuple[str, str, str]) -> None:
    found = drift(run_with(item()), run_with(item(**changed)))
    assert [tuple(it) for change in found.changes for it in change.aspects] == [aspect]


def test_an_item_that_appears_under_another_choice_has_changed() -> None:
    found = drift(run_with(item(), granted=["functionality", "analytics"]), run_with(item(), granted=["functionality"]))
    assert [tuple(it) for it in found.changes[0].aspects] == [("choices", "analytics allowed", "all refused")]


@pytest.mark.parametrize(
    "changed",
    [{"same_site": "unknown"}, {"written_by": ""}, {"written_by": "https://www.shop.example/js/analytics.js:99"}],
)
def test_what_could_not_be_seen_has_not_changed(changed: dict[str, Any]) -> None:
    assert not drift(run_with(item()), run_with(item(**changed))).changes


def test_an_item_is_gone_only_if_a_scenario_that_saw_it_ran_again() -> None:
    before = run(scenario("one", step(item("sid"))), scenario("two"))
    assert told(drift(before, run(scenario("one"), scenario("two")))) == [("gone", "sid")]
    assert told(drift(before, run(scenario("two")))) == []
    assert told(drift(before, run(scenario("one", outcome="inconclusive"), scenario("two")))) == []


def test_a_removed_item_is_not_seen() -> None:
    assert told(drift(run_with(item()), run_with(item(change="gone")))) == [("gone", "_ga")]


def test_the_same_change_in_two_browsers_is_told_once() -> None:
    engines = ("chromium", "firefox")
    before = run(*(scenario("one", step(), browser=name) for name in engines))
    after = run(*(scenario("one", step(item()), browser=name) for name in engines))
    (change,) = drift(before, after).changes
    assert change.browsers == engines
    assert change.scenarios == ("one-chromium", "one-firefox")


def test_kinds_that_one_run_could_not_see_are_left_out_and_noted() -> None:
    before = run_with(item("/collect", kind="request"), wire=False)
    found = drift(before, run_with(item("/collect", kind="request")))
    assert not found.changes
    assert found.notes == ("request items in chromium are not compared: the baseline could not see them",)


def test_promises_and_scenarios_that_turned() -> None:
    before = run(scenario("one"), scenario("two"))
    found = drift(before, run(scenario("one", outcome="failed"), scenario("three")))
    assert [tuple(turned) for turned in found.turned] == [("P24", "chromium", "kept", "broken")]
    assert [state.id for state in found.scenarios_new] == ["three-chromium"]
    assert [state.id for state in found.scenarios_gone] == ["two-chromium"]
    assert not drift(before, run(scenario("one")), partial=True).scenarios_gone
    assert not drift(before, run(scenario("one"), complete=False)).scenarios_gone


def test_a_browser_without_baseline_is_noted() -> None:
    found = drift(run_with(item()), run_with(item("sid"), browser="firefox"))
    assert not found.changes
    assert found.notes == ("firefox is not in the baseline: nothing is compared for it",)


def test_lifetimes_in_words() -> None:
    values = [None, 90, 1_800, 36 * 3_600, 400 * DAY_S]
    assert [lifetime_words(value) for value in values] == ["the session", "90 s", "30 min", "36 h", "400 days"]
