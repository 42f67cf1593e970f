"""A scenario whose repetitions disagree, in the terminal: what each of two runs saw, step by step, side by side."""

from __future__ import annotations

from io import StringIO
from itertools import zip_longest

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from report.links import scenario_page
from report.repeat import Disagreement
from report.schema import RunData, ScenarioData, StepData
from report.text import plain

WIDTH = 110
"""Columns of the terminal's table."""
NAMES = 4
"""How many items of a step are named."""


def side_by_side(found: Disagreement, run: RunData) -> str:
    """The sentence of a disagreement, and under it two of its runs that differ."""
    first, second = (_scenario(run, repetition.id) for repetition in found.pair)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, width=WIDTH)
    for heading in ("Step", f"Run {first['repetition']}", f"Run {second['repetition']}"):
        table.add_column(heading, ratio=1, overflow="fold")
    for left, right in zip_longest(first["steps"], second["steps"]):
        step = left or right
        table.add_row(plain(f"{step['keyword']} {step['text']}"), _seen(left), _seen(right))
    table.add_row("Outcome", _end(first), _end(second))
    table.add_row("Evidence", scenario_page(first), scenario_page(second))
    out = StringIO()
    Console(file=out, width=WIDTH, color_system=None, markup=False, highlight=False).print(table)
    return f"{found.sentence}\n{out.getvalue().rstrip()}"


def _scenario(run: RunData, identity: str) -> ScenarioData:
    return next(scenario for scenario in run["scenarios"] if scenario["id"] == identity)


def _seen(step: StepData | None) -> str:
    if step is None:
        return "not there"
    items = [f"{item['change']} {item['kind']} {plain(item['name'], 40)}" for item in step["items"]]
    more = [f"and {len(items) - NAMES} more"] if len(items) > NAMES else []
    return "\n".join([f"{step['outcome']}, {step['seconds']:.1f} s", *items[:NAMES], *more])


def _end(scenario: ScenarioData) -> str:
    sentences = [plain(finding["sentence"], 160) for finding in scenario["findings"]]
    return "\n".join(
        [scenario["outcome"], *sentences, *([plain(scenario["reason"], 160)] if scenario["reason"] else [])]
    )
