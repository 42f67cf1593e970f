"""Repetitions that disagree: what the terminal shows of them."""

from __future__ import annotations

from consentinel.pytest_plugin.repeat_table import side_by_side
from consentinel.report.comparison import comparisons
from tests.history.builders import (
    finding,
    item,
    run,
    scenario,
    step,
)


def test_two_runs_that_disagree_stand_side_by_side() -> None:
    first, second = scenario("one"), scenario("one", outcome="failed", findings=[finding()], repetition=2)
    second["id"] += "-r2"
    (told,) = comparisons(run(first, second))
    lines = side_by_side(told).splitlines()
    assert lines[0] == "Unstable: “one” ran 2 times in Chromium: 1 held, 1 broken."
    assert any("Run 1" in line and "Run 2" in line for line in lines)
    assert any("passed in Chromium" in line and "failed in Chromium" in line for line in lines)
    assert "A social cookie was stored after the refusal." in " ".join("\n".join(lines).split())


def test_a_step_that_only_one_run_reached_is_shown_too() -> None:
    first = scenario("one", step(item()))
    second = scenario("one", outcome="inconclusive", reason="no answer", repetition=2)
    second["id"], second["steps"] = second["id"] + "-r2", []
    (told,) = comparisons(run(first, second))
    text = side_by_side(told)
    assert "no answer" in text
    assert "not there" in text


def test_steps_in_which_both_did_the_same_are_left_out() -> None:
    alike, other = step(item("_ga_1A2B3C4D"), text="both do this"), step(item(), text="one does this")
    first = scenario("one", alike, other)
    second = scenario("one", step(item("_ga_9Z8Y7X6W"), text="both do this"), step(text="one does this"))
    second |= {"id": second["id"] + "-r2", "repetition": 2, "outcome": "failed"}
    (told,) = comparisons(run(first, second))
    assert [row.differs for row in told.rows] == [False, True]
    assert (told.rows[0].common, [one["name"] for one in told.rows[1].sides[0].own]) == (1, ["_ga"])
    text = side_by_side(told)
    assert "one does this" in text
    assert "both do this" not in text
    assert "only here: added cookie _ga" in text
