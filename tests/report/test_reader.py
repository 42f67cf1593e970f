"""A run's record is read back whole, or refused in one line."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from consentinel.report import one_line, reader
from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.report.reader import RunUnreadable, read_run
from consentinel.report.schema import RunData
from tests.commands import code_of
from tests.report.builders import finding, run, scenario


def test_a_record_is_read_back_as_it_was(tmp_path: Path) -> None:
    made = run(scenario("passed", "P10"), scenario("failed", "P21"), complete=False)
    (tmp_path / "run.json").write_text(json.dumps(made), encoding="ascii")
    assert read_run(tmp_path / "run.json") == made


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[]", "it is not a run.json"),
        (b"{}", "it is not a run.json"),
        (b'{"version": 9}', "it has version 9, this program knows 1 to 2"),
        (b'{"version": 1}', "it is not a run.json: tool: Field required"),
    ],
)
def test_an_unreadable_run_gives_one_line(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "run.json"
    file.write_bytes(content)
    with pytest.raises(RunUnreadable) as told:
        read_run(file)
    assert str(told.value).startswith(f"{file}: ")
    assert str(told.value).endswith(said)
    assert code_of(one_line.main, [str(file)]) == SETUP_FAILED
    assert capsys.readouterr().err == f"summary: {told.value}\n"


def test_a_missing_file_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(RunUnreadable, match=r"gone\.json: No such file or directory; name the run\.json of a run"):
        read_run(tmp_path / "gone.json")


def test_a_record_of_the_first_version_gets_its_causes(tmp_path: Path) -> None:
    made = run(scenario("failed", "P24", findings=[finding()]), scenario("failed", "P10", findings=[finding("P10")]))
    old = json.loads(json.dumps({**made, "version": 1}))
    del old["causes"]
    for one in old["scenarios"]:
        for found in one["findings"]:
            del found["pattern"], found["cause"]
    (tmp_path / "run.json").write_text(json.dumps(old), encoding="ascii")

    assert read_run(tmp_path / "run.json") == made


@pytest.mark.parametrize("scenarios", [None, [None], [{}], [{"findings": [{}]}], [{"findings": [{"item": 1}]}]])
def test_an_earlier_record_that_is_none_is_refused_too(scenarios: object, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(json.dumps({**run(), "version": 1, "scenarios": scenarios}), encoding="ascii")

    with pytest.raises(RunUnreadable, match=r"it is not a run\.json: scenarios"):
        read_run(tmp_path / "run.json")


def test_runs_that_are_read_at_once_have_one_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []

    def building(shape: object) -> TypeAdapter[RunData]:
        built.append(shape)
        return TypeAdapter(RunData)

    monkeypatch.setattr(reader, "TypeAdapter", building)
    monkeypatch.setattr(reader, "_built_shape", cache(reader._built_shape.__wrapped__))
    path, readers, started = tmp_path / "run.json", 8, threading.Barrier(8)
    path.write_text(json.dumps(run(scenario("passed", "P24"))))

    def reading() -> RunData:
        started.wait()
        return read_run(path)

    with ThreadPoolExecutor(readers) as pool:
        read = [waited.result() for waited in [pool.submit(reading) for _ in range(readers)]]
    assert all(each == read[0] for each in read)
    assert built == [RunData]
