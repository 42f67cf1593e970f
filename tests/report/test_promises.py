"""What a run says about each promise."""

from __future__ import annotations

import pytest

from consentinel.report.promises import (
    PromiseAnswer,
    answers,
    unassigned,
    verdict,
)
from consentinel.report.schema import RunData, ScenarioData
from tests.report.builders import finding, run, scenario


def _answer(made: RunData, promise: str) -> PromiseAnswer:
    return next(answer for answer in answers(made) if answer.id == promise)


@pytest.mark.parametrize(
    ("scenarios", "state"),
    [
        ([], "not run"),
        ([scenario("skipped", "P24", reason="The profile forbids it.")], "not run"),
        ([scenario("passed", "P24")], "kept"),
        ([scenario("passed", "P24"), scenario("skipped", "P24")], "kept"),
        ([scenario("passed", "P24"), scenario("inconclusive", "P24", reason="Not observable.")], "could not tell"),
        ([scenario("passed", "P24"), scenario("failed", "P24", findings=[finding("P24")])], "broken"),
        ([scenario("inconclusive", "P24"), scenario("failed", "P24", findings=[finding("P24")])], "broken"),
        ([scenario("failed", "P24")], "broken"),
        ([scenario("failed", "P24", findings=[finding("P10")])], "could not tell"),
        ([scenario("passed", "P24", findings=[finding("P24", rule="drift")])], "kept"),
    ],
)
def test_the_worst_that_was_seen_is_the_answer(scenarios: list[ScenarioData], state: str) -> None:
    assert _answer(run(*scenarios), "P24").state == state


def test_a_finding_breaks_its_promise_though_the_scenario_does_not_carry_it() -> None:
    made = run(scenario("failed", "P24", findings=[finding("P10")]))

    assert _answer(made, "P10").state == "broken"
    assert "P10 was found broken" in _answer(made, "P24").sentence


def test_the_faults_of_a_promise_are_in_the_order_of_their_causes() -> None:
    rare, often = finding(item={"kind": "cookie", "name": "rare", "host": "a"}), finding()
    made = run(
        *(scenario("failed", "P24", id=f"s{n}", findings=[rare, often] if n == 0 else [often]) for n in range(3))
    )

    assert [cause["item"]["name"] for cause in made["causes"]] == ["nb_uid", "rare"]
    assert [one.finding["item"]["name"] for one in _answer(made, "P24").sightings] == ["nb_uid", "rare"]


def test_a_promise_that_cannot_be_proved_gives_its_reason() -> None:
    answer = _answer(run(), "P08")

    assert (answer.state, answer.sentence, answer.agreement) == ("not provable", "No browser offers it.", "")


def test_a_breach_of_what_cannot_be_proved_is_still_a_breach() -> None:
    assert _answer(run(scenario("failed", "P08", findings=[finding("P08")])), "P08").state == "broken"


def test_the_browsers_that_agree_are_named() -> None:
    made = run(
        scenario("passed", "P24"),
        scenario("failed", "P24", id="other", browser="firefox", findings=[finding()]),
    )

    answer = _answer(made, "P24")

    assert answer.browsers == (("chromium", "kept"), ("firefox", "broken"))
    assert answer.agreement == "1 of 2 browsers say so: Firefox"


def test_one_fault_in_two_browsers_is_one_sighting() -> None:
    made = run(
        scenario("failed", "P24", findings=[finding(), finding()]),
        scenario("failed", "P24", id="other", browser="firefox", findings=[finding(at=1002.0)]),
    )

    (sighting,) = _answer(made, "P24").sightings

    assert sighting.browsers == ("chromium", "firefox")
    assert [data["id"] for data in sighting.scenarios] == ["a-refusal-holds-chromium", "other"]


def test_no_finding_is_lost() -> None:
    made = run(scenario("passed", findings=[finding("", rule="drift"), finding("P99"), finding("P24")]))

    assert [sighting.finding["promise"] for sighting in unassigned(made)] == ["", "P99"]


def test_a_failed_scenario_without_a_finding_says_where_it_stopped() -> None:
    data = scenario("failed", "P24")
    data["steps"][1]["outcome"] = "failed"

    assert _answer(run(data), "P24").sentence == (
        "The scenario “A refusal holds” failed at “When they refuse social cookies”."
    )


def test_the_verdict_of_nothing_is_not_run() -> None:
    assert verdict(answers(run())) == "not run"
    assert verdict(answers(run(scenario("passed", "P24")))) == "kept"
