"""Records on disk instead of in memory, and none lost where the disk fails."""

from __future__ import annotations

import errno
import json
import os
import tracemalloc
from io import FileIO
from pathlib import Path

import pytest

from consentinel.pytest_plugin.record_spool import RecordSpool
from consentinel.report.schema import ScenarioData
from tests.report.builders import scenario
from tools.report_demo.invented import invented


def _opened(folder: Path) -> RecordSpool:
    spool = RecordSpool(folder / "scenarios.jsonl")
    spool.open()
    return spool


def test_what_was_put_in_comes_out_in_that_order(tmp_path: Path) -> None:
    spool, made = _opened(tmp_path), invented(40)["scenarios"]

    assert [spool.add(one) for one in made] == [""] * 40
    assert list(spool.read()) == made == list(spool.read())
    assert len(spool) == 40
    lines = (tmp_path / "scenarios.jsonl").read_text("ascii").splitlines()
    assert [json.loads(line) for line in lines] == made
    spool.close()


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    spool, (made, *_) = _opened(tmp_path), invented(1)["scenarios"]
    spool.add(made)
    tracemalloc.start()
    for _ in range(500):
        spool.add(made)
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    spool.close()

    assert len(json.dumps(made)) > 2_000
    assert grown < 500 * 250


class _Full(FileIO):
    """A disk that takes half of a line and then no more, for as long as `full` holds."""

    full = False

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        if not self.full:
            return super().write(data)
        if len(data) > 100:
            return super().write(bytes(data[:100]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_a_full_disk_does_not_take_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consentinel.pytest_plugin.record_spool.FileIO", _Full)
    spool, made = _opened(tmp_path), [scenario(id=str(number)) for number in range(4)]

    told = []
    for number, one in enumerate(made):
        monkeypatch.setattr(_Full, "full", number in (1, 2))
        told.append(spool.add(one))

    assert told == ["", "No space left on device", "No space left on device", ""]
    assert list(spool.read()) == made
    lines = (tmp_path / "scenarios.jsonl").read_text("ascii").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0", "3"]
    spool.close()


def test_a_folder_that_is_removed_takes_no_record_with_it(tmp_path: Path) -> None:
    spool = _opened(tmp_path)
    spool.add(scenario(id="before"))
    (tmp_path / "scenarios.jsonl").unlink()
    spool.add(scenario(id="after"))

    assert [one["id"] for one in spool.read()] == ["before", "after"]
    spool.close()


def test_without_a_file_everything_stays_in_memory(tmp_path: Path) -> None:
    spool = RecordSpool(tmp_path / "nowhere" / "scenarios.jsonl")
    with pytest.raises(OSError, match="No such file"):
        spool.open()
    made: list[ScenarioData] = [scenario(id="a"), scenario(id="b")]

    assert [spool.add(one) for one in made] == ["", ""]
    assert list(spool.read()) == made


def test_a_file_that_lost_its_end_is_told_and_not_passed_over(tmp_path: Path) -> None:
    spool = _opened(tmp_path)
    spool.add(scenario())
    os.truncate(tmp_path / "scenarios.jsonl", 40)

    with pytest.raises(OSError, match="shorter than it was written"):
        list(spool.read())
    spool.close()
