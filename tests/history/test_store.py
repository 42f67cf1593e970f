from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from consentinel.report.history import (
    HistoryError,
    Store,
    diff,
    snapshot,
)
from consentinel.report.history.migrations import STEPS, migrate, version_of
from consentinel.report.history.rows import insert
from consentinel.report.schema import RunData
from tests.history.builders import (
    DAY_S,
    STARTED,
    item,
    run,
    run_with,
    scenario,
    step,
)
from tests.history.strategies import runs


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "deep" / "history.sqlite") as opened:
        yield opened


@settings(max_examples=30)
@given(runs)
def test_what_is_kept_is_what_is_read(kept: RunData) -> None:
    with TemporaryDirectory() as folder, Store(Path(folder) / "h.sqlite") as store:
        assert store.load(store.save(kept)) == snapshot(kept)
        assert store.load(store.save(kept)) == snapshot(kept)


def test_hostile_names_are_kept(store: Store) -> None:
    hostile = run_with(item("\udc80\x00\u202e" + "x" * 10_000), item("'); DROP TABLE runs; --"))
    assert store.load(store.save(hostile)) == snapshot(hostile)


def test_the_baseline_is_the_last_accepted_run_with_these_browsers(store: Store) -> None:
    both = store.save(run(scenario("one"), scenario("one", browser="firefox")))
    chromium = store.save(run(scenario("one"), started=STARTED + 1))
    store.save(run(scenario("one"), started=STARTED + 2))
    assert store.baseline("shop", ["chromium"]) is None
    store.accept(both, "first release")
    assert store.baseline_id("shop", ["firefox"]) == both
    store.accept(chromium)
    assert store.baseline_id("shop", ["chromium"]) == chromium
    assert store.baseline_id("shop", ["chromium", "firefox"]) == both
    assert store.baseline_id("shop", ["webkit"]) is None
    assert store.baseline_id("other", ["chromium"]) is None


def test_a_run_cut_short_is_no_baseline(store: Store) -> None:
    with pytest.raises(HistoryError, match="was cut short and cannot be a baseline"):
        store.accept(store.save(run(complete=False)))


def test_the_trend_is_told_oldest_first(store: Store) -> None:
    for day, outcome in enumerate(["passed", "failed", "inconclusive", "passed"]):
        store.save(run(scenario("one", outcome=outcome), started=STARTED + day))
    store.save(run(started=STARTED + 9, complete=False))
    assert [point.state for point in store.trend("shop", "P24", 3)] == ["broken", "could not tell", "kept"]
    assert {point.state for point in store.trend("shop", "P08")} == {"not provable"}


def test_pruning_keeps_the_newest_and_the_baseline(store: Store) -> None:
    numbers = [store.save(run_with(item(f"old{day}"), started=STARTED + day)) for day in range(5)]
    other = store.save(run(scenario("one", step(item()), browser="firefox"), started=STARTED))
    store.accept(numbers[0])
    assert store.prune(2) == 2
    assert [row.id for row in store.runs()] == [numbers[4], numbers[3], other, numbers[0]]
    assert store.load(numbers[0]).sightings


def test_pruning_leaves_no_row_without_its_run_the_second_time_too(tmp_path: Path) -> None:
    file = tmp_path / "many.sqlite"
    with Store(file) as store:
        for night in range(6):
            seen = run(scenario("one", step(item(f"name_of_{night}"))), started=STARTED + night * DAY_S)
            store.save(seen)
        assert store.prune(4) == 2
        assert store.prune(1) == 3
        assert len(store.load(store.runs()[0].id).sightings) == 1
    with closing(sqlite3.connect(file)) as database:
        counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("items", "sightings")]
        assert counts == [1, 1]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_runs_are_listed_with_their_outcomes(store: Store) -> None:
    store.save(run(scenario("one"), scenario("two", outcome="failed")))
    (row,) = store.runs("shop")
    assert row.outcomes == {"passed": 1, "failed": 1}
    assert row.browsers == ("chromium",)
    assert store.runs("other") == []


def test_repeated_scenarios_count_once_by_their_worst(store: Store) -> None:
    first, second = scenario("one"), scenario("one", repetition=2, outcome="failed")
    second["id"] += "-r2"
    (row,) = [store.runs()[0] for _ in [store.save(run(first, second))]]
    assert row.outcomes == {"failed": 1}


def test_an_unknown_run_is_one_line(store: Store) -> None:
    with pytest.raises(HistoryError, match="there is no run 7; `show` lists them"):
        store.load(7)


def test_many_may_write_at_once(tmp_path: Path) -> None:
    def save(day: int) -> int:
        with Store(tmp_path / "h.sqlite") as store:
            return store.save(run_with(item(), started=STARTED + day))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(save, range(8))) == list(range(1, 9))


def test_a_file_that_is_no_history_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite"
    file.write_text("this is no database, but it is long enough to be read as one" * 20)
    with pytest.raises(HistoryError, match="the history cannot be used: file is not a database"):
        Store(file)


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "h.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(HistoryError, match="it has version 99, this program knows 2: use a newer program"):
        Store(tmp_path / "h.sqlite")


def test_an_older_file_is_brought_up_to_date_and_a_failed_step_leaves_it_as_it_was(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "h.sqlite", isolation_level=None)
    migrate(database)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, (*STEPS, "CREATE TABLE fine (a); CREATE TABLE runs (a)"))
    assert version_of(database) == len(STEPS)
    migrate(database, (*STEPS, "ALTER TABLE runs ADD COLUMN note TEXT"))
    assert version_of(database) == len(STEPS) + 1
    database.close()


def _sent(*names: str) -> RunData:
    return run_with(*(item(name, kind="request", change="sent") for name in names), item("_ga"))


@pytest.mark.parametrize("also", [(), ("/widget.js", "/a/b")])
def test_requests_whose_path_lacked_its_slash_are_no_drift(tmp_path: Path, also: tuple[str, ...]) -> None:
    """A history of the first version, which may hold the same request in both ways of writing it."""
    file = tmp_path / "h.sqlite"
    database = sqlite3.connect(file, isolation_level=None)
    migrate(database, STEPS[:1])
    old = insert(database, snapshot(_sent("widget.js", "/", *also)))
    database.close()
    now = snapshot(_sent("/widget.js", "/", *also))
    assert diff(snapshot(_sent("widget.js", "/", *also)), now).changes or also

    with Store(file) as store:
        assert store.load(old).sightings == now.sightings
        assert diff(store.load(old), now).changes == ()
