"""Lists what the site stores and the hosts it contacts: every item of a run, merged over its scenarios.

The table that a data protection officer asks for. Names that differ only in a random token (`_ga_ABC123`) are one row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import NamedTuple

from consentinel.report.history.names import pattern_of
from consentinel.report.schema import (
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)
from consentinel.report.text import (
    browser,
    choice,
    kind,
    lifetime,
    plain,
)
from consentinel.site.category import KEY

CATEGORIES = ("functionality", "analytics", "social", "advertising")
"""The standard categories; a site may have more of its own."""
UNDECLARED = "undeclared"


@dataclass(slots=True)
class Row:
    """One item. For a request `name` is empty: a row is a host, and `names` are the paths that were asked for.

    `lifetime_s` is the longest that was seen, in seconds, None for what ends with the session. `first_s` is when it was
    first seen, in seconds after its scenario's start, and `first_moment` the step at whose end that was. `granted` are
    the sets of optional categories that were allowed when it was written or sent, None before any choice.
    """

    kind: str
    name: str
    host: str
    category: str
    party: str
    lifetime_s: float | None
    first_s: float
    first_moment: str
    names: set[str] = field(default_factory=set)
    written_by: set[str] = field(default_factory=set)
    granted: set[frozenset[str] | None] = field(default_factory=set)
    browsers: set[str] = field(default_factory=set)
    scenarios: set[str] = field(default_factory=set)
    times: int = 0

    @property
    def declared(self) -> bool:
        """Whether the site's profile declares the item."""
        return is_category(self.category)

    @property
    def stored(self) -> bool:
        """Whether the item is stored on the device, not sent."""
        return self.kind != "request"

    @property
    def choices(self) -> list[str]:
        """Each choice under which it was seen, in words."""
        return sorted(choice(granted) for granted in self.granted)

    @property
    def choices_in_words(self) -> list[str]:
        """The same in at most three lines: what all choices that allowed something have in common stands for them."""
        lines = [choice(granted) for granted in (None, frozenset[str]()) if granted in self.granted]
        allowing = [granted for granted in self.granted if granted]
        if len(allowing) == 1:
            lines.append(choice(allowing[0]))
        elif allowing:
            common = frozenset.intersection(*allowing)
            what = choice(common) if common else "something allowed"
            lines.append(f"{what} ({len(allowing)} combinations)")
        return lines

    @property
    def lifetime(self) -> str:
        """For how long it is kept, in words; empty for a request."""
        return lifetime(self.lifetime_s, self.kind) if self.stored else ""


class _Key(NamedTuple):
    kind: str
    pattern: str
    host: str
    category: str
    party: str


def is_category(name: str) -> bool:
    """Return whether it is the key of a category, and not the absence of one."""
    return name != UNDECLARED and KEY.fullmatch(name) is not None


def categories_in(found: Iterable[Row]) -> tuple[str, ...]:
    """Return the categories of these rows, undeclared and the standard ones first."""
    own = {row.category for row in found} - {UNDECLARED, *CATEGORIES}
    return (UNDECLARED, *CATEGORIES, *sorted(own))


def rows(run: RunData) -> list[Row]:
    """Return every item of the run, undeclared ones first, then by category, kind, host and name."""
    merged: dict[_Key, Row] = {}
    for scenario, step, item in _sightings(run["scenarios"]):
        _add(merged, scenario, step, item)
    for key, row in merged.items():
        row.name = key.pattern if len(row.names) > 1 else row.name
    return sorted(merged.values(), key=_order)


def _sightings(scenarios: Iterable[ScenarioData]) -> Iterator[tuple[ScenarioData, StepData, ItemData]]:
    for scenario in scenarios:
        for step in scenario["steps"]:
            for item in step["items"]:
                if item["change"] != "gone":
                    yield scenario, step, item


def _add(merged: dict[_Key, Row], scenario: ScenarioData, step: StepData, item: ItemData) -> None:
    category = item["category"] if is_category(item["category"]) else UNDECLARED
    sent = item["kind"] == "request"
    key = _Key(item["kind"], "" if sent else pattern_of(item["name"]), item["host"], category, item["party"])
    first_s = step["at"] + step["seconds"] - scenario["started"]
    moment = f"{step['keyword'].strip()} {step['text']}"
    row = merged.get(key)
    if row is None:
        name = "" if sent else item["name"]
        row = merged[key] = Row(*key[:1], name, *key[2:], item["lifetime_s"], first_s, moment)
    if item["lifetime_s"] is not None:
        row.lifetime_s = max(row.lifetime_s or 0.0, item["lifetime_s"])
    if first_s < row.first_s:
        row.first_s, row.first_moment = first_s, moment
    row.names.add(item["name"])
    row.granted.add(None if step["granted"] is None else frozenset(step["granted"]) - {"functionality"})
    row.browsers.add(scenario["browser"])
    row.scenarios.add(scenario["id"])
    row.times += 1
    if item["written_by"]:
        row.written_by.add(item["written_by"])


def _order(row: Row) -> tuple[bool, int, str, str, str, str]:
    known = CATEGORIES.index(row.category) if row.category in CATEGORIES else len(CATEGORIES)
    return not row.stored, known if row.declared else -1, row.category, row.host, row.kind, row.name


_HEADINGS = (
    "kind",
    "name",
    "host",
    "category",
    "party",
    "lifetime",
    "lifetime in seconds",
    "written by",
    "first seen after (seconds)",
    "first seen in step",
    "under which choices",
    "browsers",
    "scenarios",
    "times",
)


def as_csv(found: Iterable[Row]) -> str:
    """Return the table for a spreadsheet.

    No cell is taken for a formula there: such a cell begins with an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADINGS)
    for row in found:
        writer.writerow(_cell(cell) for cell in _cells(row))
    return out.getvalue()


def _cells(row: Row) -> Iterator[str]:
    yield from (kind(row.kind), row.name, row.host, row.category, row.party, row.lifetime)
    yield "" if row.lifetime_s is None else f"{row.lifetime_s:.0f}"
    yield "; ".join(sorted(row.written_by))
    yield f"{max(row.first_s, 0.0):.1f}"
    yield row.first_moment
    yield "; ".join(row.choices)
    yield ", ".join(browser(name) for name in sorted(row.browsers))
    yield from (str(len(row.scenarios)), str(row.times))


def _cell(text: str) -> str:
    """Spreadsheets run a cell that begins with one of these as a formula (OWASP, CSV injection)."""
    shown = plain(text, 500)
    return f"'{shown}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else shown
