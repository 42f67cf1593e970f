"""Formats the terminal's summary: failures in plain sentences, and the table of promises."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from shutil import get_terminal_size

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consentinel.report.causes import by_finding
from consentinel.report.links import scenario_page
from consentinel.report.outcomes import deciding_step
from consentinel.report.promises import (
    ORDER,
    PromiseAnswer,
    State,
    answers,
    parted,
)
from consentinel.report.schema import (
    CauseData,
    FindingData,
    RunData,
    ScenarioData,
)
from consentinel.report.summary import verdict_sentence
from consentinel.report.text import (
    browser,
    kind,
    listed,
    plain,
    seconds,
)

WIDTH = 100
"""Width of the text in characters, where the terminal is no narrower."""

_STYLES: dict[State, str] = {
    "broken": "bold red",
    "could not tell": "yellow",
    "kept": "green",
    "not provable": "dim",
    "not run": "dim",
}


def promise_table(run: RunData, *, colour: bool = False) -> str:
    """Return the table of promises, broken ones first, one of rules beyond the policy, and the verdict under them.

    The verdict counts the promises that are not in the table.
    Those are the ones that were not run and, unless the whole policy was asked about, those that no browser can prove.
    """
    every_answer = answers(run)
    promised, ruled = parted(every_answer)
    whole = all(answer.state != "not run" for answer in promised)
    asked = [one for one in promised if one.scenarios or (whole and one.state == "not provable")]
    known = by_finding(run)
    tested = [one for one in ruled if one.scenarios]
    tables = [_table("Promise", asked, known)] if asked or not tested else []
    tables += [_table("Rule", tested, known)] if tested else []
    return rendered(Group(*tables, Text(verdict_sentence(run, every_answer))), colour)


def _table(head: str, asked: list[PromiseAnswer], known: Mapping[str, CauseData]) -> Table:
    answered = sorted(asked, key=lambda answer: ORDER.index(answer.state))
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column(head, no_wrap=True)
    table.add_column("Answer", no_wrap=True)
    table.add_column("", ratio=1)
    table.add_column("Scenarios", justify="right", no_wrap=True)
    for answer in answered:
        about = _about(answer, known)
        table.add_row(answer.id, Text(answer.state, style=_STYLES[answer.state]), about, _scenarios(answer))
    return table


def _about(answer: PromiseAnswer, known: Mapping[str, CauseData]) -> Text:
    """Return the promise. Where it was not kept, add a rule's source, and the causes or the sentence that says why."""
    text = Text(plain(answer.title, 160))
    if answer.state != "kept":
        if answer.source:
            text.append(f" ({plain(answer.source, 240)})", style="dim")
        numbers = sorted(
            {known[one.finding["cause"]]["number"] for one in answer.sightings if one.finding["cause"] in known}
        )
        named = f"{'Cause' if len(numbers) == 1 else 'Causes'} {listed(map(str, numbers))}" if numbers else ""
        text.append(f"\n{named or plain(answer.sentence, 240)}", style="italic")
    return text


def _scenarios(answer: PromiseAnswer) -> str:
    return str(len(answer.scenarios)) if answer.scenarios else "-"


def failure_text(scenario: ScenarioData, folder: Path | None = None, *, colour: bool = False) -> str:
    """Return one scenario that did not pass, as a person would say it.

    It says what was found, when, by whom, and where to look. `folder` is the report's folder, put in front of the
    evidence's path.
    """
    lines: list[RenderableType] = [_title(scenario)]
    lines += [_indented(_finding(finding, scenario)) for finding in scenario["findings"]]
    if scenario["reason"] and not scenario["findings"]:
        lines.append(_indented(Text(plain(scenario["reason"], 600))))
    stopped = deciding_step(scenario)
    if stopped:
        lines.append(_indented(labelled("Stopped at", f"{stopped['keyword'].strip()} {stopped['text']}")))
    lines.append(_indented(labelled("Written in", f"{scenario['file']}:{scenario['line']}")))
    return f"{rendered(Group(*lines), colour)}\n{evidence_line(scenario, folder, colour)}"


def evidence_line(scenario: ScenarioData, folder: Path | None, colour: bool, indent: int = 2) -> str:
    """Return the path of a scenario's page on one line: a wrapped path could not be opened."""
    page = scenario_page(scenario)
    path = plain(str(folder / page) if folder else page, 2_000)
    line = Padding(Text.assemble(("Evidence: ", "dim"), path), (0, 0, 0, indent))
    return rendered(line, colour, width=len(path) + 40)


def _title(scenario: ScenarioData) -> Text:
    word, style = {
        "failed": ("BROKEN", "bold red"),
        "error": ("ERROR", "bold red"),
        "inconclusive": ("COULD NOT TELL", "bold yellow"),
        "skipped": ("NOT RUN", "dim"),
        "passed": ("KEPT", "green"),
    }[scenario["outcome"]]
    if scenario["outcome"] == "failed" and not scenario["findings"]:
        word = "FAILED"
    title = Text.assemble((word, style), "  ", (plain(scenario["scenario"]), "bold"))
    return title.append(f"  ({plain(scenario['feature'])}, in {browser(plain(scenario['browser'], 40))})")


def _finding(finding: FindingData, scenario: ScenarioData) -> RenderableType:
    item, sentence = finding["item"], finding["sentence"]
    when = f"{seconds(finding['at'] - scenario['started'])} into the scenario"
    after = f", after “{plain(finding['moment'], 160)}”" if finding["moment"] else ""
    lines = [Text(plain(sentence, 600))]
    if item["name"] not in sentence or item["host"] not in sentence:
        lines.append(labelled("Found", _what(finding)))
    lines.append(labelled("When", f"{when}{after}"))
    if finding["written_by"] and finding["written_by"] not in sentence:
        lines.append(labelled("By", plain(finding["written_by"], 200)))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_row(Text(plain(finding["promise"], 20) or "-", style="bold red"), Group(*lines))
    return grid


def _what(finding: FindingData) -> str:
    item = finding["item"]
    of = "to" if item["kind"] == "request" else "of"
    known = finding["category"] or ("" if item["kind"] == "page" else "undeclared")
    category = f", {plain(known, 40)}" if known else ""
    return f"{kind(item['kind'])} “{plain(item['name'], 80)}” {of} {plain(item['host'], 80)}{category}"


def labelled(label: str, text: str) -> Text:
    """Return a detail under its name, tamed and cut."""
    return Text.assemble((f"{label}: ", "dim"), plain(text, 300))


def _indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def columns(most: int = WIDTH) -> int:
    """Return the width of the text: that of the terminal, if it is narrower than `most`. A log has the full width."""
    return min(most, get_terminal_size((most, 24)).columns)


def rendered(content: RenderableType, colour: bool, *, width: int | None = None) -> str:
    """Return the content as text, without blanks at the ends of lines. It fits the terminal or `width`."""
    out = StringIO()
    console = Console(
        file=out,
        width=width or columns(),
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(content)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
