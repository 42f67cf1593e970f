"""Runs of the clean site that were made elsewhere count as the proof's own; nothing else does."""

import json
from pathlib import Path

import pytest

from consentinel.proof import __main__ as command
from consentinel.proof import records, results
from consentinel.proof.figures import proof
from consentinel.proof.plan import CLEAN, GARDEN_CLEAN, Plan
from consentinel.proof.results import Played
from consentinel.reference_site.registry import DECOYS, GARDEN_DECOYS
from consentinel.report.schema import RunData
from tests.commands import code_of
from tests.report.builders import (
    finding,
    run,
    scenario,
    step,
)

CLEAN_URL = "https://harbour.localhost:38383/"


def record(folder: Path, **changed: object) -> Path:
    broken = scenario(
        "failed", "P21", findings=[finding("P21")], steps=[step(), step("nothing is stored", outcome="failed")]
    )
    made: RunData = run(scenario("passed", "P10"), broken, **{"base_url": CLEAN_URL, **changed})
    path = folder / "run.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    return path


def test_each_scenario_of_a_record_is_a_row_of_the_clean_site(tmp_path: Path) -> None:
    rows = records.rows(record(tmp_path))
    assert [(row["deployment"], row["outcome"], row["sentence"]) for row in rows] == [
        (CLEAN, "passed", ""),
        (CLEAN, "failed", "nothing is stored"),
    ]
    assert rows[0]["version"] == run()["browsers"][rows[0]["browser"]]


def test_what_a_record_accuses_is_a_false_alarm(tmp_path: Path) -> None:
    (alarm,) = proof(records.rows(record(tmp_path)))["alarms"]
    assert alarm["findings"][0]["promise"] == "P21"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"base_url": "https://ga-by-http.harbour.localhost:38383/"}, "not of the clean reference site"),
        ({"base_url": "https://shop.example/"}, "not of the clean reference site"),
        ({"complete": False}, "was interrupted"),
        ({"scenarios": "none"}, "not a run.json"),
    ],
)
def test_any_other_record_is_told_in_one_line(changed: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=said) as told:
        records.rows(record(tmp_path, **changed))
    assert "\n" not in str(told.value)


def test_a_record_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"gone\.json: No such file"):
        records.rows(tmp_path / "gone.json")


def test_records_take_the_place_of_playing_the_clean_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plans: list[Plan] = []
    monkeypatch.setattr(command, "play", lambda plan, *_where, **_how: plans.append(plan))
    monkeypatch.setattr(command, "_write", lambda *_: None)
    file, kept = tmp_path / "results.jsonl", record(tmp_path)
    before: Played = {**records.rows(kept)[0], "scenario": "former"}
    results.append(file, before)
    arguments = ("--browser", "chromium", "--only-clean", "--results", str(file))
    code_of(command.main, [*arguments, *(("--clean-record", str(kept)) * 2)])
    assert [list(plan.promises) for plan in plans] == [[DECOYS, GARDEN_CLEAN, GARDEN_DECOYS]]
    rows = results.read(file)
    assert len(rows) == 4
    assert "former" not in {row["scenario"] for row in rows}
