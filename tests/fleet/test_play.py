"""A fleet of runs by a stand-in: what one site does, whatever it is, costs no other its result."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consentinel.browser.wait import wait_until
from consentinel.fleet.__main__ import main
from consentinel.fleet.fleet import BEFORE, RESULTS, Fleet
from consentinel.fleet.play import Player
from consentinel.fleet.result import read
from consentinel.fleet.sites import share_of, sites_in
from consentinel.report import exit_codes
from tests.calls import ROOT
from tests.commands import code_of
from tests.report.builders import finding, run, scenario

pytestmark = pytest.mark.process

STAND_IN = """
import os, shutil, signal, sys, threading
from pathlib import Path

site, report = sys.argv[sys.argv.index("--site") + 1], Path(sys.argv[sys.argv.index("--report") + 1])
name, prepared = Path(site).stem, Path(__file__).with_name("prepared")
print("playing", name, flush=True)
if name == "crashes":
    print("features/first_visit.feature ..", end="", flush=True)
if name == "away":
    print("ERROR: nothing answers at https://away.example/", flush=True)
    sys.exit(4)
report.mkdir(parents=True)
if name == "garbled":
    (report / "run.json").write_text("{")
    sys.exit(12)
kind = "broken" if name == "broken" else "begun" if name in ("hangs", "crashes") else "kept"
shutil.copyfile(prepared / kind / "run.json", report / "run.json")
if name == "hangs":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Event().wait()
if name == "crashes":
    os.kill(os.getpid(), signal.SIGKILL)
sys.exit(1 if kind == "broken" else 0)
"""

RUNS = {
    "kept": run(scenario("passed", "P24")),
    "broken": run(scenario("failed", "P24", findings=[finding()])),
    "begun": run(scenario("passed", "P24"), complete=False),
}

PROFILE = """
[site]
name = "{name}"
base_url = "https://www.{name}.example"
hosts = ["*.{name}.example"]

[consent.stored]
name = "choice"

[categories.functionality]
label = "Needed"
refusable = false
"""


def fleet(folder: Path, *names: str, jobs: int = 2, budget: float = 60.0, only: str = "") -> tuple[Fleet, list[str]]:
    """A fleet of these sites; `wrong` has a broken profile. What it says is kept."""
    (folder / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    for kind, recorded in RUNS.items():
        prepared = folder / "prepared" / kind
        prepared.mkdir(parents=True, exist_ok=True)
        (prepared / "run.json").write_text(json.dumps(recorded), encoding="ascii")
    (folder / "sites").mkdir(exist_ok=True)
    for name in names:
        text = PROFILE.format(name=name) + ("cookis = 1\n" if name == "wrong" else "")
        (folder / "sites" / f"{name}.toml").write_text(text, encoding="ascii")
    sites, said = sites_in(folder / "sites"), list[str]()
    command = (sys.executable, str(folder / "stand_in.py"))
    player = Player(folder / "fleet", (), budget, command, grace_s=0.2)
    return Fleet(sites, share_of(sites, only) if only else sites, player, said.append, jobs), said


def endings(made: Fleet) -> dict[str, tuple[str, int]]:
    return {name: (result["ended"], result["code"]) for name, result in sorted(made.results.items())}


def problems(made: Fleet) -> list[str]:
    return [f"{name}: {result['problem']}" for name, result in made.results.items()]


def test_each_site_has_its_own_outcome_and_none_costs_another_its_result(tmp_path: Path) -> None:
    names = ("away", "broken", "crashes", "garbled", "hangs", "kept", "wrong")
    made, said = fleet(tmp_path, *names, jobs=3, budget=10.0)
    assert made.run() == exit_codes.BROKEN
    assert endings(made) == {
        "away": ("set-up failed", 4),
        "broken": ("broken", 1),
        "crashes": ("crashed", 2),
        "garbled": ("error", 12),
        "hangs": ("out of time", 2),
        "kept": ("kept", 0),
        "wrong": ("wrong profile", 4),
    }, problems(made)
    assert made.results["away"]["problem"] == "nothing answers at https://away.example/"
    assert made.results["wrong"]["problem"].startswith("wrong.toml: categories.functionality.cookis")
    assert made.results["crashes"]["problem"].startswith("the run was ended by SIGKILL")
    assert made.results["crashes"]["answers"]["P24"]["state"] == "kept", "what was recorded before the crash counts"
    page = (tmp_path / "fleet/index.html").read_text("utf-8")
    assert all(name in page for name in names)
    assert [line for line in said if line.startswith("[7/7] ")]


def test_what_a_run_said_is_its_problem_and_its_output_is_kept(tmp_path: Path) -> None:
    made, _ = fleet(tmp_path, "garbled")
    assert made.run() == exit_codes.ERROR
    assert made.results["garbled"]["problem"] == "playing garbled"
    assert (tmp_path / "fleet/logs/garbled.txt").read_text("utf-8") == "playing garbled\n"


def test_a_fleet_is_resumed_where_it_was_and_plays_anew_what_changed(tmp_path: Path) -> None:
    made, _ = fleet(tmp_path, "a", "b", "c")
    assert made.run() == exit_codes.KEPT
    played = {name: result["started"] for name, result in made.results.items()}
    (tmp_path / "fleet" / RESULTS / "b.json").unlink()
    (tmp_path / "sites/c.toml").write_text(PROFILE.format(name="cc"), encoding="ascii")

    again, said = fleet(tmp_path, "a", "b")
    assert again.run(resume=True) == exit_codes.KEPT, problems(again)
    assert "1 of 3 sites were played already." in said
    assert again.results["a"]["started"] == played["a"]
    assert again.results["b"]["started"] > played["b"]
    assert again.results["c"]["started"] > played["c"]


def test_the_next_run_knows_what_the_one_before_said(tmp_path: Path) -> None:
    made, _ = fleet(tmp_path, "a")
    made.run()
    first = made.results["a"]["started"]
    again, _ = fleet(tmp_path, "a")
    again.run()
    assert read(tmp_path / "fleet" / BEFORE / "a.json")["started"] == first  # type: ignore[index]
    assert again.results["a"]["started"] > first


def test_shards_share_a_folder_and_the_page_has_all(tmp_path: Path) -> None:
    for which in ("1/2", "2/2"):
        made, _ = fleet(tmp_path, "a", "b", "broken", only=which)
        made.run(shard=which)
    record = json.loads((tmp_path / "fleet/fleet.json").read_bytes())
    assert [result["name"] for result in record["results"]] == ["a", "b", "broken"]
    assert record["exit_code"] == exit_codes.BROKEN
    command = ["consentinel.fleet", str(tmp_path / "sites"), "--report", str(tmp_path / "fleet"), "--page"]
    assert subprocess.run([sys.executable, "-m", *command], check=False).returncode == exit_codes.BROKEN


def test_an_interrupted_fleet_ends_its_runs_and_keeps_what_is_done(tmp_path: Path) -> None:
    made, _ = fleet(tmp_path, "a", "hangs", jobs=1, budget=60.0)
    say = made.say

    def interrupting(line: str) -> None:
        say(line)
        if line.startswith("[1/2]"):
            raise KeyboardInterrupt

    made.say = interrupting
    begun = time.monotonic()
    assert made.run() == exit_codes.INTERRUPTED
    assert time.monotonic() - begun < 30
    assert endings(made)["a"] == ("kept", 0)


GOES_ON = """
import sys
from pathlib import Path
from tests.fleet.test_play import fleet
fleet(Path(sys.argv[1]), "hangs")[0].run()
"""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="only Linux says which processes there are")
def test_no_run_outlives_a_fleet_that_is_killed(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", GOES_ON, str(tmp_path)], cwd=ROOT)
    try:
        wait_until("the run has begun", lambda: runs_of(tmp_path), 60)
    finally:
        killed.kill()
        killed.wait()
    wait_until("the run has ended", lambda: not runs_of(tmp_path), 30)


def runs_of(folder: Path) -> list[Path]:
    """The processes of stand-ins that play a site of this folder."""
    stand_in = str(folder / "stand_in.py").encode()
    return [process for process in Path("/proc").iterdir() if process.name.isdecimal() and stand_in in told(process)]


def told(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:  # it has ended
        return []


def test_a_run_that_was_killed_has_no_problem_in_its_letters(tmp_path: Path) -> None:
    made, _ = fleet(tmp_path, "crashes")
    made.run()
    assert problems(made) == ["crashes: the run was ended by SIGKILL: playing crashes"]


def test_a_disk_that_is_full_costs_no_verdict(tmp_path: Path) -> None:
    made, said = fleet(tmp_path, "broken", "kept")
    (tmp_path / "fleet").mkdir()
    (tmp_path / "fleet" / RESULTS).write_text("in the way", encoding="ascii")
    assert made.run() == exit_codes.BROKEN
    assert endings(made) == {"broken": ("broken", 1), "kept": ("kept", 0)}, problems(made)
    assert any(line.startswith("Problem: the result of kept could not be written") for line in said)


@pytest.mark.parametrize("arguments", [[], ["--shard", "3/2"], ["--", "--report", "elsewhere"]])
def test_what_cannot_be_played_is_one_line_and_code_4(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments:
        (tmp_path / "a.toml").write_text("", encoding="ascii")
    assert code_of(main, [str(tmp_path), *arguments]) == exit_codes.SETUP_FAILED
    assert capsys.readouterr().err.count("\n") == 1
