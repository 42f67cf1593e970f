"""The report of a run that was killed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentinel.report.__main__ import main
from consentinel.report.recovery import SPOOL_FILE, begun, recovered
from consentinel.report.schema import ScenarioData
from consentinel.report.writer import ReportError, write_report
from tests.commands import code_of
from tests.report.builders import finding, run, scenario


def _killed(folder: Path, *ended: ScenarioData, torn: str = "") -> None:
    write_report(begun(run(browsers={}, seconds=0.0, started=1000.0), folder), folder)
    lines = "".join(json.dumps(one) + "\n" for one in ended)
    (folder / SPOOL_FILE).write_text(lines + torn, encoding="ascii")


def test_the_page_of_a_run_that_goes_on_says_so(tmp_path: Path) -> None:
    _killed(tmp_path)

    page = (tmp_path / "index.html").read_text("utf-8")

    assert "The run did not reach its end" in page
    assert f"write its report anew: consentinel report {tmp_path}" in page


def test_a_killed_run_gets_a_report_of_its_finished_scenarios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = scenario("failed", "P24", id="b", line=30, started=1009.0, findings=[finding()])
    _killed(tmp_path, broken, scenario("passed", "P10", id="a"), torn='{"id": "c", "fea')

    assert code_of(main, [str(tmp_path)]) == 0

    made = json.loads((tmp_path / "run.json").read_text("ascii"))
    assert [one["id"] for one in made["scenarios"]] == ["a", "b"]
    assert (made["complete"], made["seconds"], made["problems"]) == (False, 12.0, [])
    assert made["browsers"] == {"chromium": ""}
    told = capsys.readouterr().out
    assert told.startswith("Bluebird broke 1 of the 2 promises that were tested in Chromium: P24")
    assert "The run was interrupted" in told


def test_a_report_is_written_anew_as_often_as_one_likes(tmp_path: Path) -> None:
    _killed(tmp_path, scenario("passed", "P24"))
    code_of(main, [str(tmp_path)])

    assert recovered(tmp_path) == json.loads((tmp_path / "run.json").read_text("ascii"))


def test_a_complete_report_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    former = write_report(run(scenario("passed", "P24")), tmp_path).read_bytes()

    assert code_of(main, [str(tmp_path)]) == 4

    assert "its report is complete" in capsys.readouterr().err
    assert (tmp_path / "index.html").read_bytes() == former


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "there is no run here"), ("{", "cannot be read"), ("[]", "cannot be read"),
     ('{"version": 9, "complete": false}', "it has version 9, this program knows 1")],
)  # fmt: skip
def test_an_unreadable_record_gives_one_line(content: str | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "run.json").write_text(content, encoding="ascii")

    with pytest.raises(ReportError, match=told):
        recovered(tmp_path)
