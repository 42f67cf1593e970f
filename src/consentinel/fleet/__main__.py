"""`consentinel fleet SITES_DIR`: plays every site of a folder, and writes one page about all of them."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from consentinel.fleet.fleet import Fleet
from consentinel.fleet.page import PAGE
from consentinel.fleet.play import Player
from consentinel.fleet.sites import FleetError, shard, sites_in
from consentinel.report.arguments import positive_count
from consentinel.report.exit_codes import SETUP_FAILED

SAYS = """Run the features on every site of a folder, and write one page about all of them.

SITES_DIR has one profile for each site, NAME.toml, and beside it the policy file, NAME.policy.toml, where there is one.
What stands after -- goes to every run, as in: consentinel fleet sites --jobs 4 -- --browser firefox -m smoke
"""

OWN_OPTIONS = ("--site", "--report", "--policy", "--consent-site", "--consent-report", "--consent-policy")
"""Options of a run that the fleet gives itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code: the worst of the sites, by docs/exit-codes.md."""
    asked, options = _parsed(sys.argv[1:] if arguments is None else arguments)
    try:
        sites = sites_in(asked.sites)
        mine = shard(sites, asked.shard) if asked.shard else sites
        _check(options)
    except FleetError as error:
        print(error, file=sys.stderr)
        return SETUP_FAILED
    player = Player(asked.report.absolute(), options, asked.budget)
    fleet = Fleet(sites, mine, player, lambda line: print(line, flush=True), asked.jobs)
    if asked.page:
        return fleet.page_of_all()
    signal.signal(signal.SIGTERM, _interrupt)
    code = fleet.run(shard=asked.shard, resume=asked.resume)
    print(f"Page: {asked.report / PAGE}")
    return code


def _check(options: Sequence[str]) -> None:
    for option in options:
        if option.partition("=")[0] in OWN_OPTIONS:
            raise FleetError(f"{option}: every site has its own; the fleet gives it to each run")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _parsed(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    own, options = list(arguments), []
    if "--" in own:
        own, options = own[: own.index("--")], own[own.index("--") + 1 :]
    return _parser().parse_args(own), options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="consentinel fleet",
        description=SAYS,
        usage="%(prog)s SITES_DIR [options] [-- OPTIONS OF EVERY RUN]",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("sites", type=Path, metavar="SITES_DIR", help="the folder of the profiles")
    add("--report", type=Path, default=Path("reports/fleet"), metavar="DIR", help="default: %(default)s")
    add("--jobs", type=positive_count, default=1, metavar="N", help="how many sites at a time (default: 1)")
    add("--budget", type=_seconds, default=3600.0, metavar="S", help="seconds for each site (default: 3600)")
    add("--shard", default="", metavar="I/N", help="play every N-th site, beginning with the I-th")
    add("--resume", action="store_true", help="go on with the fleet run that was interrupted")
    add(
        "--page",
        action="store_true",
        help="play nothing; write the page from the results in DIR, and end with their worst code",
    )
    return parser


def _seconds(text: str) -> float:
    number = float(text)
    if not number > 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return number


if __name__ == "__main__":
    sys.exit(main())
