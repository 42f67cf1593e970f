"""`make prove`: runs the features against every seeded defect and against correct sites; writes docs/proof.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

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
SAYS = "Run the features against every seeded defect and against sites that are right, and write docs/proof.md."


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove. The exit status is 0 when all is caught by its right cause and nothing else is accused."""
    asked = _arguments(arguments)
    try:
        defects = [] if asked.only_clean else named(asked.defect)
        clean = [row for record in asked.clean_record for row in records.rows(record)]
        _play(asked, [] if asked.sentences else defects)
        _keep(asked.results, clean)
    except (ValueError, ProofFailed) as error:
        print(error, file=sys.stderr)
        return 4
    found = proof(results.read(asked.results))
    _write(found, asked.page)
    print(*lines(found), sep="\n")
    return 0 if found["recall"] == found["right_cause"] == 1 and not found["false_alarms"] else 1


def _play(asked: argparse.Namespace, defects: list[Defect]) -> None:
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


def _play_sentences(asked: argparse.Namespace, browser: str) -> None:
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


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="consentinel prove", description=SAYS)
    add = parser.add_argument
    engines = ("chromium", "firefox")
    add("--browser", action="append", choices=engines, help="a browser to prove in; repeatable (default: both)")
    add("--defect", action="append", default=[], metavar="NAME", help="play this defect alone; repeatable")
    add("--only-clean", action="store_true", help="play only the sites that are right")
    add("--full", action="store_true", help="play all scenarios, not only those of a defect's promises")
    add(
        "--first",
        action="store_true",
        help="go on to the next defect as soon as one scenario has named its right cause; then do as --sentences does",
    )
    add("--smoke", action="store_true", help="play only the scenarios of the smoke run, to measure what they catch")
    add("--whole-visits", action="store_true", help="play only the whole visits, from which a smoke run may be chosen")
    add("--sentences", action="store_true", help="play only until each sentence that has never failed has failed once")
    add(
        "--clean-runs", type=int, default=1, metavar="N", help="how often to play the sites that are right (default: 1)"
    )
    add(
        "--clean-record",
        type=Path,
        action="append",
        default=[],
        metavar="RUN",
        help="a run.json of the reference site, such as a soak's, to count as runs of the clean site instead of "
        "playing it; repeatable",
    )
    add("--jobs", type=int, default=1, metavar="N", help="parallel workers for each browser (default: 1)")
    add("--results", type=Path, default=REPORTS / "proof" / "results.jsonl", help="where each scenario's row is kept")
    add("--page", type=Path, default=PAGE, help="where the page goes (default: docs/proof.md)")
    asked = parser.parse_args(arguments)
    asked.browser = asked.browser or list(engines)
    return asked


if __name__ == "__main__":
    sys.exit(main())
