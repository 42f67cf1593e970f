"""`consentinel report DIR`: writes the report of a run that was killed, from what it left in DIR."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.report.recovery import recovered
from consentinel.report.summary import sentence
from consentinel.report.writer import ReportError, write_report


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def main(folder: Path) -> None:
    """Write the report of a run that was killed, from what it left in DIR.

    DIR is the folder that the run's --report named.
    """
    try:
        run = recovered(folder)
        first = write_report(run, folder)
    except ReportError as error:
        print(error, file=sys.stderr)
        sys.exit(SETUP_FAILED)
    print(f"{sentence(run)}\nReport: {first}")


if __name__ == "__main__":
    main()
