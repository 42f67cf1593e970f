"""The history's tables, as a list of steps. `PRAGMA user_version` counts the steps that a file has been through.

A step, once released, is never edited: a change is a further step. Words that repeat from night to night (items,
circumstances, scenarios) are stored once, so that a further night adds little more than numbers.
"""

from __future__ import annotations

import sqlite3

from consentinel.report.history.errors import HistoryError

STEPS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        site TEXT NOT NULL, base_url TEXT NOT NULL, tool TEXT NOT NULL,
        started REAL NOT NULL, seconds REAL NOT NULL, complete INTEGER NOT NULL,
        accepted REAL, accepted_reason TEXT NOT NULL DEFAULT ''
    ) STRICT;
    CREATE INDEX runs_by_site ON runs (site, started);
    CREATE TABLE run_browsers (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        browser TEXT NOT NULL, version TEXT NOT NULL,
        PRIMARY KEY (run, browser)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run_blindness (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        browser TEXT NOT NULL, kind TEXT NOT NULL,
        PRIMARY KEY (run, browser, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE run_promises (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        promise TEXT NOT NULL, browser TEXT NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (run, promise, browser)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE scenarios (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL, feature TEXT NOT NULL, scenario TEXT NOT NULL, browser TEXT NOT NULL,
        UNIQUE (name, feature, scenario, browser)
    ) STRICT;
    CREATE TABLE run_scenarios (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        scenario INTEGER NOT NULL REFERENCES scenarios,
        outcome TEXT NOT NULL,
        PRIMARY KEY (run, scenario)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE items (
        id INTEGER PRIMARY KEY,
        browser TEXT NOT NULL, kind TEXT NOT NULL, host TEXT NOT NULL, pattern TEXT NOT NULL,
        path TEXT NOT NULL, partition TEXT NOT NULL, name TEXT NOT NULL,
        UNIQUE (browser, kind, host, pattern, path, partition, name)
    ) STRICT;
    CREATE TABLE facts (
        id INTEGER PRIMARY KEY,
        category TEXT NOT NULL, party TEXT NOT NULL, http_only INTEGER NOT NULL, secure INTEGER NOT NULL,
        same_site TEXT NOT NULL, writer TEXT NOT NULL, choice TEXT NOT NULL,
        UNIQUE (category, party, http_only, secure, same_site, writer, choice)
    ) STRICT;
    CREATE TABLE sightings (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        scenario INTEGER NOT NULL REFERENCES scenarios,
        item INTEGER NOT NULL REFERENCES items, facts INTEGER NOT NULL REFERENCES facts,
        lifetime_s REAL,
        PRIMARY KEY (run, scenario, item, facts)
    ) STRICT, WITHOUT ROWID;
    """,
    # The name of a request is its path, which once lacked its slash: without this every one of them would be drift.
    """
    CREATE TEMP TABLE twins AS
        SELECT bare.id AS bare, whole.id AS whole FROM items AS bare JOIN items AS whole
        ON whole.kind = bare.kind AND whole.browser = bare.browser AND whole.host = bare.host
        AND whole.path = bare.path AND whole.partition = bare.partition
        AND whole.pattern = '/' || bare.pattern AND whole.name = '/' || bare.name
        WHERE bare.kind = 'request' AND bare.name NOT LIKE '/%';
    UPDATE OR IGNORE sightings SET item = (SELECT whole FROM twins WHERE bare = item)
        WHERE item IN (SELECT bare FROM twins);
    DELETE FROM sightings WHERE item IN (SELECT bare FROM twins);
    DELETE FROM items WHERE id IN (SELECT bare FROM twins);
    DROP TABLE twins;
    UPDATE items SET name = '/' || name, pattern = '/' || pattern WHERE kind = 'request' AND name NOT LIKE '/%'
    """,
)


def migrate(database: sqlite3.Connection, steps: tuple[str, ...] = STEPS) -> None:
    """Bring the file up to date, all in one transaction. Raises HistoryError for a file of a later version."""
    if version_of(database) == len(steps):
        return
    database.execute("BEGIN IMMEDIATE")
    with database:
        version = version_of(database)  # asked again: another process may have been faster
        if version > len(steps):
            raise HistoryError(f"it has version {version}, this program knows {len(steps)}: use a newer program")
        for statement in ";".join(steps[version:]).split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(steps)}")


def version_of(database: sqlite3.Connection) -> int:
    """Return how many steps the file has been through; 0 for a new one."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)
