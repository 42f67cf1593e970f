"""`python -m tools.report_demo DIR`: writes a report of an invented run into DIR."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import get_args

from consentinel.report.terminal import failure_text, promise_table
from consentinel.report.writer import ReportError, write_report
from tools.report_demo.files import write_files
from tools.report_demo.invented import Mood, invented
from tools.report_demo.nights import nights
from tools.report_demo.photograph import photograph


def main() -> int:
    """Reads the command line and writes the report; 2 if that is impossible."""
    parser = argparse.ArgumentParser(prog="python -m tools.report_demo", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the report goes")
    parser.add_argument("--scenarios", type=int, default=60, help="how many scenarios (default: 60)")
    parser.add_argument("--events", type=int, default=60, help="how many events a timeline has (default: 60)")
    parser.add_argument("--mood", choices=get_args(Mood), default="broken")
    parser.add_argument("--no-pictures", action="store_true", help="without screenshots")
    parser.add_argument("--photograph", type=Path, metavar="PNG", help="photograph the first page in Chromium")
    asked = parser.parse_args()
    run = invented(asked.scenarios, asked.mood)
    write_files(run, asked.folder, events=asked.events, pictures=not asked.no_pictures)
    begun = time.perf_counter()
    try:
        first = write_report(run, asked.folder, nights(run))
    except ReportError as error:
        print(error, file=sys.stderr)
        return 2
    took = time.perf_counter() - begun
    if asked.photograph:
        photograph(first, asked.photograph)
    colour = sys.stdout.isatty()
    for scenario in run["scenarios"]:
        if scenario["outcome"] == "failed":
            print(failure_text(scenario, asked.folder, colour=colour), end="\n\n")
    print(promise_table(run, colour=colour))
    print(f"\n{first} ({took:.2f} s for {asked.scenarios} scenarios)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
