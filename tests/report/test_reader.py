"""A run's record is read back whole, or refused in one line."""

import json
from pathlib import Path

import pytest

from consentinel.report import one_line
from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.report.reader import RunUnreadable, read_run
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
    assert one_line.main([str(file)]) == SETUP_FAILED
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
