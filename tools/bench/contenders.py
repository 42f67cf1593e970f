"""The contenders: the ways in which the ten flows are run, and the command of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.browser import locate
from consentinel.browser.options import CHROMIUM_ARGUMENTS, FIREFOX_PREFERENCES
from consentinel.browser.spec import Engine
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
ENVIRONMENT = ROOT / ".cache" / "bench-venv"

HORIZON = 5.0
"""Seconds for which nothing more may happen after an action, in the two ways that promise it."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The deployment that all ways visit, and the browser of those that can choose one."""

    host: str = hosts.SITE
    browser: str = Engine.CHROMIUM


@dataclass(frozen=True, slots=True)
class Way:
    """`rounds` is how often it takes part at most, None for each round. `watch` is the peers' wait after an action."""

    key: str
    name: str
    arguments: tuple[str, ...]
    peer: bool = False
    watch: float = 0.0
    rounds: int | None = None
    unsure: bool = False
    """Whether the harness may say that it could not tell: what it does not record it does not judge."""


def _peer(folder: str) -> tuple[str, ...]:
    there = str(PEERS)
    return ("-c", f"{there}/pytest.ini", f"--rootdir={there}", f"--confcutdir={there}", f"{there}/{folder}")


_FLOWS = str(Path(__file__).parent / "flows.feature")

WAYS = (
    Way("a", "Consentinel, full evidence", (_FLOWS, "--horizon", "0")),
    Way("b", "Consentinel, least evidence", (_FLOWS, "--horizon", "0", "--no-wire", "--no-pictures"), unsure=True),
    Way("s", "as a, without evidence of signals", ("-p", "tools.bench.without_signals", _FLOWS, "--horizon", "0")),
    Way("c", "pytest-playwright", _peer("playwright_flows"), peer=True),
    Way("d", "pytest and Selenium", _peer("selenium_flows"), peer=True),
    Way("f", "DevTools alone: the floor", _peer("floor_flows"), peer=True),
    Way("a5", "Consentinel, 5 s of page time", (_FLOWS, "--horizon", f"{HORIZON:g}")),
    Way("c5", "pytest-playwright, 5 s of waiting", _peer("playwright_flows"), peer=True, watch=HORIZON, rounds=1),
)


@dataclass(slots=True)
class Started:
    """A way's process. Its output is kept, to be shown when it fails."""

    way: Way
    process: subprocess.Popen[bytes]
    output: Path
    _folder: tempfile.TemporaryDirectory[str] = field(repr=False)

    def end(self) -> None:
        """Wait for the process to end, which it does after it closes its connection."""
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait()
        self._folder.cleanup()

    def said(self) -> str:
        """Return the end of the process's output."""
        return self.output.read_text(encoding="utf-8", errors="replace")[-2000:]


def start(way: Way, site: RunningSite, port: int, rounds: int, visit: Visit) -> Started:
    """Start a way's pytest, which reports to the bench on this port."""
    folder = tempfile.TemporaryDirectory(prefix="consentinel-bench-")
    output = Path(folder.name) / "output"
    python = str(ENVIRONMENT / "bin" / "python") if way.peer else sys.executable
    command = [python, "-m", "pytest", "-p", "tools.bench.stopwatch", *way.arguments]
    if not way.peer:
        # It serves its own copy of the same site, since its positive control lives there.
        command += [
            "--repeat",
            str(rounds),
            "--report",
            f"{folder.name}/report",
            "-q",
            "--base-url",
            f"https://{visit.host}",
        ]
        command += ["--browser", visit.browser]
    environment = {
        **os.environ,
        "CONSENTINEL_BENCH_PORT": str(port),
        "CONSENTINEL_BENCH_WAY": way.key,
        "CONSENTINEL_BENCH_URL": site.url(visit.host, path=""),
        "CONSENTINEL_BENCH_CHROMIUM": locate.chromium() or "",
        "CONSENTINEL_BENCH_ARGUMENTS": "\n".join(CHROMIUM_ARGUMENTS),
        "CONSENTINEL_BENCH_FIREFOX": (locate.firefox() or "") if visit.browser == Engine.FIREFOX else "",
        "CONSENTINEL_BENCH_PREFERENCES": json.dumps(FIREFOX_PREFERENCES),
        "CONSENTINEL_BENCH_CHROMEDRIVER": locate.chromedriver() or "",
        "CONSENTINEL_BENCH_ROUNDS": str(rounds),
        "CONSENTINEL_BENCH_WATCH": f"{way.watch:g}",
    }
    with output.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT)
    return Started(way, process, output, folder)


def peers_are_installed() -> bool:
    """Return whether the peers' own virtual environment is there."""
    return (ENVIRONMENT / "bin" / "playwright").exists()
