"""`consentinel history accept|show|diff|prune|metrics`: the history on the command line.

Exit codes as in docs/exit-codes.md: 0, 11 when `diff` finds drift, 4 when it cannot do what was asked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from consentinel.report.arguments import positive_count
from consentinel.report.exit_codes import DRIFT, KEPT, SETUP_FAILED
from consentinel.report.files import write_whole
from consentinel.report.history import (
    HistoryError,
    RunRow,
    Store,
    diff,
    excuse,
    read_exemptions,
)
from consentinel.report.history.metrics import metrics_of
from consentinel.report.history.words import (
    drift_lines,
    printable,
    run_promises,
    run_table,
    trend_table,
)

DEFAULT_FILE = Path("reports/history.sqlite")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        if not asked.history.exists():
            raise HistoryError(f"{asked.history}: there is no history yet; a run with `--history` makes one")
        with Store(asked.history) as store:
            code: int = asked.act(store, asked, Console())
            return code
    except HistoryError as error:
        print(f"history: {error}", file=sys.stderr)
        return SETUP_FAILED


def _accept(store: Store, asked: argparse.Namespace, console: Console) -> int:
    row = _chosen(store, asked.run, asked.site)
    store.accept(row.id, asked.reason)
    run = f"Run {row.id} of {printable(row.site)} ({', '.join(row.browsers)})"
    console.print(f"{run} is now the baseline.", markup=False)
    return KEPT


def _show(store: Store, asked: argparse.Namespace, console: Console) -> int:
    if asked.promise:
        site = asked.site or _chosen(store, None, None).site
        console.print(trend_table(site, asked.promise, store.trend(site, asked.promise, asked.limit)))
    elif asked.run is not None:
        row = _chosen(store, asked.run, None)
        console.print(run_table([row]))
        console.print(run_promises(store.load(row.id)))
    else:
        console.print(run_table(store.runs(asked.site, asked.limit)))
    return KEPT


def _diff(store: Store, asked: argparse.Namespace, console: Console) -> int:
    row = _chosen(store, asked.run, asked.site)
    base = asked.base or store.baseline_id(row.site, row.browsers)
    if base is None:
        raise HistoryError(f"{row.site} has no accepted run with {', '.join(row.browsers)}; `accept` makes one")
    drift = diff(store.load(base), store.load(row.id), partial=asked.partial)
    if asked.exceptions:
        drift = excuse(drift, read_exemptions(asked.exceptions), date.today()).drift
    console.print(f"Run {row.id} of {printable(row.site)} against run {base}", style="bold", markup=False)
    for line in drift_lines(drift):
        console.print(line)
    return DRIFT if drift.open else KEPT


def _prune(store: Store, asked: argparse.Namespace, console: Console) -> int:
    gone = store.prune(asked.keep)
    console.print(f"{gone} {'run' if gone == 1 else 'runs'} deleted; baselines and the newest {asked.keep} are kept.")
    return KEPT


def _metrics(store: Store, asked: argparse.Namespace, console: Console) -> int:
    text = metrics_of(store)
    if asked.output is None:
        sys.stdout.write(text)
        return KEPT
    try:
        write_whole(asked.output, text)
    except OSError as error:
        raise HistoryError(f"{asked.output}: cannot be written: {error.strerror or error}") from error
    console.print(f"Metrics of {len(store.newest())} sites: {asked.output}", markup=False)
    return KEPT


def _chosen(store: Store, number: int | None, site: str | None) -> RunRow:
    rows = store.runs(site)
    found = next((row for row in rows if number in (None, row.id)), None)
    if found is None:
        what = "no run" if number is None else f"no run {number}"
        raise HistoryError(f"the history holds {what}{f' of {site}' if site else ''}; `show` lists the runs")
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="consentinel history", description="The history of runs.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--history", type=Path, default=DEFAULT_FILE, metavar="FILE", help="default: %(default)s")
    commands = parser.add_subparsers(required=True, metavar="accept|show|diff|prune|metrics")

    accept = commands.add_parser("accept", parents=[common], help="make a run the baseline")
    accept.add_argument("run", type=int, nargs="?", help="its number (default: the newest)")
    accept.add_argument("--site", help="the newest of this site")
    accept.add_argument("--reason", default="", help="why, for those who read the history later")
    accept.set_defaults(act=_accept)

    show = commands.add_parser("show", parents=[common], help="list the runs, one run, or the trend of a promise")
    show.add_argument("run", type=int, nargs="?", help="one run's promises")
    show.add_argument("--site", help="runs of this site only")
    show.add_argument("--promise", metavar="P12", help="the trend of this promise")
    show.add_argument("--limit", type=positive_count, default=20, help="how many runs at most (default: %(default)s)")
    show.set_defaults(act=_show)

    difference = commands.add_parser("diff", parents=[common], help="what changed since the baseline")
    difference.add_argument("run", type=int, nargs="?", help="the run to look at (default: the newest)")
    difference.add_argument("--base", type=int, help="compare with this run (default: the last accepted one)")
    difference.add_argument("--site", help="the newest run of this site")
    difference.add_argument("--exceptions", type=Path, metavar="FILE", help="accepted exceptions (TOML)")
    difference.add_argument("--partial", action="store_true", help="scenarios that did not run are not gone")
    difference.set_defaults(act=_diff)

    prune = commands.add_parser("prune", parents=[common], help="delete old runs")
    prune.add_argument(
        "--keep", type=positive_count, default=90, help="how many per site and browsers (default: %(default)s)"
    )
    prune.set_defaults(act=_prune)

    metrics = commands.add_parser("metrics", parents=[common], help="write the newest run of each site as OpenMetrics")
    metrics.add_argument("-o", "--output", type=Path, metavar="FILE", help="the text file (default: print it)")
    metrics.set_defaults(act=_metrics)
    return parser


if __name__ == "__main__":
    sys.exit(main())
