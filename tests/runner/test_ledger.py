"""Records on disk instead of in memory, and none lost where the disk fails."""

from __future__ import annotations

import errno
import json
import os
import tracemalloc
from io import FileIO
from pathlib import Path

import pytest

from report.demo.invented import invented
from report.schema import ScenarioData
from runner.ledger import Ledger
from tests.report.builders import scenario


def _opened(folder: Path) -> Ledger:
    ledger = Ledger(folder / "scenarios.jsonl")
    ledger.open()
    return ledger


def test_what_was_put_in_comes_out_in_that_order(tmp_path: Path) -> None:
    ledger, made = _opened(tmp_path), invented(40)["scenarios"]

    assert [ledger.add(one) for one in made] == [""] * 40
    assert list(ledger.read()) == made == list(ledger.read())
    assert len(ledger) == 40
    lines = (tmp_path / "scenarios.jsonl").read_text("ascii").splitlines()
    assert [json.loads(line) for line in lines] == made
    ledger.close()


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    ledger, (made, *_) = _opened(tmp_path), invented(1)["scenarios"]
    ledger.add(made)
    tracemalloc.start()
    for _ in range(500):
        ledger.add(made)
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    ledger.close()

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
    monkeypatch.setattr("runner.ledger.FileIO", _Full)
    ledger, made = _opened(tmp_path), [scenario(id=str(number)) for number in range(4)]

    told = []
    for number, one in enumerate(made):
        monkeypatch.setattr(_Full, "full", number in (1, 2))
        told.append(ledger.add(one))

    assert told == ["", "No space left on device", "No space left on device", ""]
    assert list(ledger.read()) == made
    lines = (tmp_path / "scenarios.jsonl").read_text("ascii").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0", "3"]
    ledger.close()


def test_a_folder_that_is_removed_takes_no_record_with_it(tmp_path: Path) -> None:
    ledger = _opened(tmp_path)
    ledger.add(scenario(id="before"))
    (tmp_path / "scenarios.jsonl").unlink()
    ledger.add(scenario(id="after"))

    assert [one["id"] for one in ledger.read()] == ["before", "after"]
    ledger.close()


def test_without_a_file_everything_stays_in_memory(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "nowhere" / "scenarios.jsonl")
    with pytest.raises(OSError, match="No such file"):
        ledger.open()
    made: list[ScenarioData] = [scenario(id="a"), scenario(id="b")]

    assert [ledger.add(one) for one in made] == ["", ""]
    assert list(ledger.read()) == made


def test_a_file_that_lost_its_end_is_told_and_not_passed_over(tmp_path: Path) -> None:
    ledger = _opened(tmp_path)
    ledger.add(scenario())
    os.truncate(tmp_path / "scenarios.jsonl", 40)

    with pytest.raises(OSError, match="shorter than it was written"):
        list(ledger.read())
    ledger.close()
