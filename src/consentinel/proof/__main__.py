"""`make prove`: runs the features against every seeded defect and against correct sites; writes docs/proof.md."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from consentinel.proof import records, results
from consentinel.proof.figures import Proof, proof, unfailed
from consentinel.proof.markdown import lines, page
from consentinel.proof.plan import (
    CLEAN,
    RIGHT,
    Plan,
    against,
    by_smoke,
    by_whole_visits,
    named,
)
from consentinel.proof.results import Played
from consentinel.proof.run import ProofFailed, play
from consentinel.reference_site.defects import Defect
from consentinel.reference_site.registry import ALL_DEFECTS

REPORTS = Path("reports")
PAGE = Path("docs") / "proof.md"
ENGINES = ("chromium", "firefox")
_FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says; `main` explains each of its options."""

    browser: tuple[str, ...]
    defect: tuple[str, ...]
    only_clean: bool
    full: bool
    first: bool
    smoke: bool
    whole_visits: bool
    sentences: bool
    clean_runs: int
    clean_record: tuple[Path, ...]
    jobs: int
    results: Path
    page: Path


@click.command()
@click.option(
    "--browser", type=click.Choice(ENGINES), multiple=True, default=ENGINES, help="one to prove in; repeatable"
)
@click.option("--defect", multiple=True, metavar="NAME", help="play this defect alone; repeatable")
@click.option("--only-clean", is_flag=True, help="play only the sites that are right")
@click.option("--full", is_flag=True, help="play all scenarios, not only those of a defect's promises")
@click.option(
    "--first",
    is_flag=True,
    help="go on to the next defect as soon as one scenario has named its right cause; then do as --sentences does",
)
@click.option("--smoke", is_flag=True, help="play only the scenarios of the smoke run, to measure what they catch")
@click.option("--whole-visits", is_flag=True, help="play only the whole visits, which a smoke run may be chosen from")
@click.option("--sentences", is_flag=True, help="play only until each sentence that has never failed has failed once")
@click.option("--clean-runs", type=int, default=1, show_default=True, help="how often to play the sites that are right")
@click.option(
    "--clean-record",
    type=_FILE,
    multiple=True,
    metavar="RUN",
    help="a run.json of the reference site, such as a soak's, to count as runs of the clean site instead of playing "
    "it; repeatable",
)
@click.option("--jobs", type=int, default=1, show_default=True, help="parallel workers for each browser")
@click.option(
    "--results", type=_FILE, default=REPORTS / "proof" / "results.jsonl", help="where each scenario's row is kept"
)
@click.option("--page", type=_FILE, default=PAGE, show_default=True, help="where the page goes")
def main(**options: Any) -> None:
    """Run the features against each seeded defect.

    It runs them against sites that are right as well, and writes docs/proof.md. The exit code is 0 when all is caught
    by its right cause and nothing else is accused.
    """
    asked = Asked(**options)
    try:
        defects = [] if asked.only_clean else named(asked.defect)
        clean = [row for record in asked.clean_record for row in records.rows(record)]
        _play(asked, [] if asked.sentences else defects)
        _keep(asked.results, clean)
    except (ValueError, ProofFailed) as error:
        print(error, file=sys.stderr)
        sys.exit(4)
    found = proof(results.read(asked.results))
    _write(found, asked.page)
    print(*lines(found), sep="\n")
    sys.exit(0 if found["recall"] == found["right_cause"] == 1 and not found["false_alarms"] else 1)


def _play(asked: Asked, defects: list[Defect]) -> None:
    former = results.read(asked.results)
    whole = len(defects) == len(ALL_DEFECTS)
    wanted = asked.clean_runs and not asked.sentences and (asked.only_clean or whole)
    right = [name for name in RIGHT if wanted and not (name == CLEAN and asked.clean_record)]
    gone = [*(defect.name for defect in defects), *right]
    for browser in asked.browser:
        results.forget(asked.results, gone, [browser])
        if defects:
            if asked.smoke:
                plan = by_smoke(defects)
            elif asked.whole_visits:
                plan = by_whole_visits(defects)
            else:
                plan = against(defects, full=asked.full, first=asked.first, hints=_hints(former, browser))
            play(plan, browser, asked.results, jobs=asked.jobs)
        if asked.sentences or (asked.first and whole):
            _play_sentences(asked, browser)
        if right:
            plan = Plan({name: [] for name in right})
            play(plan, browser, asked.results, jobs=asked.jobs, repeat=asked.clean_runs)


def _play_sentences(asked: Asked, browser: str) -> None:
    """Play what could make those sentences fail that no defect has failed so far."""
    rows = results.read(asked.results)
    never = unfailed(rows)
    if never:
        known: dict[str, list[str]] = {}
        for row in rows:
            if row["browser"] == browser:
                known.setdefault(row["deployment"], []).append(row["node"])
        plan = against(ALL_DEFECTS, full=asked.full, first=False)
        play(replace(plan, sentences=never, known=known), browser, asked.results, jobs=asked.jobs)


def _keep(file: Path, clean: list[Played]) -> None:
    """Let runs of the clean site that were made elsewhere take the place of those on record, browser by browser."""
    results.forget(file, [CLEAN], {row["browser"] for row in clean})
    for row in clean:
        results.append(file, row)


def _hints(rows: list[Played], browser: str) -> dict[str, list[str]]:
    """Return the scenarios that caught each defect before, those of this browser first: they are tried first."""
    hints: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["browser"] != browser):
        if row["outcome"] == "failed":
            hints.setdefault(row["deployment"], []).append(row["node"])
    return hints


def _write(found: Proof, where: Path) -> None:
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "proof.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    where.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
