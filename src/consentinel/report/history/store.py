"""The history: one SQLite file (write-ahead log) for any number of sites and browsers."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

from consentinel.report.history import rows
from consentinel.report.history.errors import HistoryError
from consentinel.report.history.migrations import migrate
from consentinel.report.history.snapshot import Snapshot, snapshot
from consentinel.report.schema import RunData

BUSY_S = 30.0
"""Seconds to wait for another process that is writing."""


class RunRow(NamedTuple):
    """One line of the history. `accepted` is when it was accepted, in seconds since the epoch, None if it never was."""

    id: int
    site: str
    started: float
    seconds: float
    complete: bool
    browsers: tuple[str, ...]
    accepted: float | None
    reason: str
    outcomes: dict[str, int]


class TrendPoint(NamedTuple):
    """The state of a promise in one run."""

    run: int
    started: float
    state: str


class Store:
    """An open history and a context manager. When the file fails, each method raises HistoryError in one line."""

    def __init__(self, file: Path) -> None:
        self._file = file
        with self._telling():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(file, timeout=BUSY_S, isolation_level=None)
            try:
                self._database.execute("PRAGMA foreign_keys = ON")
                migrate(self._database)
                self._use_write_ahead_log()
            except (sqlite3.Error, HistoryError):
                self._database.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def save(self, run: RunData) -> int:
        """Keep this run and return its number."""
        return self.save_snapshot(snapshot(run))

    def save_snapshot(self, run: Snapshot) -> int:
        """Keep a run that was already reduced to its snapshot."""
        with self._writing():
            return rows.insert(self._database, run)

    def load(self, run: int) -> Snapshot:
        """Return the run of this number. Raises HistoryError where the history has none."""
        with self._telling():
            loaded = rows.read(self._database, run)
        if loaded is None:
            raise HistoryError(f"{self._file}: there is no run {run}; `show` lists them")
        return loaded

    def accept(self, run: int, reason: str = "") -> None:
        """Make this run a baseline: what it saw is what is expected from now on."""
        if not self.load(run).complete:
            raise HistoryError(f"run {run} was cut short and cannot be a baseline; accept a complete one")
        with self._writing():
            values = (time.time(), reason, run)
            self._database.execute("UPDATE runs SET accepted = ?, accepted_reason = ? WHERE id = ?", values)

    def baseline(self, site: str, browsers: Iterable[str]) -> Snapshot | None:
        """Return the last accepted run of this site that used at least these browsers; None where there is none."""
        number = self.baseline_id(site, browsers)
        return None if number is None else self.load(number)

    def baseline_id(self, site: str, browsers: Iterable[str]) -> int | None:
        """Return the number of the run that `baseline` returns."""
        return _baseline(self.runs(site), browsers)

    def runs(self, site: str | None = None, limit: int | None = None) -> list[RunRow]:
        """Return the runs kept, of one site or of all, newest first."""
        query = "SELECT * FROM runs WHERE ? IN (site, '') ORDER BY started DESC, id DESC LIMIT ?"
        with self._telling():
            found = rows.fetch(self._database, query, [site or "", -1 if limit is None else limit])
            return [self._row(row) for row in found]

    def whole(self, site: str, limit: int) -> list[Snapshot]:
        """Return the newest runs of a site that came to their end, newest first."""
        return [self.load(row.id) for row in islice((row for row in self.runs(site) if row.complete), limit)]

    def newest(self) -> list[RunRow]:
        """Return the newest run of each site, complete or not, by site."""
        query = """
            SELECT * FROM runs WHERE id IN (SELECT id FROM (
                SELECT id, row_number() OVER (PARTITION BY site ORDER BY started DESC, id DESC) AS place FROM runs
            ) WHERE place = 1) ORDER BY site"""
        with self._telling():
            return [self._row(row) for row in rows.fetch(self._database, query, [])]

    def counts(self) -> dict[str, int]:
        """Return how many runs there are of each site."""
        with self._telling():
            found = self._database.execute("SELECT site, count(*) FROM runs GROUP BY site ORDER BY site")
            return dict(found.fetchall())

    def promises(self, run: int) -> dict[str, str]:
        """Return the state of each promise in a run, over all its browsers."""
        query = "SELECT promise, state FROM run_promises WHERE run = ? AND browser = '' ORDER BY promise"
        with self._telling():
            return dict(self._database.execute(query, (run,)).fetchall())

    def trend(self, site: str, promise: str, n: int = 30) -> list[TrendPoint]:
        """Return the state of a promise over the last `n` complete runs of a site, oldest first."""
        query = """
            SELECT runs.id, started, state FROM runs JOIN run_promises ON run = runs.id
            WHERE site = ? AND promise = ? AND browser = '' AND complete
            ORDER BY started DESC, runs.id DESC LIMIT ?"""
        with self._telling():
            found = self._database.execute(query, (site, promise, n)).fetchall()
        return [TrendPoint(*row) for row in reversed(found)]

    def trends(self, site: str, n: int = 30) -> dict[str, list[TrendPoint]]:
        """Return the same for every promise of the last `n` complete runs, by promise."""
        query = """
            SELECT promise, runs.id, started, state FROM run_promises JOIN runs ON run = runs.id
            WHERE browser = '' AND runs.id IN (
                SELECT id FROM runs WHERE site = ? AND complete ORDER BY started DESC, id DESC LIMIT ?)
            ORDER BY started, runs.id"""
        found: dict[str, list[TrendPoint]] = {}
        with self._telling():
            for promise, *point in self._database.execute(query, (site, n)):
                found.setdefault(promise, []).append(TrendPoint(*point))
        return found

    def prune(self, keep: int) -> int:
        """Delete all but the newest `keep` runs of each site and set of browsers, and the baselines; say how many."""
        doomed = self._beyond(keep)
        with self._writing():
            self._database.executemany("DELETE FROM runs WHERE id = ?", [(run,) for run in doomed])
        with self._unchecked(), self._writing():
            rows.delete_unused(self._database)
        with self._telling():
            self._database.execute("VACUUM")
        return len(doomed)

    def _use_write_ahead_log(self) -> None:
        """The mode stays with the file; while another process is at work the switch waits for next time."""
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise

    def _beyond(self, keep: int) -> Sequence[int]:
        sites: dict[str, list[RunRow]] = {}
        for row in self.runs():
            sites.setdefault(row.site, []).append(row)
        return [run for of_site in sites.values() for run in _beyond(of_site, keep)]

    @contextlib.contextmanager
    def _unchecked(self) -> Iterator[None]:
        """Let SQLite delete rows without looking for references to each, which takes a minute where there are many."""
        self._database.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self._database.execute("PRAGMA foreign_keys = ON")

    def _row(self, row: sqlite3.Row) -> RunRow:
        browsers = self._database.execute("SELECT browser FROM run_browsers WHERE run = ?", (row["id"],))
        outcomes = self._database.execute(
            "SELECT outcome, count(*) FROM run_scenarios WHERE run = ? GROUP BY outcome", (row["id"],)
        )
        return RunRow(
            row["id"],
            row["site"],
            row["started"],
            row["seconds"],
            bool(row["complete"]),
            tuple(sorted(name for (name,) in browsers)),
            row["accepted"],
            row["accepted_reason"],
            dict(outcomes.fetchall()),
        )

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except HistoryError as error:
            raise HistoryError(f"{self._file}: {error}") from error
        except (sqlite3.Error, OSError) as error:
            raise HistoryError(f"{self._file}: the history cannot be used: {error}") from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with self._telling():
            self._database.execute("BEGIN IMMEDIATE")
            with self._database:
                yield


def _baseline(of_site: Iterable[RunRow], browsers: Iterable[str]) -> int | None:
    """Return the last accepted of a site's runs that used at least these browsers."""
    wanted = set(browsers)
    accepted = (row for row in of_site if row.accepted is not None and wanted <= set(row.browsers))
    newest = max(accepted, key=lambda row: (row.accepted or 0.0, row.id), default=None)
    return None if newest is None else newest.id


def _beyond(of_site: Sequence[RunRow], keep: int) -> Iterator[int]:
    """Yield the site's runs, newest first, beyond the `keep` newest of each set of browsers, without the baselines."""
    baselines = {browsers: _baseline(of_site, browsers) for browsers in {row.browsers for row in of_site}}
    seen: Counter[tuple[str, ...]] = Counter()
    for row in of_site:
        seen[row.browsers] += 1
        if seen[row.browsers] > keep and row.id != baselines[row.browsers]:
            yield row.id
