"""The manifest of a report: what was changed, lost or added afterwards is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentinel.report.manifest import NAME, main
from consentinel.report.writer import write_report
from tests.commands import code_of
from tests.report.builders import run, scenario


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "hars").mkdir()
    (tmp_path / "hars/one.har").write_text("{}")
    write_report(run(scenario("passed", "P24")), tmp_path)
    return tmp_path


def verified(folder: Path, *more: str) -> int:
    return code_of(main, [str(folder), *more])


def test_a_report_as_it_was_written_is_unchanged(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(report) == 0
    digest = json.loads((report / NAME).read_bytes())["digest"]
    assert capsys.readouterr().out.endswith(f"digest: {digest}\n")
    assert verified(report, "--digest", digest.upper()) == 0
    assert verified(report, "--digest", "0" * 64) == 11


def test_one_octet_is_enough(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "hars/one.har").write_text("{ }")
    assert verified(report) == 11
    assert "changed: hars/one.har\n" in capsys.readouterr().out


def test_a_file_that_is_gone_is_named(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (report / "run.json").unlink()
    assert verified(report) == 11
    assert "gone: run.json\n" in capsys.readouterr().out


def test_a_file_that_came_later_is_named_and_changes_no_evidence(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (report / "notes.txt").write_text("seen by Mia")
    assert verified(report) == 0
    assert "not of the run: notes.txt\n" in capsys.readouterr().out


def test_a_manifest_that_was_mended_by_hand_does_not_hold(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((report / NAME).read_bytes())
    manifest["files"] = [one for one in manifest["files"] if one["path"] != "hars/one.har"]
    (report / "hars/one.har").unlink()
    (report / NAME).write_text(json.dumps(manifest))
    assert verified(report) == 11
    assert "its chain does not hold" in capsys.readouterr().out


def test_a_manifest_reads_nothing_outside_the_report(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((report / NAME).read_bytes())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (report / NAME).write_text(json.dumps(manifest))
    assert verified(report) == 11
    assert "gone: ../../etc/passwd\n" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "no json", "[]", '{"version": 9, "files": [], "digest": ""}'])
def test_what_is_no_manifest_is_one_line(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / NAME).write_text(content)
    assert verified(tmp_path) == 4
    assert capsys.readouterr().err.count("\n") == 1
