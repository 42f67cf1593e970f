"""A snapshot to rows and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from consentinel.report.history.snapshot import (
    Facts,
    Key,
    PromiseState,
    ScenarioState,
    Sighting,
    Snapshot,
)

SqlValue = str | int | float | None

_READ_SIGHTINGS = """
    SELECT scenarios.name AS scenario, items.*, facts.*, lifetime_s FROM sightings
    JOIN scenarios ON scenarios.id = sightings.scenario
    JOIN items ON items.id = sightings.item
    JOIN facts ON facts.id = sightings.facts
    WHERE run = ?"""


_ADD_RUN = "INSERT INTO runs (site, base_url, tool, started, seconds, complete) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_BROWSER = "INSERT INTO run_browsers VALUES (?, ?, ?)"
_ADD_BLINDNESS = "INSERT INTO run_blindness VALUES (?, ?, ?)"
_ADD_PROMISE = "INSERT INTO run_promises VALUES (?, ?, ?, ?)"
_ADD_OUTCOME = "INSERT INTO run_scenarios VALUES (?, ?, ?)"
_ADD_SIGHTING = "INSERT INTO sightings VALUES (?, ?, ?, ?, ?)"


class _Shared(NamedTuple):
    """How a word that many runs share is put into its table, and how its number is found."""

    add: str
    find: str


_SCENARIO = _Shared(
    "INSERT OR IGNORE INTO scenarios (name, feature, scenario, browser) VALUES (?, ?, ?, ?)",
    "SELECT id FROM scenarios WHERE name = ? AND feature = ? AND scenario = ? AND browser = ?",
)
_ITEM = _Shared(
    "INSERT OR IGNORE INTO items (browser, kind, host, pattern, path, partition, name) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "SELECT id FROM items WHERE browser = ? AND kind = ? AND host = ? AND pattern = ? AND path = ? AND partition = ?"
    " AND name = ?",
)
_FACTS = _Shared(
    "INSERT OR IGNORE INTO facts (category, party, http_only, secure, same_site, writer, choice)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "SELECT id FROM facts WHERE category = ? AND party = ? AND http_only = ? AND secure = ? AND same_site = ?"
    " AND writer = ? AND choice = ?",
)


def insert(database: sqlite3.Connection, run: Snapshot) -> int:
    """Write the rows of this run, inside the caller's transaction, and return its number."""
    head = (run.site, run.base_url, run.tool, run.started, run.seconds, int(run.complete))
    number = int(database.execute(_ADD_RUN, head).lastrowid or 0)
    database.executemany(_ADD_BROWSER, [(number, *pair) for pair in run.browsers])
    database.executemany(_ADD_BLINDNESS, [(number, *pair) for pair in sorted(run.blind)])
    database.executemany(_ADD_PROMISE, [(number, *promise) for promise in run.promises])
    names = {state.id: _number(database, _SCENARIO, state[:4]) for state in run.scenarios}
    database.executemany(_ADD_OUTCOME, [(number, names[state.id], state.outcome) for state in run.scenarios])
    items = {(it.key, it.name): 0 for it in run.sightings}
    facts = {it.facts: 0 for it in run.sightings}
    for key, name in items:
        items[key, name] = _number(database, _ITEM, (*key, name))
    for circumstances in facts:
        facts[circumstances] = _number(database, _FACTS, circumstances)
    database.executemany(
        _ADD_SIGHTING,
        [(number, names[it.scenario], items[it.key, it.name], facts[it.facts], it.lifetime_s) for it in run.sightings],
    )
    return number


def read(database: sqlite3.Connection, number: int) -> Snapshot | None:
    """Return the snapshot of this number, None where there is none."""
    head = next(iter(fetch(database, "SELECT * FROM runs WHERE id = ?", [number])), None)
    if head is None:
        return None
    promises = fetch(database, "SELECT promise, browser, state FROM run_promises WHERE run = ?", [number])
    return Snapshot(
        site=head["site"],
        base_url=head["base_url"],
        tool=head["tool"],
        started=head["started"],
        seconds=head["seconds"],
        complete=bool(head["complete"]),
        browsers=_pairs(database, "SELECT browser, version FROM run_browsers WHERE run = ? ORDER BY browser", number),
        blind=frozenset(_pairs(database, "SELECT browser, kind FROM run_blindness WHERE run = ?", number)),
        promises=tuple(sorted(PromiseState(*row) for row in promises)),
        scenarios=_scenarios(database, number),
        sightings=frozenset(_sighting(row) for row in fetch(database, _READ_SIGHTINGS, [number])),
    )


def delete_unused(database: sqlite3.Connection) -> None:
    """Delete the shared words that no run uses any more."""
    database.execute("DELETE FROM items WHERE id NOT IN (SELECT item FROM sightings)")
    database.execute("DELETE FROM facts WHERE id NOT IN (SELECT facts FROM sightings)")
    database.execute("DELETE FROM scenarios WHERE id NOT IN (SELECT scenario FROM run_scenarios)")


def fetch(database: sqlite3.Connection, query: str, values: Sequence[SqlValue]) -> list[sqlite3.Row]:
    """Return the rows of a query, with columns by name."""
    cursor = database.cursor()
    cursor.row_factory = sqlite3.Row
    found: list[sqlite3.Row] = cursor.execute(query, values).fetchall()
    return found


def _pairs(database: sqlite3.Connection, query: str, number: int) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in database.execute(query, (number,)))


def _scenarios(database: sqlite3.Connection, number: int) -> tuple[ScenarioState, ...]:
    query = """
        SELECT name, feature, scenarios.scenario, browser, outcome FROM run_scenarios
        JOIN scenarios ON scenarios.id = run_scenarios.scenario WHERE run = ? ORDER BY name"""
    return tuple(sorted(ScenarioState(*row) for row in database.execute(query, (number,))))


def _sighting(row: sqlite3.Row) -> Sighting:
    key = Key(*(row[column] for column in Key._fields))
    seen = {column: row[column] for column in Facts._fields}
    seen["http_only"], seen["secure"] = bool(seen["http_only"]), bool(seen["secure"])
    return Sighting(row["scenario"], key, row["name"], Facts(**seen), row["lifetime_s"])


def _number(database: sqlite3.Connection, shared: _Shared, values: tuple[SqlValue, ...]) -> int:
    database.execute(shared.add, values)
    (number,) = database.execute(shared.find, values).fetchone()
    return int(number)
