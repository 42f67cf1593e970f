"""Repetitions that disagree: what the terminal shows of them."""

from __future__ import annotations

from report.repeat import disagreements
from runner.unstable import side_by_side
from tests.history.builders import finding, run, scenario


def test_two_runs_that_disagree_stand_side_by_side() -> None:
    first, second = scenario("one"), scenario("one", outcome="failed", findings=[finding()], repetition=2)
    second["id"] += "-r2"
    told = run(first, second)
    (found,) = disagreements(told)
    lines = side_by_side(found, told).splitlines()
    assert lines[0] == 'Unstable: "one" ran 2 times in chromium: 1 passed, 1 failed.'
    assert any("Run 1" in line and "Run 2" in line for line in lines)
    assert any("passed" in line and "failed" in line for line in lines)
    assert "A social cookie was stored after the refusal." in " ".join("\n".join(lines).split())


def test_a_step_that_only_one_run_reached_is_shown_too() -> None:
    first, second = scenario("one"), scenario("one", outcome="inconclusive", reason="no answer", repetition=2)
    second["id"], second["steps"] = second["id"] + "-r2", []
    told = run(first, second)
    (found,) = disagreements(told)
    text = side_by_side(found, told)
    assert "no answer" in text
    assert ("not there" in text) == bool(first["steps"])
