"""Plays one site as a process of its own, within a time, and reads what it left. Nothing that goes wrong is raised."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Literal

from consentinel.browser.reaper import keep
from consentinel.fleet.result import Ended, Result, result_of, with_run, word_for
from consentinel.fleet.sites import Site
from consentinel.report.exit_codes import ERROR, INTERRUPTED, SETUP_FAILED, exit_code
from consentinel.report.reader import RunUnreadable, read_run
from consentinel.report.recovery import recovered
from consentinel.report.schema import RunData
from consentinel.report.text import plain
from consentinel.report.writer import ReportError, write_report
from consentinel.site.errors import ProfileError
from consentinel.site.load import load_profile

RUN = (sys.executable, "-m", "consentinel", "run")
"""The command that plays one site."""

GRACE_S = 30.0
"""For how long a run that is out of time may write its report, in seconds."""

SITES = "sites"
"""The folder of the sites' reports, in the fleet's."""

_PROGRESS = re.compile(r"\S+\.feature\b")
"""How the line begins in which pytest prints its letters: it is no problem of a run that was killed while it grew."""

LOGS = "logs"
"""The folder of what the runs printed."""


@dataclass(frozen=True, slots=True)
class Player:
    """Plays sites. `folder` is the fleet's; `options` go to every run; `budget_s` is the time of one site.

    `stop` is set when the whole fleet ends early: runs that are going on are then ended.
    """

    folder: Path
    options: Sequence[str] = ()
    budget_s: float = 3600.0
    command: Sequence[str] = RUN
    grace_s: float = GRACE_S
    stop: Event = field(default_factory=Event)

    def play(self, site: Site) -> Result:
        """Play a site and return its result, whatever comes of it."""
        started, clock = time.time(), time.monotonic()
        try:
            result = self._played(site, started, clock)
        except Exception as error:  # noqa: BLE001 - one site must not cost another's result
            problem = f"the site could not be played: {type(error).__name__}: {error}"
            result = result_of(
                site.name, code=ERROR, ended="error", started=started, seconds=_since(clock), problem=problem
            )
        return {**result, "digest": site.digest(self.options)}

    def _played(self, site: Site, started: float, clock: float) -> Result:
        try:
            profile = load_profile(str(site.profile))
        except ProfileError as error:
            problem = _in_one_line(error)
            return result_of(
                site.name, code=SETUP_FAILED, ended="wrong profile", started=started, seconds=0, problem=problem
            )
        report = self.folder / SITES / site.name
        shutil.rmtree(report, ignore_errors=True)
        code, ended = self._run(site, report)
        run = _record(report, is_whole=ended in ("", "cut short"))
        known = result_of(
            site.name,
            code=_code(code, ended, run),
            ended=ended or word_for(code),
            started=started,
            seconds=_since(clock),
            problem=self._problem(site, code, ended),
        )
        known = {**known, "site": plain(profile.site.name, 80), "base_url": str(profile.site.base_url)}
        return known if run is None else with_run(known, run, f"{SITES}/{site.name}")

    def _run(self, site: Site, report: Path) -> tuple[int, Ended | Literal[""]]:
        """Return the exit code of the process, and how it ended where it did not end by itself."""
        log = self.log(site)
        log.parent.mkdir(parents=True, exist_ok=True)
        own = ["--policy", str(site.policy)] if site.policy else []
        command = [*self.command, "--site", str(site.profile), "--report", str(report), *own, *self.options]
        keep()  # a run that outlived a killed fleet would write into the folder of the fleet that goes on with it
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
            ended = self._waited(process)
        if not ended and process.returncode < 0:
            return process.returncode, "crashed"
        return process.returncode, ended

    def _waited(self, process: subprocess.Popen[bytes]) -> Ended | Literal[""]:
        """Wait for the end of a run. End it when its time, or the fleet's, is over."""
        end = time.monotonic() + self.budget_s
        while process.poll() is None:
            left = end - time.monotonic()
            if left <= 0 or self.stop.is_set():
                _end(process, self.grace_s)
                return "cut short" if left > 0 else "out of time"
            with suppress(subprocess.TimeoutExpired):
                process.wait(min(left, 1.0))
        return ""

    def log(self, site: Site) -> Path:
        """Return the file of what the site's run printed."""
        return self.folder / LOGS / f"{site.name}.txt"

    def _problem(self, site: Site, code: int, ended: Ended | Literal[""]) -> str:
        if ended == "out of time":
            return f"the run was ended after {self.budget_s:g} s; --budget gives each site more"
        if ended == "cut short":
            return "the fleet was interrupted"
        said = _last_error(self.log(site))
        if ended == "crashed":
            return f"the run was ended by {_signal(-code)}{f': {said}' if said else ''}"
        return said if word_for(code) in ("set-up failed", "error") else ""


def _in_one_line(error: ProfileError) -> str:
    first, *more = str(error).splitlines()
    return f"{first} (and {len(more)} more)" if more else first


def _end(process: subprocess.Popen[bytes], grace_s: float) -> None:
    """Interrupt a run, so that it writes its report; then end it with all that it has started in its session."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(grace_s)
    except subprocess.TimeoutExpired:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _record(report: Path, *, is_whole: bool) -> RunData | None:
    """Return the record of a run, made anew from what a killed run left; None where nothing was recorded."""
    try:
        run = read_run(report / "run.json")
        if run["complete"] or is_whole:
            return run
    except RunUnreadable:
        return None
    try:
        run = recovered(report)
        write_report(run, report)
    except (ReportError, OSError):
        pass
    return run


def _code(code: int, ended: Ended | Literal[""], run: RunData | None) -> int:
    """Return the site's exit code. A run that was ended from outside has one by what it had found until then."""
    if ended in ("out of time", "cut short", "crashed"):
        return exit_code({**run, "complete": False}, None, ()) if run and run["scenarios"] else INTERRUPTED
    return code


def _last_error(log: Path) -> str:
    """Return the last line of a run's output that names an error, else the last line that says anything."""
    try:
        lines = [line.strip() for line in log.read_text("utf-8", "replace")[-20_000:].splitlines() if line.strip()]
    except OSError:
        return ""
    errors = [line for line in lines if line.startswith(("ERROR: ", "Problem: "))]
    said = [line for line in lines if not _PROGRESS.match(line)]
    return (errors or said or [""])[-1].removeprefix("ERROR: ").removeprefix("Problem: ")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _since(clock: float) -> float:
    return time.monotonic() - clock
