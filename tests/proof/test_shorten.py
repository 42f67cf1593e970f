"""A smoke run is shortened by what its visits took, and says what it may miss since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentinel.proof import smoke
from consentinel.proof.shorten import lines, shortened, times
from consentinel.report.exit_codes import KEPT, SETUP_FAILED
from consentinel.report.schema import RunData
from consentinel.smoke import Choice, Chosen, lengths, read_choice
from tests.commands import code_of
from tests.history.builders import run, scenario

CHOICE = Choice(
    scenarios=[Chosen(id=name, title=name.upper(), adds=adds) for name, adds in (("a", 6), ("b", 2), ("c", 2))],
    defects=12,
    caught=10,
)


def took(host: str = "shop.example", **seconds: float) -> RunData:
    played = [scenario(name, seconds=value) for name, value in seconds.items()]
    return {**run(*played, scenario("skipped", outcome="skipped")), "base_url": f"https://{host}:8443"}


def test_what_adds_least_in_its_seconds_is_left_out() -> None:
    choice, dropped = shortened(CHOICE, times([took(a=30, b=20, c=5)]), 40)
    assert [one["id"] for one in choice["scenarios"]] == ["a", "c"]
    assert [one["id"] for one in dropped] == ["b"]
    assert (choice["caught"], choice["defects"]) == (8, 12)
    assert lengths(choice) == {"a": 30, "c": 5}
    assert [*lines(choice, dropped)][-2:] == [
        "Left out: B, which added 2 in 20.0 s.",
        "Together they catch 8 of 12 defects at least.",
    ]


def test_each_site_has_the_time_for_itself() -> None:
    choice, _ = shortened(CHOICE, times([took(a=30, b=9), took("garden.example", a=10, c=40)]), 40)
    assert [one["id"] for one in choice["scenarios"]] == ["a", "b"]


def test_of_several_runs_of_a_site_the_median_counts() -> None:
    known = times([took(a=30), took(a=90), took(a=20)])
    assert known == {"shop.example": {"a": 30}}


def test_without_a_limit_all_stay_with_their_seconds() -> None:
    choice, dropped = shortened(CHOICE, times([took(a=30)]), None)
    assert dropped == []
    assert lengths(choice) == {"a": 30, "b": 0, "c": 0}


def test_the_command_writes_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written: list[Choice] = []
    monkeypatch.setattr(smoke, "read_choice", lambda: CHOICE)
    monkeypatch.setattr(smoke, "write_choice", written.append)
    file = tmp_path / "run.json"
    assert code_of(smoke.main, ["--timed", str(file)]) == SETUP_FAILED
    assert "name the run.json of a run" in capsys.readouterr().err
    file.write_text(json.dumps(took(a=30, b=20)))
    assert code_of(smoke.main, ["--timed", str(file), "--seconds", "30", "--write"]) == KEPT
    assert [one["id"] for one in written[0]["scenarios"]] == ["a", "c"]
    assert "Left out: B, which added 2 in 20.0 s." in capsys.readouterr().out


def test_the_length_of_each_visit_of_the_shop_is_known() -> None:
    known = [one for one in lengths(read_choice()).values() if one]
    assert len(known) >= 8, "workers begin with the longest: `smoke-choice --timed RUN --write` after a new choice"
