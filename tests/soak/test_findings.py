"""What a soak reads from its samples, and what it finds of a run that has left something behind."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from consentinel.report.schema import ScenarioData
from tools.soak.findings import (
    growth,
    leaks,
    left_in,
    memory_slope,
    survivors,
    time_slope,
)
from tools.soak.probe import Sample, descendants, sample

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="a soak reads /proc")


def samples(*, memory: list[int] | None = None, handles: list[int] | None = None) -> list[Sample]:
    length = len(memory or handles or [])
    rows = zip(memory or [0] * length, handles or [0] * length, strict=True)
    return [Sample(scenario="s", memory=used, handles=held, ports=2, processes=9) for used, held in rows]


def test_what_comes_and_goes_is_no_leak() -> None:
    assert growth(samples(handles=[24, 35, 24, 36, 43, 24, 31, 35, 24, 35, 24, 1]), "handles") == 0


def test_one_handle_in_a_hundred_runs_is_a_leak() -> None:
    steady = [24, 35, 24, 36] * 250
    leaking = [held + number // 100 for number, held in enumerate(steady)]
    assert growth(samples(handles=steady), "handles") == 0
    assert growth(samples(handles=leaking), "handles") >= 3


def test_lulls_that_grow_rarer_are_no_leak() -> None:
    lulls = [40, *[43] * 29, 42, *[43] * 29, *[43] * 30, 1]
    assert growth(samples(handles=[43] * 30 + lulls), "handles") == 0


def test_a_pool_that_grows_once_is_no_leak() -> None:
    assert growth(samples(handles=[24, 35] * 40 + [25, 36] * 40), "handles") == 0


def test_memory_that_levels_off_has_no_slope() -> None:
    assert memory_slope(samples(memory=[*range(100, 150), *[150] * 60])) == 0
    assert memory_slope(samples(memory=[number * 40 for number in range(100)])) == 40


def test_too_few_samples_say_nothing() -> None:
    assert memory_slope(samples(memory=[1, 2])) == 0
    assert growth(samples(handles=[1, 2]), "handles") == 0


def ran(seconds: list[float]) -> list[ScenarioData]:
    """Two scenarios in turns, the second of which takes two seconds more than the first."""
    rows = [
        {"id": f"scenario-{number % 2}", "repetition": 1, "started": number * 10.0, "seconds": took + number % 2 * 2}
        for number, took in enumerate(seconds)
    ]
    return cast(list[ScenarioData], rows)


def test_a_scenario_is_compared_with_itself_alone() -> None:
    assert time_slope(ran([9.0] * 10 + [1.0] * 30)) == 0
    assert time_slope(ran([1 + number / 1000 for number in range(40)])) == 1


def test_scenarios_that_ran_once_say_nothing_of_slowing_down() -> None:
    assert time_slope(ran([1.0, 1.0])) == 0


def test_what_is_left_is_counted_by_kind() -> None:
    found = leaks(samples(handles=[1] * 8), ["process 7: chrome", "folder consentinel-profile-x"])
    assert found == {"processes": 1, "profiles": 1, "ports": 0, "file_handles": 0}


def test_a_process_that_outlives_the_run_is_known_by_its_mark() -> None:
    mark = secrets.token_hex(8)
    sleeper = [sys.executable, "-c", "import sys; print(1, flush=True); sys.stdin.read()"]
    pipe, environment = subprocess.PIPE, {**os.environ, "CONSENTINEL_SOAK": mark}
    with subprocess.Popen(sleeper, env=environment, stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        (found,) = survivors(f"CONSENTINEL_SOAK={mark}")
        assert found.startswith(f"process {process.pid}: ")
        assert process.pid in descendants(os.getpid())
        process.communicate()
    assert survivors(f"CONSENTINEL_SOAK={mark}") == []


def test_a_sample_counts_what_this_process_holds() -> None:
    before = sample("s")
    with socket.create_server(("127.0.0.1", 0)):
        during = sample("s")
    assert (during["ports"] - before["ports"], during["handles"] - before["handles"]) == (1, 1)
    assert sample("s")["ports"] == before["ports"]
    assert before["memory"] > 1000


def test_what_is_left_in_the_folder_of_the_run_is_named(tmp_path: Path) -> None:
    (tmp_path / "consentinel-profile-x").mkdir()
    (tmp_path / "trust.pem").touch()
    assert left_in(tmp_path) == ["file trust.pem", "folder consentinel-profile-x"]
