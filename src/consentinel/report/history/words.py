"""The history in words and tables, for a terminal. Names are strangers' data: control characters are made visible."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rich.table import Column, Table
from rich.text import Text

from consentinel.report.history.drift import Drift
from consentinel.report.history.findings import cause_of, sentence
from consentinel.report.history.snapshot import Snapshot
from consentinel.report.history.store import RunRow, TrendPoint

_STATE_STYLES = {"kept": "green", "broken": "bold red", "could not tell": "yellow"}


def printable(text: str) -> str:
    """Return the text with control and direction characters shown as `\\ufffd`, so that it cannot steer a terminal."""
    return "".join("\ufffd" if unicodedata.category(letter) in ("Cc", "Cf", "Cs") else letter for letter in text)


def run_table(rows: Iterable[RunRow]) -> Table:
    """Return the runs, one a line."""
    whole = [Column(name, no_wrap=True) for name in ("when", "browsers", "passed", "failed", "error")]
    last = [Column("could not tell", max_width=5), Column("baseline", no_wrap=True)]
    table = Table(Column("run", no_wrap=True), Column("site", overflow="fold"), *whole, *last, box=None, pad_edge=False)
    for row in rows:
        outcomes = [str(row.outcomes.get(outcome, 0)) for outcome in ("passed", "failed", "error", "inconclusive")]
        begun = _moment(row.started) + ("" if row.complete else ", cut short")
        table.add_row(*map(_text, (str(row.id), row.site, begun, ", ".join(row.browsers), *outcomes, _accepted(row))))
    return table


def run_promises(run: Snapshot) -> Table:
    """Return the state of each promise in one run."""
    table = Table("promise", "state", box=None)
    for promise in run.promises:
        if not promise.browser:
            table.add_row(_text(promise.id), _state(promise.state))
    return table


def trend_table(site: str, promise: str, points: Sequence[TrendPoint]) -> Table:
    """Return the state of one promise from run to run, oldest first."""
    table = Table("run", "when", "state", box=None, title=_text(f"{promise} at {site}"), title_justify="left")
    for point in points:
        table.add_row(str(point.run), _moment(point.started), _state(point.state))
    return table


def drift_lines(drift: Drift) -> Iterator[Text]:
    """Yield what changed, a line each; one line that says so when nothing did."""
    for change in drift.changes:
        where = f" In {', '.join(change.browsers)}; seen by {', '.join(change.scenarios[:3])}{_more(change.scenarios)}."
        where += f" Id {cause_of(change)}."
        excuse = f" Accepted: {change.accepted}." if change.accepted else ""
        yield _text(sentence(change) + where + excuse, "dim" if change.accepted else "")
    for turned in drift.turned:
        yield _text(f"{turned.promise} in {turned.browser}: {turned.before} became {turned.after}.")
    for what, scenarios in (("New", drift.scenarios_new), ("Gone", drift.scenarios_gone)):
        for state in scenarios:
            yield _text(f'{what} scenario: "{state.scenario}" ({state.feature}) in {state.browser}.')
    if not (drift.changes or drift.turned or drift.scenarios_new or drift.scenarios_gone):
        yield _text("Nothing changed.", "green")
    for fold in drift.folded:
        names = f"{fold.before} names before and {fold.after} now"
        item = f'{fold.kind} "{fold.pattern}" of {fold.host} in {fold.browser}'
        yield _text(f"Note: {item}: {names}, taken as one.", "dim")
    for note in drift.notes:
        yield _text(f"Note: {note}.", "dim")


def _more(scenarios: Sequence[str]) -> str:
    return f" and {len(scenarios) - 3} more" if len(scenarios) > 3 else ""


def _accepted(row: RunRow) -> str:
    if row.accepted is None:
        return ""
    return f"{_moment(row.accepted)} {row.reason}".strip()


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M}"


def _state(state: str) -> Text:
    return _text(state, _STATE_STYLES.get(state, ""))


def _text(text: str, style: str = "") -> Text:
    return Text(printable(text), style=style)
