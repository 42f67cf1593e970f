"""A scenario's id and its steps as they went."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from consentinel.pytest_plugin.scenario_run import stable_id, step_data
from tests.pytest_plugin.builders import scenario_run

WORDS = st.text(max_size=100)


def test_an_id_is_readable_and_the_same_in_each_run() -> None:
    made = stable_id("social", "A refusal holds on every page", "", "chromium", 1)
    assert made == stable_id("social", "A refusal holds on every page", "", "chromium", 1)
    assert re.fullmatch(r"social-a-refusal-holds-on-every-page-[0-9a-f]{6}-chromium", made)


def test_whatever_tells_two_runs_apart_tells_their_ids_apart() -> None:
    long = "x" * 100
    ids = [
        stable_id("social", "s", "", "chromium", 1),
        stable_id("social", "s", "", "chromium", 2),
        stable_id("social", "s", "", "firefox", 1),
        stable_id("social", "s", "page=a", "chromium", 1),
        stable_id("social", "s", "page=b", "chromium", 1),
        stable_id("choice", "s", "", "chromium", 1),
        stable_id("social", "S", "", "chromium", 1),
        stable_id("social", f"{long}1", "", "chromium", 1),
        stable_id("social", f"{long}2", "", "chromium", 1),
        stable_id("social", "s", "", "chromium", 1, "trap"),
    ]
    assert len(set(ids)) == len(ids)


@given(WORDS, WORDS, WORDS)
def test_an_id_is_fit_for_a_file_name_whatever_a_scenario_is_called(file: str, scenario: str, case: str) -> None:
    made = stable_id(file, scenario, case, "chromium", 1)
    assert re.fullmatch(r"[a-z0-9-]+", made)
    assert len(made) < 100
    assert Path(made).name == made


def test_steps_are_followed_as_they_go() -> None:
    made = scenario_run()
    made.begin(1)
    assert made.current == 1
    made.end(1, "failed")
    assert (made.steps[1].outcome, made.current) == ("failed", 1)
    data = step_data(made.steps[0])
    assert (data["keyword"], data["text"], data["outcome"], data["seconds"]) == ("When", "they look", "passed", 95.0)


def test_a_step_that_did_not_run_took_no_time() -> None:
    data = step_data(scenario_run().steps[1])
    assert (data["outcome"], data["seconds"], data["picture"], data["granted"]) == ("not run", 0.0, "", None)
