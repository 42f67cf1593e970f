"""The wording of what a person reads in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.report.failures import failures
from consentinel.report.terminal import failure_text, promise_table
from tests.report.builders import (
    finding,
    run,
    scenario,
    step,
)


def test_a_failure_names_scenario_finding_writer_and_evidence() -> None:
    steps = [step(), step("nothing social is stored", keyword="Then", outcome="failed")]
    data = scenario("failed", "P24", steps=steps, findings=[finding()])

    assert failure_text(data, Path("reports/latest")).splitlines() == [
        "BROKEN  A refusal holds  (Social network cookies, in Chromium)",
        "  P24  The social network set nb_uid after a refusal.",
        "       Found: cookie “nb_uid” of social.localhost, social",
        "       When: 1.5 s into the scenario, after “When they refuse social cookies”",
        "       By: https://social.localhost/widget.js:14",
        "  Stopped at: Then nothing social is stored",
        "  Written in: features/social.feature:12",
        "  Evidence: reports/latest/scenarios/a-refusal-holds-chromium.html",
    ]


def test_a_failure_names_the_step_that_decided_and_not_one_that_could_not_tell_before() -> None:
    doubted, broken = step("the basket is empty", outcome="inconclusive"), step("nothing is stored", outcome="failed")

    assert "Stopped at: Given nothing is stored" in failure_text(scenario("failed", steps=[doubted, broken]))
    assert "Stopped at: Given the basket is empty" in failure_text(scenario("inconclusive", steps=[doubted, step()]))


def test_a_failure_repeats_nothing_that_its_sentence_says() -> None:
    sentence = 'The cookie "nb_uid" of social.localhost was stored; written by https://social.localhost/widget.js:14'
    told = failure_text(scenario("failed", "P24", findings=[finding(sentence=sentence)]))

    assert "Found:" not in told
    assert "By:" not in told
    assert "When: 1.5 s into the scenario" in told


def test_the_path_of_the_evidence_stays_in_one_piece() -> None:
    folder = Path("/a/folder/that/is/so/deep") / ("x" * 90)

    lines = failure_text(scenario("failed"), folder).splitlines()
    assert f"  Evidence: {folder}/scenarios/a-refusal-holds-chromium.html" in lines


def test_an_inconclusive_scenario_gives_its_reason() -> None:
    told = failure_text(scenario("inconclusive", "P24", reason="The browser cannot show it."))

    assert told.splitlines()[:2] == [
        "COULD NOT TELL  A refusal holds  (Social network cookies, in Chromium)",
        "  The browser cannot show it.",
    ]


def test_a_strangers_name_moves_no_cursor_and_is_no_markup() -> None:
    told = failure_text(scenario("failed", "P24", findings=[finding(sentence="[bold]x[/bold]\x1b[2J\r\u202e")]))

    assert "[bold]x[/bold][U+001B][2J [U+202E]" in told
    assert "\x1b" not in told


def test_the_table_has_broken_promises_first_and_the_verdict_last() -> None:
    lines = promise_table(run(scenario("failed", "P24", findings=[finding()]), scenario("passed", "P10"))).splitlines()

    ids = [line.split()[0] for line in lines if line.strip().startswith("P") and "Promise" not in line]
    assert ids == ["P24", "P10", "P08"]
    assert "Bluebird broke 1 of the 2 promises" in " ".join(lines[-3:])
    assert any(line.strip() == "Cause 1" for line in lines)


def test_promises_that_cannot_be_proved_are_listed_when_all_promises_ran() -> None:
    asked = promise_table(run(scenario("passed", "P24"), scenario("passed", "P10")))
    partly = promise_table(run(scenario("passed", "P10")))

    assert "Decide cookie by cookie" in asked
    assert "Decide cookie by cookie" not in partly
    assert "1 cannot be proved by a browser" in partly


def test_colour_is_only_there_when_asked_for() -> None:
    made = run(scenario("passed", "P10"))

    assert "\x1b[" in promise_table(made, colour=True)
    assert "\x1b[" not in promise_table(made)


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal_but_a_path_that_is_to_be_opened(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    made = run(scenario("failed", "P24", findings=[finding()]), scenario("inconclusive", "P10", reason="word " * 40))
    lines = [line for text in (*failures(made), promise_table(made)) for line in text.splitlines()]
    assert [line for line in lines if len(line) > columns and "Evidence: " not in line] == []
    assert max(map(len, lines)) > columns - 10


def test_a_wide_terminal_and_a_log_have_lines_that_people_can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made = run(scenario("failed", "P24", findings=[finding()]))
    monkeypatch.setenv("COLUMNS", "240")
    assert max(map(len, promise_table(made).splitlines())) <= 100
