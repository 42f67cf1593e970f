"""`consentinel fleet SITES_DIR`: plays every site of a folder, and writes one page about all of them."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from typing_extensions import override

from consentinel.fleet.fleet import Fleet
from consentinel.fleet.page import PAGE
from consentinel.fleet.play import Player
from consentinel.fleet.sites import FleetError, share_of, sites_in
from consentinel.report.exit_codes import SETUP_FAILED

OWN_OPTIONS = ("--site", "--report", "--policy", "--consent-site", "--consent-report", "--consent-policy")
"""Options of a run that the fleet gives itself."""


class _WithOptionsOfRuns(click.Command):
    """A command that passes on what stands after `--`, as its parameter `options`."""

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before `--`, and keep the rest as it is."""
        at = args.index("--") if "--" in args else len(args)
        ctx.params["options"] = tuple(args[at + 1 :])
        return super().parse_args(ctx, args[:at])

    @override
    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the line that shows how to call the command."""
        return [*super().collect_usage_pieces(ctx), "[-- OPTIONS OF EVERY RUN]"]


@click.command(cls=_WithOptionsOfRuns)
@click.argument("folder", metavar="SITES_DIR", type=click.Path(path_type=Path))
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    default=Path("reports/fleet"),
    show_default=True,
    metavar="DIR",
    help="where the page and the reports go",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", default=1, show_default=True, help="how many sites at a time"
)
@click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    default=3600.0,
    show_default=True,
    help="seconds for each site",
)
@click.option("--shard", default="", metavar="I/N", help="play every N-th site, beginning with the I-th")
@click.option("--resume", is_flag=True, help="go on with the fleet run that was interrupted")
@click.option(
    "--page",
    "page_alone",
    is_flag=True,
    help="play nothing; write the page from the results in DIR, and end with their worst code",
)
def main(
    folder: Path,
    report: Path,
    jobs: int,
    budget: float,
    shard: str,
    resume: bool,
    page_alone: bool,
    options: Sequence[str],
) -> None:
    """Run the features on every site of a folder, and write one page about all of them.

    SITES_DIR has one profile for each site, NAME.toml, and beside it the policy file, NAME.policy.toml, where there is
    one. What stands after -- goes to every run, as in: consentinel fleet sites --jobs 4 -- --browser firefox -m smoke

    The exit code is the worst of the sites, by docs/exit-codes.md.
    """
    try:
        sites = sites_in(folder)
        mine = share_of(sites, shard) if shard else sites
        _check(options)
    except FleetError as error:
        print(error, file=sys.stderr)
        sys.exit(SETUP_FAILED)
    player = Player(report.absolute(), options, budget)
    fleet = Fleet(sites, mine, player, lambda line: print(line, flush=True), jobs)
    if page_alone:
        sys.exit(fleet.page_of_all())
    signal.signal(signal.SIGTERM, _interrupt)
    code = fleet.run(shard=shard, resume=resume)
    print(f"Page: {report / PAGE}")
    sys.exit(code)


def _check(options: Sequence[str]) -> None:
    for option in options:
        if option.partition("=")[0] in OWN_OPTIONS:
            raise FleetError(f"{option}: every site has its own; the fleet gives it to each run")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
