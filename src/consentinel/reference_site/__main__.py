"""Serve the reference site: ``consentinel site``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from consentinel.reference_site import hosts
from consentinel.reference_site.registry import everywhere
from consentinel.reference_site.server import CannotServe, Options, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop. Return 4, the exit code of a failed set-up, if the server cannot start."""
    options = _options(arguments)
    try:
        serve(options, _greet)
    except CannotServe as error:
        print(f"reference site: {error}", file=sys.stderr)
        return 4
    return 0


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(
        prog="consentinel site", description="Serve the reference site, to click through it."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8443, help="port, 0 for any free one (default: %(default)s)")
    parser.add_argument("--ready-file", type=Path, metavar="FILE", help="written as JSON when connections are accepted")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="stop when the standard input reaches its end"
    )
    return Options(**vars(parser.parse_args(arguments)))


def _greet(port: int, authority: Path) -> None:
    def line(what: str, host: str, path: str = "/") -> str:
        return f"  {what:<22} https://{host}:{port}{path}"

    names = {name for each in everywhere().values() for name in each}
    print(
        "The reference site is up. The certificate is home-made: your browser will ask once.",
        line("the clean site", hosts.SITE),
        line("its help centre", f"help.{hosts.SITE}"),
        line("another, a garden", hosts.GARDEN),
        line("the garden's sister site", hosts.SISTER),
        line("a social network", hosts.CIRCLE),
        line("with one defect", f"<defect>.{hosts.SITE}"),
        line("suspicious but right", f"decoys.{hosts.SITE}"),
        line("all that was requested", hosts.CONTROL, "/log"),
        f"  {'its authority, for --ca':<22} {authority}",
        f"  `consentinel defects` lists all {len(names)} deployments. Ctrl-C ends it.",
        sep="\n",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
