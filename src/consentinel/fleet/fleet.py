"""Plays the sites of a fleet, some at a time, keeps each result as a file, and writes the page of all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from consentinel.fleet.page import write_page
from consentinel.fleet.play import Player
from consentinel.fleet.result import Result, read, worst, write
from consentinel.fleet.sites import Site
from consentinel.report.exit_codes import ERROR, INTERRUPTED
from consentinel.report.writer import ReportError

RESULTS = "results"
BEFORE = "before"
"""The folders of the sites' results, and of those of the runs before."""

UNFINISHED = ("cut short",)
"""Endings after which `--resume` plays a site again."""


@dataclass(slots=True)
class Fleet:
    """All `sites` of the folder, and those that are `played` here. `say` prints a line."""

    sites: Sequence[Site]
    played: Sequence[Site]
    player: Player
    say: Callable[[str], None]
    jobs: int = 1
    problems: list[str] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    """The results of this fleet run, by name: they count even where no file could be written."""

    @property
    def folder(self) -> Path:
        """The fleet's folder."""
        return self.player.folder

    def run(self, *, shard: str = "", resume: bool = False) -> int:
        """Play, write the page after each site, and return the exit code: the worst of the sites that are played here.

        Ctrl-C ends the runs that are going on, and the code is that of a run that was cut short, or worse.
        """
        begun = self._begin(shard, resume)
        waiting = [site for site in self.played if not (resume and self._is_done(site, begun))]
        if len(waiting) < len(self.played):
            self.say(f"{len(self.played) - len(waiting)} of {len(self.played)} sites were played already.")
        interrupted = self._play(waiting)
        self.page()
        codes = [self.results[site.name]["code"] for site in self.played if site.name in self.results]
        codes += [INTERRUPTED] if interrupted else []
        codes += [ERROR] if self.problems else []
        return worst(codes)

    def page_of_all(self) -> int:
        """Write the page from the results that there are, and return the worst code. A missing one is a cut short."""
        self.page()
        known = self._known()
        codes = [known[site.name]["code"] if site.name in known else INTERRUPTED for site in self.sites]
        return worst([*codes, *([ERROR] if self.problems else [])])

    def _known(self) -> dict[str, Result]:
        names = [site.name for site in self.sites]
        found = {name: result for name in names if (result := read(self._file(RESULTS, name)))}
        return found | self.results

    def page(self) -> Path | None:
        """Write the page from all results that there are; None where that failed, which is then a problem."""
        names = [site.name for site in self.sites]
        before = {name: result for name in names if (result := read(self._file(BEFORE, name)))}
        try:
            return write_page(self.folder, names, self._known(), before)
        except ReportError as error:
            self._problem(str(error))
            return None

    def _play(self, waiting: Sequence[Site]) -> bool:
        """Play the sites. Return whether the fleet was interrupted."""
        done = len(self.played) - len(waiting)
        pool = ThreadPoolExecutor(self.jobs, thread_name_prefix="site")
        futures = {pool.submit(self._play_one, site): site for site in waiting}
        try:
            for future in as_completed(futures):
                done += 1
                self._keep(future.result())
                self.say(_line(future.result(), done, len(self.played)))
                self.page()
        except KeyboardInterrupt:
            self.say("Interrupted: the runs that are going on write what they have seen.")
            self.player.stop.set()
            for future in futures:
                future.cancel()
            pool.shutdown(wait=True)
            for future in futures:
                if future.done() and not future.cancelled():
                    self._keep(future.result())
            return True
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return False

    def _play_one(self, site: Site) -> Result:
        self.say(f"  {site.name} ...")
        self._keep_former(site.name)
        return self.player.play(site)

    def _keep_former(self, name: str) -> None:
        """Put the result of the run before aside. One that was cut short is no run to compare with."""
        former = read(self._file(RESULTS, name))
        if former is None or former["ended"] in UNFINISHED:
            return
        with suppress(OSError):  # the disk is full: then nothing is compared
            self._file(BEFORE, name).parent.mkdir(parents=True, exist_ok=True)
            self._file(RESULTS, name).replace(self._file(BEFORE, name))

    def _keep(self, result: Result) -> None:
        self.results[result["name"]] = result
        try:
            write(result, self._file(RESULTS, result["name"]))
        except OSError as error:
            self._problem(f"the result of {result['name']} could not be written: {error.strerror or error}")

    def _begin(self, shard: str, resume: bool) -> float:
        """Return when this fleet run began; one that is resumed began when it began first."""
        file = self.folder / f"begun{shard and '-' + shard.replace('/', '-of-')}.json"
        if resume:
            with suppress(OSError, ValueError, KeyError, TypeError):
                return float(json.loads(file.read_text("ascii"))["begun"])
        begun = time.time()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"begun": begun}), encoding="ascii")
        except OSError as error:
            self._problem(f"{file} cannot be written: {error.strerror or error}")
        return begun

    def _is_done(self, site: Site, begun: float) -> bool:
        """Return whether this fleet run has a result of the site as it is now."""
        result = read(self._file(RESULTS, site.name))
        if result is None or result["started"] < begun or result["ended"] in UNFINISHED:
            return False
        if result["digest"] != site.digest(self.player.options):
            return False
        self.results[site.name] = result
        return True

    def _file(self, folder: str, name: str) -> Path:
        return self.folder / folder / f"{name}.json"

    def _problem(self, message: str) -> None:
        if message not in self.problems:
            self.problems.append(message)
            self.say(f"Problem: {message}")


def _line(result: Result, number: int, total: int) -> str:
    more = f": {result['problem']}" if result["problem"] else ""
    return f"[{number}/{total}] {result['name']}: {result['ended']}, {result['seconds']:.0f} s{more}"
