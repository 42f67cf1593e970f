"""`consentinel report DIR`: writes the report of a run that was killed, from what it left in DIR."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from consentinel.report.exit_codes import KEPT, SETUP_FAILED
from consentinel.report.recovery import recovered
from consentinel.report.summary import sentence
from consentinel.report.writer import ReportError, write_report


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: 0, or 4 where that is impossible."""
    description = "Write the report of a run that was killed, from what it left in DIR."
    parser = argparse.ArgumentParser(prog="consentinel report", description=description)
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that the run's `--report` named")
    folder: Path = parser.parse_args(arguments).folder
    try:
        run = recovered(folder)
        first = write_report(run, folder)
    except ReportError as error:
        print(error, file=sys.stderr)
        return SETUP_FAILED
    print(f"{sentence(run)}\nReport: {first}")
    return KEPT


if __name__ == "__main__":
    sys.exit(main())
