"""A suite of one's own is written whole, or not at all."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from consentinel.cli import main
from consentinel.cli.init import write_suite
from consentinel.report.exit_codes import SETUP_FAILED


def test_the_files_are_those_that_it_names(tmp_path: Path) -> None:
    written = write_suite(tmp_path / "far" / "acceptance")
    assert tmp_path / "far" / "acceptance" / "site.toml" in written
    assert sorted(written) == sorted(file for file in tmp_path.rglob("*") if file.is_file())


def test_nothing_is_left_where_the_disk_is_full_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    copyfile, copied = shutil.copyfile, list[Path]()

    def copy(source: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) < 5:
            copyfile(source, target)
            return
        target.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", copy)
    answer = CliRunner().invoke(main, ["init", str(tmp_path / "mine" / "acceptance")])
    assert answer.exit_code == SETUP_FAILED
    assert answer.output == f"{tmp_path / 'mine' / 'acceptance'}: cannot be written: No space left on device\n"
    assert [file.name for file in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_a_suite_that_is_there_is_not_touched(tmp_path: Path) -> None:
    written = write_suite(tmp_path)
    written[0].write_text("mine", encoding="utf-8")
    answer = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert answer.exit_code == SETUP_FAILED
    assert answer.output.count("\n") == 1
    assert written[0].read_text(encoding="utf-8") == "mine"
