"""The trend of each promise, where a history is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from consentinel.report.history import Store, TrendPoint
from consentinel.report.schema import Outcome, RunData
from consentinel.report.trend import trend_of, turns
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario

_DAY_S = 86_400.0
_STATES = {"k": "kept", "b": "broken", "c": "could not tell", "-": "not run", "p": "not provable"}


def points(letters: str) -> list[TrendPoint]:
    """One letter for each night, from 25 November 2026 on."""
    return [
        TrendPoint(night, 1_795_593_600.0 + night * _DAY_S, _STATES[letter]) for night, letter in enumerate(letters)
    ]


@pytest.mark.parametrize(
    ("nights", "sentence"),
    [
        ("kk", "Kept in both runs since 25 November 2026."),
        ("-k-", "Kept in one run that tested it since 26 November 2026."),
        ("kkbb", "Broken since 27 November 2026, for 2 runs; kept before that."),
        ("kk-kk", "Kept in all 4 runs that tested it since 25 November 2026."),
        ("bb-k", "Kept since 28 November 2026; broken before that."),
        ("kc-c-", "Could not tell since 26 November 2026, for 2 runs; kept before that."),
    ],
)
def test_the_trend_has_a_sentence(nights: str, sentence: str) -> None:
    trend = trend_of("P24", {"P24": points(nights)})

    assert trend is not None
    assert trend.sentence == sentence


@pytest.mark.parametrize("nights", ["", "k", "--", "pp"])
def test_a_promise_without_earlier_runs_has_no_trend(nights: str) -> None:
    assert trend_of("P24", {"P24": points(nights)}) is None


def test_the_last_thirty_runs_are_shown() -> None:
    trend = trend_of("P24", {"P24": points("b" + "k" * 30)})

    assert trend is not None
    assert {point.state for point in trend.points} == {"kept"}


def test_a_promise_turns_against_the_last_run_that_tested_it() -> None:
    found = turns({"P01": points("kk"), "P02": points("k-b"), "P03": points("kb-"), "P04": points("b")})

    assert [(turn.promise, turn.before.state, turn.now.state) for turn in found] == [("P02", "kept", "broken")]


def _night(outcome: Outcome, number: int) -> RunData:
    found = [finding()] if outcome == "failed" else []
    return run(scenario(outcome, "P24", findings=found), started=1_795_593_600.0 + number * _DAY_S)


def test_the_first_page_shows_the_trend_of_a_history(tmp_path: Path) -> None:
    with Store(tmp_path / "history.sqlite") as store:
        for number in range(3):
            store.save(_night("passed", number))
        now = _night("failed", 3)
        store.save(now)
        trends = store.trends("Bluebird")

    page = BeautifulSoup(write_report(now, tmp_path, trends).read_text("utf-8"), "html.parser")

    (shown,) = page.select(".trend")
    assert shown.find_parent(id="P24") is not None
    assert shown.get_text(" ", strip=True) == "Broken since 28 November 2026; kept before that."
    bars = shown.select(".bars span")
    assert [bar["class"] for bar in bars] == [["s-kept"], ["s-kept"], ["s-kept"], ["s-broken"]]
    assert bars[0]["title"] == "25 November 2026: kept"
    assert "P24 was kept on 27 November 2026 and is broken now." in " ".join(page.get_text().split())


def test_an_interrupted_run_is_no_part_of_the_trend(tmp_path: Path) -> None:
    cut = run(scenario("failed", "P24", findings=[finding()]), complete=False)

    page = write_report(cut, tmp_path, {"P24": points("kk")}).read_text("utf-8")

    assert "Before this run: Kept in both runs" in page
    assert "Turned since" not in page


def test_a_report_without_a_history_shows_no_trend(tmp_path: Path) -> None:
    page = write_report(run(scenario("passed", "P24")), tmp_path).read_text("utf-8")

    assert "trend" not in page
    assert "The bars beside" not in page
