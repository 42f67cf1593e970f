"""Formats two disagreeing runs of one scenario side by side, step by step, for the terminal."""

from __future__ import annotations

from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from consentinel.report.comparison import Comparison, Side
from consentinel.report.links import scenario_page
from consentinel.report.schema import ScenarioData
from consentinel.report.terminal import columns
from consentinel.report.text import browser, plain

WIDTH = 110
"""Width of the table in characters, where the terminal is no narrower."""
NAMES = 4
"""Number of items that are named for each step."""


def side_by_side(comparison: Comparison) -> str:
    """Return the sentence of a disagreement and a table of the steps in which the two runs differ."""
    first, second = comparison.runs
    table = Table(box=SIMPLE_HEAD, pad_edge=False, width=columns(WIDTH))
    for heading in ("Step", f"Run {first['repetition']}", f"Run {second['repetition']}"):
        table.add_column(heading, ratio=1, overflow="fold")
    for row in comparison.rows:
        if row.differs:
            table.add_row(plain(row.sentence), *map(_cell, row.sides))
    table.add_row("Outcome", _end(first), _end(second))
    table.add_row("Evidence", scenario_page(first), scenario_page(second))
    out = StringIO()
    Console(file=out, width=columns(WIDTH), color_system=None, markup=False, highlight=False).print(table)
    return f"{plain(comparison.found.sentence, 600)}\n{out.getvalue().rstrip()}"


def _cell(side: Side) -> str:
    if side.data is None:
        return "not there"
    items = [f"only here: {item['change']} {item['kind']} {plain(item['name'], 40)}" for item in side.own]
    more = [f"and {len(items) - NAMES} more"] if len(items) > NAMES else []
    return "\n".join([f"{side.outcome}, {side.data['seconds']:.1f} s", *items[:NAMES], *more])


def _end(scenario: ScenarioData) -> str:
    sentences = [plain(finding["sentence"], 160) for finding in scenario["findings"]]
    reason = [plain(scenario["reason"], 160)] if scenario["reason"] and not sentences else []
    return "\n".join([f"{scenario['outcome']} in {browser(scenario['browser'])}", *sentences, *reason])
