"""`consentinel history accept|show|diff|prune|metrics`: the history on the command line.

Exit codes as in docs/exit-codes.md: 0, 11 when `diff` finds drift, 4 when it cannot do what was asked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click
from rich.console import Console

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
POSITIVE = click.IntRange(min=1)


@click.group()
def main() -> None:
    """List, compare, accept and prune the runs of a history. Writes them as metrics."""


P = ParamSpec("P")


def _of_history(command: Callable[Concatenate[Store, Console, P], int]) -> Callable[..., None]:
    """Return a command with the option `--history`, which it takes as an open store, beside the terminal.

    It ends with the code that the command returns, or with one line where the history cannot be read.
    """

    @click.option(
        "--history",
        default=DEFAULT_FILE,
        show_default=True,
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="the history",
    )
    @wraps(command)
    def called(history: Path, *args: P.args, **asked: P.kwargs) -> None:
        try:
            if not history.exists():
                raise HistoryError(f"{history}: there is no history yet; a run with `--history` makes one")
            with Store(history) as store:
                code = command(store, Console(), *args, **asked)
        except HistoryError as error:
            print(f"history: {error}", file=sys.stderr)
            code = SETUP_FAILED
        sys.exit(code)

    return called


@main.command("accept")
@click.argument("run", type=int, required=False)
@click.option("--site", help="the newest of this site")
@click.option("--reason", default="", help="why, for those who read the history later")
@_of_history
def _accept(store: Store, console: Console, run: int | None, site: str | None, reason: str) -> int:
    """Make a run the baseline: that with the number RUN, or the newest."""
    row = _chosen(store, run, site)
    store.accept(row.id, reason)
    named = f"Run {row.id} of {printable(row.site)} ({', '.join(row.browsers)})"
    console.print(f"{named} is now the baseline.", markup=False)
    return KEPT


@main.command("show")
@click.argument("run", type=int, required=False)
@click.option("--site", help="runs of this site only")
@click.option("--promise", metavar="P12", help="the trend of this promise")
@click.option("--limit", type=POSITIVE, metavar="N", default=20, show_default=True, help="how many runs at most")
@_of_history
def _show(store: Store, console: Console, run: int | None, site: str | None, promise: str | None, limit: int) -> int:
    """List the runs, the promises of the one with the number RUN, or the trend of a promise."""
    if promise:
        of_site = site or _chosen(store, None, None).site
        console.print(trend_table(of_site, promise, store.trend(of_site, promise, limit)))
    elif run is not None:
        row = _chosen(store, run, None)
        console.print(run_table([row]))
        console.print(run_promises(store.load(row.id)))
    else:
        console.print(run_table(store.runs(site, limit)))
    return KEPT


@main.command("diff")
@click.argument("run", type=int, required=False)
@click.option("--base", type=int, help="compare with this run (default: the last accepted one)")
@click.option("--site", help="the newest run of this site")
@click.option("--exceptions", type=click.Path(path_type=Path), metavar="FILE", help="accepted exceptions (TOML)")
@click.option("--partial", is_flag=True, help="scenarios that did not run are not gone")
@_of_history
def _diff(
    store: Store,
    console: Console,
    run: int | None,
    base: int | None,
    site: str | None,
    exceptions: Path | None,
    partial: bool,
) -> int:
    """Say what changed since the baseline, in the run with the number RUN or the newest."""
    row = _chosen(store, run, site)
    base = base or store.baseline_id(row.site, row.browsers)
    if base is None:
        raise HistoryError(f"{row.site} has no accepted run with {', '.join(row.browsers)}; `accept` makes one")
    drift = diff(store.load(base), store.load(row.id), partial=partial)
    if exceptions:
        drift = excuse(drift, read_exemptions(exceptions), date.today()).drift
    console.print(f"Run {row.id} of {printable(row.site)} against run {base}", style="bold", markup=False)
    for line in drift_lines(drift):
        console.print(line)
    return DRIFT if drift.open else KEPT


@main.command("prune")
@click.option(
    "--keep", type=POSITIVE, metavar="N", default=90, show_default=True, help="how many per site and browsers"
)
@_of_history
def _prune(store: Store, console: Console, keep: int) -> int:
    """Delete old runs."""
    gone = store.prune(keep)
    console.print(f"{gone} {'run' if gone == 1 else 'runs'} deleted; baselines and the newest {keep} are kept.")
    return KEPT


@main.command("metrics")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="the text file (default: print it)"
)
@_of_history
def _metrics(store: Store, console: Console, output: Path | None) -> int:
    """Write the newest run of each site as OpenMetrics."""
    text = metrics_of(store)
    if output is None:
        sys.stdout.write(text)
        return KEPT
    try:
        write_whole(output, text)
    except OSError as error:
        raise HistoryError(f"{output}: cannot be written: {error.strerror or error}") from error
    console.print(f"Metrics of {len(store.newest())} sites: {output}", markup=False)
    return KEPT


def _chosen(store: Store, number: int | None, site: str | None) -> RunRow:
    rows = store.runs(site)
    found = next((row for row in rows if number in (None, row.id)), None)
    if found is None:
        what = "no run" if number is None else f"no run {number}"
        raise HistoryError(f"the history holds {what}{f' of {site}' if site else ''}; `show` lists the runs")
    return found


if __name__ == "__main__":
    main()
