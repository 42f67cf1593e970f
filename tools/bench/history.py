"""A large history: `python -m tools.bench.history --sites 100 --runs 10`. Seconds of wall time, and the file's size.

Each run has 170 scenarios, 27 promises and some 1,500 sightings of items, a few of which are new in each run.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from consentinel.report.history import Snapshot, Store, diff
from consentinel.report.history.metrics import metrics_of
from consentinel.report.history.snapshot import Facts, Key, PromiseState, ScenarioState, Sighting

SCENARIOS, PROMISES, SEEN, ITEMS = 170, 27, 9, 60
NIGHT_S = 86_400.0
STARTED = 1_790_000_000.0


@click.command(help=__doc__, context_settings={"show_default": True})
@click.option("--sites", default=100, metavar="N", help="how many sites")
@click.option("--runs", default=10, metavar="N", help="runs of each site")
def main(sites: int, runs: int) -> None:
    """Fill a history, use it, and print what each use takes."""
    with tempfile.TemporaryDirectory(prefix="history-") as folder:
        file = Path(folder, "history.sqlite")
        print(f"{sites} sites, {runs} runs each")
        with _timed("saving all runs"), Store(file) as store:
            for night in range(runs):
                for site in range(sites):
                    store.save_snapshot(_snapshot(site, night))
                    if night == 0:
                        store.accept(store.runs(f"site-{site:03}", 1)[0].id)
        print(f"{file.stat().st_size / 1e6:10.1f} MB")
        _use(file)


def _use(file: Path) -> None:
    with _timed("opening, and the newest 20 runs"), Store(file) as store:
        newest = store.runs(limit=20)[0]
    with _timed("all runs"), Store(file) as store:
        store.runs()
    with _timed("comparing a run with its baseline"), Store(file) as store:
        base = store.baseline(newest.site, newest.browsers)
        assert base is not None
        diff(base, store.load(newest.id))
    with _timed("the trends of a site"), Store(file) as store:
        store.trends(newest.site)

    with _timed("the metrics of all sites"), Store(file) as store:
        metrics_of(store)
    with _timed("pruning to 5 runs a site"), Store(file) as store:
        print(f"{store.prune(5):10} runs deleted")
    print(f"{file.stat().st_size / 1e6:10.1f} MB")


@contextmanager
def _timed(what: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    print(f"{time.perf_counter() - begun:10.2f} s  {what}")


def _snapshot(site: int, night: int) -> Snapshot:
    name = f"site-{site:03}"
    scenarios = tuple(
        ScenarioState(f"s{number:03}", f"Feature {number % 14}", f"Scenario {number}", "chromium", "passed")
        for number in range(SCENARIOS)
    )
    sightings = frozenset(
        _sighting(f"s{number:03}", f"www.{name}.example", (number * 7 + seen) % ITEMS, night)
        for number in range(SCENARIOS)
        for seen in range(SEEN)
    )
    promises = tuple(
        PromiseState(f"P{number:02}", browser, "broken" if (site + night + number) % 40 == 0 else "kept")
        for number in range(PROMISES)
        for browser in ("", "chromium")
    )
    started = STARTED + night * NIGHT_S + site
    return Snapshot(
        site=name,
        base_url=f"https://www.{name}.example/",
        tool="bench",
        started=started,
        seconds=300.0,
        complete=True,
        browsers=(("chromium", "156"),),
        blind=frozenset(),
        promises=promises,
        scenarios=scenarios,
        sightings=sightings,
    )


def _sighting(scenario: str, host: str, number: int, night: int) -> Sighting:
    name = f"item_{number}" if number else f"item_of_night_{night}"
    key = Key("chromium", "cookie", host, name, "/", "")
    return Sighting(scenario, key, name, Facts("analytics", "first", False, True, "lax", "m.js", "all refused"), 3600.0)


if __name__ == "__main__":
    main(prog_name="python -m tools.bench.history")
