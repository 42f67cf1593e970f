"""`python -m tools.report_demo DIR`: writes a report of an invented run into DIR."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import get_args

import click

from consentinel.report.terminal import failure_text, promise_table
from consentinel.report.writer import ReportError, write_report
from tools.report_demo.files import write_files
from tools.report_demo.invented import Mood, invented
from tools.report_demo.nights import nights
from tools.report_demo.photograph import photograph


@click.command(help=__doc__, context_settings={"show_default": True})
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--scenarios", default=60, metavar="N", help="how many scenarios")
@click.option("--events", default=60, metavar="N", help="how many events a timeline has")
@click.option("--mood", type=click.Choice(get_args(Mood)), default="broken", help="how the run went")
@click.option("--pictures/--no-pictures", default=True, help="with screenshots or without")
@click.option("--photograph", "photo", type=click.Path(path_type=Path), help="photograph the first page in Chromium")
def main(folder: Path, scenarios: int, events: int, mood: Mood, pictures: bool, photo: Path | None) -> None:
    """Write the report, and end with 2 where that is impossible."""
    run = invented(scenarios, mood)
    write_files(run, folder, events=events, pictures=pictures)
    begun = time.perf_counter()
    try:
        first = write_report(run, folder, nights(run))
    except ReportError as error:
        click.echo(error, err=True)
        sys.exit(2)
    took = time.perf_counter() - begun
    if photo:
        photograph(first, photo)
    colour = sys.stdout.isatty()
    for scenario in run["scenarios"]:
        if scenario["outcome"] == "failed":
            click.echo(f"{failure_text(scenario, folder, colour=colour)}\n")
    click.echo(promise_table(run, colour=colour))
    click.echo(f"\n{first} ({took:.2f} s for {scenarios} scenarios)")


if __name__ == "__main__":
    main(prog_name="python -m tools.report_demo")
