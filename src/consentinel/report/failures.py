"""Formats a run's failures for the terminal: each cause once, then a short line for each scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consentinel.report.cause_words import authors, things_in_words
from consentinel.report.causes import (
    GROUPS,
    behind,
    by_finding,
    half_line,
    seen_in,
)
from consentinel.report.schema import (
    CauseData,
    FindingData,
    RunData,
    ScenarioData,
)
from consentinel.report.terminal import (
    evidence_line,
    failure_text,
    labelled,
    rendered,
)
from consentinel.report.text import (
    browser,
    count,
    listed,
    plain,
    seconds,
)

SHOWN_CAUSES = 30
"""The number of causes that the terminal describes in full; the report has all of them."""
_INDENT = 5


def failures(run: RunData, folder: Path | None = None, *, colour: bool = False) -> Iterator[str]:
    """Yield the blocks of text, in order. `folder` is the report's folder, put in front of the evidence's paths."""
    known = by_finding(run)
    unheld = [one for one in run["scenarios"] if one["outcome"] not in ("passed", "skipped")]
    with_causes = [(one, half_line(behind(one, known))) for one in unheld if one["outcome"] == "failed"]
    caused = [(one, words) for one, words in with_causes if words]
    if caused:
        yield from _causes(run, len(caused), folder, colour)
        yield rendered(Group(Text("Broken scenarios", style="bold"), *_lines(caused)), colour)
    explained = {one["id"] for one, _ in caused}
    for group in _alike(one for one in unheld if one["id"] not in explained):
        yield "\n".join([failure_text(group[0], folder, colour=colour), *_also(group[1:], colour)])


def _causes(run: RunData, scenarios: int, folder: Path | None, colour: bool) -> Iterator[str]:
    number, shown = len(run["causes"]), run["causes"][:SHOWN_CAUSES]
    verb = "breaks" if number == 1 else "break"
    head = f"{count(number, 'cause')} {verb} {count(scenarios, 'scenario')}"
    yield rendered(Text(head, style="bold red"), colour)
    for undeclared, title in GROUPS:
        chosen = [cause for cause in shown if cause["undeclared"] is undeclared]
        if chosen:
            yield rendered(Text(title, style="bold"), colour)
        yield from (_cause(cause, run["scenarios"], folder, colour) for cause in chosen)
    if number > SHOWN_CAUSES:
        yield f"And {count(number - SHOWN_CAUSES, 'cause')} more, each in the report."


def _cause(cause: CauseData, scenarios: list[ScenarioData], folder: Path | None, colour: bool) -> str:
    scenario, finding = _first(cause, scenarios)
    after = f", after “{plain(finding['moment'], 160)}”" if finding["moment"] else ""
    when = f"{seconds(finding['at'] - scenario['started'])} into “{plain(scenario['scenario'], 160)}”{after}"
    lines: list[RenderableType] = [Text(plain(cause["sentence"], 600))]
    lines.append(labelled("Seen in", seen_in(cause)))
    lines.append(labelled("First", when))
    what = things_in_words(cause)
    lines += [labelled("What", what)] if what else []
    lines += [labelled("By", who) for who in authors(cause)[:1] if who not in cause["sentence"]]
    lines += [labelled("To do", cause["advice"])] if cause["advice"] else []
    lines.append(labelled("Written in", f"{scenario['file']}:{scenario['line']}"))
    grid = Table.grid(padding=(0, 0))
    grid.add_column(width=_INDENT)
    grid.add_row(Text(f"{cause['number']:>3}", style="bold red"), Group(*lines))
    return f"{rendered(grid, colour)}\n{evidence_line(scenario, folder, colour, _INDENT)}"


def _first(cause: CauseData, scenarios: list[ScenarioData]) -> tuple[ScenarioData, FindingData]:
    """Return the first scenario that found what the cause's sentence says, or any part of it, and the finding."""
    ids, several = {cause["id"], *cause["also"]}, cause.get("parts", [])
    return next(
        (scenario, finding)
        for scenario in scenarios
        for finding in scenario["findings"]
        if finding["cause"] in ids and (len(several) > 1 or finding["sentence"] == cause["sentence"])
    )


def _lines(scenarios: Iterable[tuple[ScenarioData, str]]) -> Iterator[RenderableType]:
    """Yield a line for each scenario and its causes, one line for all browsers with the same causes."""
    browsers: dict[tuple[str, str, str], list[str]] = {}
    for scenario, words in scenarios:
        key = (next(iter(scenario["promises"]), ""), scenario["scenario"], words)
        browsers.setdefault(key, []).append(browser(plain(scenario["browser"], 40)))
    for (promise, title, words), names in browsers.items():
        where = listed(dict.fromkeys(names))
        line = Text.assemble((f"{promise} ", "bold"), plain(title), f" ({where}): {words}")
        yield Padding(line, (0, 0, 0, 2))


def _alike(scenarios: Iterable[ScenarioData]) -> list[list[ScenarioData]]:
    """Group the scenarios by outcome and reason. A scenario without a reason is a group of its own."""
    groups: dict[tuple[str, str], list[ScenarioData]] = {}
    for scenario in scenarios:
        alone = "" if scenario["reason"] else scenario["id"]
        groups.setdefault((scenario["outcome"], scenario["reason"] or alone), []).append(scenario)
    return list(groups.values())


def _also(scenarios: list[ScenarioData], colour: bool) -> Iterator[str]:
    if scenarios:
        head = Padding(Text(f"The same in {count(len(scenarios), 'further scenario')}:", style="dim"), (0, 0, 0, 2))
        rest = ((scenario, "for the same reason") for scenario in scenarios)
        yield rendered(Group(head, *_lines(rest)), colour)
