"""A worker, and a whole run, killed in the middle of a scenario: what the report says, and what goes on running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from consentinel.browser.reaper import PROC, VARIABLE
from consentinel.report.promises import answers

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not PROC.exists(), reason="there is no /proc")]

ROOT = Path(__file__).parents[2]
LIMIT_S = 240.0


def _begun(folder: Path, *more: str) -> subprocess.Popen[str]:
    """A run of a few scenarios, of whose children the environment tells that they are its own."""
    command = [sys.executable, "-m", "pytest", "features/first_visit.feature", "-p", "no:cacheprovider", "-q"]
    command += ["-k", "asks_before or functionality", "--report", str(folder / "report"), "--no-pictures", *more]
    mark = {**os.environ, VARIABLE: folder.name}
    return subprocess.Popen(command, cwd=ROOT, env=mark, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _in_a_step(run: subprocess.Popen[str], folder: Path) -> dict[str, Any]:
    """What is on disk of a scenario that has a browser and has reached its second step."""
    waited = 0.0
    while waited < LIMIT_S and run.poll() is None:
        for file in (folder / "report" / "running").glob("*.json"):
            with suppress(OSError, ValueError):
                told: dict[str, Any] = json.loads(file.read_text("ascii"))
                if told["scenario"]["steps"][1]["outcome"] == "inconclusive":
                    return told
        with suppress(subprocess.TimeoutExpired):
            run.wait(0.05)
        waited += 0.05
    raise AssertionError(f"no scenario ran: {run.communicate()[0]}")


def _left(mark: str) -> list[str]:
    """The commands of processes that bear the mark."""
    found = []
    for process in PROC.iterdir():
        with suppress(OSError):
            if process.name.isdecimal() and f"{VARIABLE}={mark}".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:100])
    return found


def _nothing_left(mark: str) -> Iterator[list[str]]:
    """What is left, looked for until nothing is."""
    waiting = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    for _ in range(100):
        left = [command for command in _left(mark) if not command.startswith("cat")]
        if not left:
            break
        with suppress(subprocess.TimeoutExpired):
            waiting.wait(0.1)
    waiting.communicate()
    yield left


def test_a_crashed_worker_costs_an_answer_and_leaves_nothing_running(tmp_path: Path) -> None:
    run = _begun(tmp_path, "-n", "1", "--max-worker-restart", "0", "--junitxml", str(tmp_path / "junit.xml"))
    told = _in_a_step(run, tmp_path)
    title = told["scenario"]["scenario"]
    assert any("chrom" in command for command in _left(tmp_path.name))

    os.kill(told["pid"], signal.SIGKILL)
    said = run.communicate(timeout=LIMIT_S)[0]

    assert run.returncode == 2, said
    made = json.loads((tmp_path / "report" / "run.json").read_text("ascii"))
    lost = next(one for one in made["scenarios"] if one["id"] == told["scenario"]["id"])
    assert not made["complete"]
    assert lost["outcome"] == "inconclusive"
    assert lost["reason"].startswith("Its worker crashed before the scenario had come to its end in its step “")
    assert any(problem.startswith(f"“{title}” did not come to its end.") for problem in made["problems"])
    states = {answer.id: answer.state for answer in answers(made)}
    assert states[lost["promises"][0]] == "could not tell"
    for name in ("index.html", "summary.md"):
        assert "Its worker crashed" in (tmp_path / "report" / name).read_text("utf-8"), name
    case = ElementTree.parse(tmp_path / "junit.xml").find(".//testcase[skipped]")
    assert case is not None
    assert "could not tell: its worker crashed" in str(ElementTree.tostring(case))
    assert ElementTree.parse(tmp_path / "junit.xml").find(".//failure") is None
    assert f"COULD NOT TELL  {title}" in said
    assert next(_nothing_left(tmp_path.name)) == []


def test_a_killed_run_leaves_nothing_running_and_names_its_scenario(tmp_path: Path) -> None:
    run = _begun(tmp_path)
    told = _in_a_step(run, tmp_path)

    run.kill()
    run.communicate(timeout=LIMIT_S)

    assert next(_nothing_left(tmp_path.name)) == []
    command = [sys.executable, "-m", "consentinel.report", str(tmp_path / "report")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    made = json.loads((tmp_path / "report" / "run.json").read_text("ascii"))
    (lost,) = [one for one in made["scenarios"] if one["id"] == told["scenario"]["id"]]
    assert (lost["outcome"], made["complete"]) == ("inconclusive", False)
    assert lost["reason"].startswith("The run was killed before the scenario had come to its end")
