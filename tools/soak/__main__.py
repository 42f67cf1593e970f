"""`make soak`: a thousand scenario runs in a row, which must agree and leave nothing behind. Linux only."""

from __future__ import annotations

import contextlib
import json
import math
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from consentinel.report.exit_codes import BROKEN, COULD_NOT_TELL, KEPT
from consentinel.report.reader import RunUnreadable, read_run
from consentinel.report.repeat import disagreements
from consentinel.report.schema import ScenarioData
from tools.soak.findings import (
    leaks,
    left_in,
    memory_slope,
    survivors,
    time_slope,
)
from tools.soak.probe import SAMPLES, Sample

ROOT = Path(__file__).parents[2]
MARK = "CONSENTINEL_SOAK"
"""The environment variable that marks all processes of a run."""
ENDED = (KEPT, BROKEN, COULD_NOT_TELL)
BUSY = "while True: pass"


class SoakFailed(Exception):
    """The runs did not come to an end. The message says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for. `select` is a value for pytest's -k, and may be empty."""

    features: Sequence[str]
    runs: int
    select: str
    browsers: Sequence[str]
    busy: bool
    report: Path
    out: Path


@click.command(help=__doc__, context_settings={"show_default": True})
@click.argument("features", nargs=-1)
@click.option("--runs", default=1000, metavar="N", help="how many scenario runs at least")
@click.option("-k", "select", default="", metavar="WORDS", help="only these scenarios, as pytest's -k")
@click.option("--browser", "browsers", multiple=True, default=["chromium"], help="as pytest's; repeatable")
@click.option("--busy", is_flag=True, help="keep all cores busy with something else meanwhile")
@click.option(
    "--report", type=click.Path(path_type=Path), default=ROOT / "reports" / "soak", help="where the report goes"
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=ROOT / "reports" / "soak.json", help="where the figures go"
)
def main(
    features: Sequence[str], runs: int, select: str, browsers: Sequence[str], busy: bool, report: Path, out: Path
) -> None:
    """Run and judge; 0 when all agreed and nothing was left, 1 when not, 4 when the runs came to no end."""
    if not Path("/proc/self/fd").is_dir():
        click.echo("a soak reads /proc, which this system does not have", err=True)
        sys.exit(4)
    try:
        result = _soak(Asked(features or ["features"], runs, select, browsers, busy, report, out))
    except (SoakFailed, RunUnreadable) as error:
        click.echo(error, err=True)
        sys.exit(4)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(result, indent=1))
    sys.exit(1 if result["disagreements"] or any(result["leaks"].values()) else 0)


def _soak(asked: Asked) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, _busy() if asked.busy else contextlib.nullcontext():
        begun = time.monotonic()
        samples, behind = _run(asked, Path(folder))
        seconds = time.monotonic() - begun
    run = read_run(asked.report / "run.json")
    unstable = disagreements(run)
    return {
        "runs": len(run["scenarios"]),
        "seconds": round(seconds, 1),
        "busy": asked.busy,
        "outcomes": _outcomes(run["scenarios"]),
        "disagreements": len(unstable),
        "unstable": [one.sentence for one in unstable],
        "leaks": leaks(samples, behind),
        "left_behind": behind,
        "time_slope": time_slope(run["scenarios"]),
        "time_unit": "ms by which each scenario run makes the next ones longer",
        "memory_slope": memory_slope(samples),
        "memory_unit": "kB of the harness's resident memory a scenario run",
        "memory_kb": [samples[0]["memory"], samples[-1]["memory"]],
    }


def _run(asked: Asked, folder: Path) -> tuple[list[Sample], list[str]]:
    """Run the scenarios; the samples taken, and what was left when the run was over. Raises SoakFailed."""
    mark, samples = secrets.token_hex(8), asked.out.with_suffix(".samples.jsonl")
    samples.parent.mkdir(parents=True, exist_ok=True)
    samples.unlink(missing_ok=True)
    environment = {**os.environ, MARK: mark, SAMPLES: str(samples.absolute()), "TMPDIR": str(folder)}
    selected = _selection(asked)
    repeat = max(2, math.ceil(asked.runs / _count(selected)))
    record = asked.report / "run.json"
    record.unlink(missing_ok=True)
    options = ["-p", "tools.soak.probe", "--repeat", str(repeat), "--report", str(asked.report)]
    code = subprocess.run([*_pytest(), *selected, *options], cwd=ROOT, env=environment, check=False).returncode
    if not record.exists() or code not in ENDED:
        raise SoakFailed(f"the runs came to no end: exit code {code}")
    taken: list[Sample] = [json.loads(line) for line in samples.read_text(encoding="ascii").splitlines()]
    return taken, [*survivors(f"{MARK}={mark}"), *left_in(folder)]


def _outcomes(scenarios: list[ScenarioData]) -> dict[str, int]:
    all_of_them: list[str] = [scenario["outcome"] for scenario in scenarios]
    return {outcome: all_of_them.count(outcome) for outcome in sorted(set(all_of_them))}


def _selection(asked: Asked) -> list[str]:
    browsers = [option for browser in asked.browsers for option in ("--browser", browser)]
    return [*asked.features, *browsers, *(["-k", asked.select] if asked.select else [])]


def _count(selected: list[str]) -> int:
    """Return how many scenario runs one repetition is."""
    command = [*_pytest(), *selected, "--collect-only"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    count = sum("::" in line for line in listed.splitlines())
    if not count:
        raise SoakFailed("no scenario was selected: " + listed.strip().rpartition("\n")[2])
    return count


def _pytest() -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]


@contextlib.contextmanager
def _busy() -> Iterator[None]:
    """Start one busy process for each core, to slow the run down."""
    idlers = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for idler in idlers:
            idler.kill()
            idler.wait()


if __name__ == "__main__":
    main(prog_name="python -m tools.soak")
