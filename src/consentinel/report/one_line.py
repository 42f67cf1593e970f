"""`consentinel summary RUN [--history FILE]`: a run in a few lines.

The lines are the same for as long as the answer is.

No date, duration or run number is in them, so that a script can compare them with last night's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from consentinel.report.annotations import github
from consentinel.report.causes import by_finding
from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.report.history import (
    Drift,
    HistoryError,
    Store,
    diff,
    sentence,
    snapshot,
)
from consentinel.report.history.words import printable
from consentinel.report.promises import PromiseAnswer, answers
from consentinel.report.reader import RunUnreadable, read_run
from consentinel.report.schema import CauseData, RunData
from consentinel.report.summary import verdict_parts


def brief(run: RunData, drift: Drift | None) -> Iterator[str]:
    """Yield the lines: the verdict, broken promises with what was found, what could not be told, what changed."""
    known, answered = by_finding(run), answers(run)
    yield f"{verdict_parts(run, answered)[0]}."
    for answer in answered:
        if answer.state == "broken":
            yield f"{_named(answer)} broken: {answer.title}"
            yield from (f"    {line}" for line in sorted(_found(answer, known)))
        elif answer.state == "could not tell":
            yield f"{_named(answer)} could not be told: {answer.title}"
    if drift is not None:
        yield from (sentence(change) for change in drift.open)
        yield from (f"{it.promise} in {it.browser}: {it.before} became {it.after}." for it in drift.turned)
        yield from (f'Scenario gone: "{it.scenario}" in {it.browser}.' for it in drift.scenarios_gone)


def _named(answer: PromiseAnswer) -> str:
    return f"Rule {answer.id}" if answer.source else answer.id


def _found(answer: PromiseAnswer, known: Mapping[str, CauseData]) -> set[str]:
    """Return each cause of the answer by its id and its sentence; else why it is broken."""
    causes = (known.get(sighting.finding["cause"]) for sighting in answer.sightings)
    return {f"{cause['sentence']} (cause {cause['id']})" for cause in causes if cause} or {answer.sentence}


@click.command()
@click.argument("file", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--history", metavar="FILE", type=click.Path(path_type=Path), help="compare with its last accepted run")
@click.option("--github", "for_github", is_flag=True, help="print annotations for GitHub Actions instead")
def main(file: Path, history: Path | None, for_github: bool) -> None:
    """Print a run in a few lines. RUN is a report's folder, or the run.json in it."""
    try:
        run = read_run(file / "run.json" if file.is_dir() else file)
        drift = _drift(run, history) if history and history.exists() else None
        lines = [printable(line) for line in (github(run) if for_github else brief(run, drift))]
    except (RunUnreadable, HistoryError) as error:
        sys.stderr.write(f"summary: {error}\n")
        sys.exit(SETUP_FAILED)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _drift(run: RunData, history: Path) -> Drift | None:
    with Store(history) as store:
        base = store.baseline(run["site"], run["browsers"])
    return None if base is None else diff(base, snapshot(run))


if __name__ == "__main__":
    main()
