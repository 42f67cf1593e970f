"""Scenarios that never come to their end: what is on disk of them, and what becomes of it."""

from __future__ import annotations

import json
import time
from pathlib import Path

from consentinel.pytest_plugin.in_progress import note, over
from consentinel.report.__main__ import main
from consentinel.report.promises import answers
from consentinel.report.recovery import begun, running, unended
from consentinel.report.writer import write_report
from tests.commands import code_of
from tests.pytest_plugin.builders import scenario_run
from tests.report.builders import run, scenario


def _noted(folder: Path) -> str:
    made = scenario_run()
    made.steps[1].started = time.time()
    note(made, "first_visit.feature::test_a_visit[chromium]", "chromium", 1, folder)
    return made.id


def test_a_scenario_is_known_while_it_runs_and_no_longer(tmp_path: Path) -> None:
    identity = _noted(tmp_path)

    (nodeid, data), *rest = running(tmp_path).items()
    assert (nodeid, rest) == ("first_visit.feature::test_a_visit[chromium]", [])
    assert [step["outcome"] for step in data["steps"]] == ["passed", "inconclusive"]
    assert (data["id"], data["outcome"], data["promises"]) == (identity, "inconclusive", ["P10"])
    assert unended(data, "Its worker crashed")["reason"] == (
        "Its worker crashed before the scenario had come to its end in its step “Then nothing is stored”."
    )

    over(tmp_path, identity)
    assert running(tmp_path) == {}


def test_the_step_that_was_reached_is_the_last_one_and_none_that_could_not_tell_before(tmp_path: Path) -> None:
    made = scenario_run()
    made.end(0, "inconclusive")
    made.steps[1].started = time.time()
    note(made, "first_visit.feature::test_a_visit[chromium]", "chromium", 1, tmp_path)

    (data,) = running(tmp_path).values()
    assert "in its step “Then nothing is stored”" in unended(data, "Its worker crashed")["reason"]


def test_a_torn_file_and_a_folder_that_is_not_there_are_no_obstacle(tmp_path: Path) -> None:
    assert running(tmp_path) == {}
    _noted(tmp_path)
    (tmp_path / "running" / "torn.json").write_text('{"nodeid": "a", "scen', encoding="ascii")
    (tmp_path / "running" / "odd.json").write_text("[1]", encoding="ascii")

    assert len(running(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_stops_no_scenario(tmp_path: Path) -> None:
    (tmp_path / "running").write_text("in the way", encoding="ascii")
    _noted(tmp_path)

    assert running(tmp_path) == {}


def test_a_killed_run_names_what_it_was_running(tmp_path: Path) -> None:
    write_report(begun(run(scenario("passed", "P10", id="done")), tmp_path), tmp_path)
    _noted(tmp_path)

    assert code_of(main, [str(tmp_path)]) == 0

    made = json.loads((tmp_path / "run.json").read_text("ascii"))
    states = {answer.id: answer.state for answer in answers(made)}
    assert states["P10"] == "could not tell"
    assert "The run was killed before the scenario had come to its end" in (tmp_path / "index.html").read_text("utf-8")
