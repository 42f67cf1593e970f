"""The smoke run is chosen by what the proof saw, and `-m smoke` plays just what was chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.proof import results, sentences, smoke
from consentinel.proof.plan import by_smoke, by_whole_visits, named
from consentinel.proof.results import Played
from consentinel.proof.smoke import LIMIT, Candidate, candidates, cases, choice_of, chosen, lines, main
from consentinel.report import exit_codes
from consentinel.smoke import ids, read_choice, write_choice
from tests.commands import code_of
from tests.proof.test_causes import row


def candidate(name: str, catches: str, seconds: float = 1.0) -> Candidate:
    return Candidate(name, name, frozenset(catches), seconds)


def played(scenario: str, deployment: str, outcome: str = "failed") -> Played:
    found = row(deployment, outcome, host=f"{deployment}.harbour.localhost")
    return {**found, "scenario": f"{scenario}-chromium", "title": scenario}


def test_each_scenario_adds_most_and_of_equals_the_quickest_is_taken() -> None:
    found = [candidate("a", "123"), candidate("b", "34", 9), candidate("c", "45", 2), candidate("d", "12")]
    assert [(one.id, adds) for one, adds in chosen(found)] == [("a", 3), ("c", 2)]


def test_it_ends_with_the_limit_or_with_enough() -> None:
    found = [candidate(str(number), str(number)) for number in range(10)]
    assert len(chosen(found, limit=3)) == 3
    assert len(chosen(found, share=0.8)) == 8
    assert chosen([]) == []


def test_within_a_limit_of_seconds_each_second_counts() -> None:
    slow, quick, other = candidate("slow", "12345", 20), candidate("quick", "123", 4), candidate("other", "45", 5)
    found = [slow, quick, other, candidate("same", "12", 1)]
    assert [one.id for one, _ in chosen(found, seconds=20)] == ["same", "other", "quick"]
    assert [one.id for one, _ in chosen(found, seconds=5)] == ["same", "quick"]
    assert chosen(found, seconds=0.5) == []


def test_a_catch_names_the_item_under_whatever_promise() -> None:
    wrong, right = played("wrong", "analytics-before-choice"), played("right", "analytics-before-choice")
    wrong["findings"][0]["written_by"] = "https://another.localhost/tag.js"
    right["findings"][0]["promise"] = "P99"
    rows = [right, wrong, played("clean", "clean")]
    assert [one.id for one in candidates(rows, ["right", "wrong"])] == ["right"]
    assert candidates(rows, ["another"]) == [], "a scenario that is gone is not chosen"


def test_the_figure_is_of_all_defects_that_were_played() -> None:
    rows = [played("one", "analytics-before-choice"), played("one", "ga-by-http", "passed"), played("one", "clean")]
    found = candidates(rows, ["one"])
    choice = choice_of(["analytics-before-choice", "ga-by-http", "clean"], found)
    assert (choice["caught"], choice["defects"]) == (1, 2)
    assert [*lines(choice, found)][-1] == "Together they catch 1 of 2 defects at least."


def test_the_limit_is_about_what_one_site_plays() -> None:
    shop, garden = "analytics-before-choice", "outreach-before-choice"
    found = [Candidate("both", "both", frozenset({shop, garden}), 1.0), Candidate("one", "one", frozenset({shop}), 2.0)]
    choice = choice_of([shop, garden, "film-before-choice"], found, limit=1)
    assert [(one["id"], one["adds"]) for one in choice["scenarios"]] == [("both", 2)]
    assert (choice["caught"], choice["defects"]) == (2, 3)


def test_what_was_chosen_is_there() -> None:
    choice = read_choice()
    assert set(ids(choice)) <= {*cases()}, "a scenario has another name now: choose anew, with `--write`"
    assert 5 <= len(ids(choice)) <= 2 * LIMIT, "at most so many at each of two sites"
    assert sum(scenario["adds"] for scenario in choice["scenarios"]) == choice["caught"] <= choice["defects"]


def test_a_whole_run_leaves_whole_visits_out() -> None:
    whole = [one for one in cases() if one.startswith("whole-visits-")]
    assert len(whole) >= 8
    assert sentences.cases() == len([*cases()]) - len(whole)


def test_a_choice_is_written_and_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke, "cases", lambda: ["one"])
    file = tmp_path / "results.jsonl"
    assert code_of(main, ["--results", str(file)]) == exit_codes.SETUP_FAILED
    results.append(file, played("one", "ga-by-http", "passed"))
    assert code_of(main, ["--results", str(file)]) == exit_codes.NOTHING_RAN
    results.append(file, played("one", "analytics-before-choice"))
    assert code_of(main, ["--results", str(file)]) == exit_codes.KEPT
    assert "1   50%    1 s  one  (one)" in capsys.readouterr().out
    sample = tmp_path / "sample"
    sample.write_text("analytics-before-choice\nchoice-flipped\n")
    assert code_of(main, ["--results", str(file), "--sample", str(sample)]) == exit_codes.KEPT
    assert "catch 1 of 2 defects" in capsys.readouterr().out, "of the sample alone, and what no scenario was for counts"
    rows = results.read(file)
    choice = choice_of(["analytics-before-choice"], candidates(rows, ["one"]))
    write_choice(choice, tmp_path / "smoke.json")
    assert read_choice(tmp_path / "smoke.json") == choice


def test_the_proof_can_measure_what_the_smoke_run_catches() -> None:
    plan = by_smoke(named(["choice-for-ever"]))
    assert plan.promises == {"choice-for-ever": ["P04", "R-LIFETIME", "smoke"]}, "those of its promises come first"
    assert (plan.first, plan.marked, plan.whatever_promise) == (True, "smoke", True)


def test_the_next_choice_can_be_made_among_whole_visits() -> None:
    plan = by_whole_visits(named(["choice-for-ever"]))
    assert plan.promises == {"choice-for-ever": ["P04", "R-LIFETIME"]}
    assert (plan.first, plan.marked, plan.whatever_promise) == (True, "whole_visit", True)
