"""Serve the reference site: ``consentinel site``."""

import sys
from pathlib import Path

import click

from consentinel.reference_site import hosts
from consentinel.reference_site.registry import everywhere
from consentinel.reference_site.server import CannotServe, Options, serve


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8443, show_default=True, help="port, 0 for any free one")
@click.option(
    "--ready-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="written as JSON when connections are accepted",
)
@click.option("--until-stdin-closes", is_flag=True, help="stop when the standard input reaches its end")
def main(host: str, port: int, ready_file: Path | None, until_stdin_closes: bool) -> None:
    """Serve the reference site, to click through it."""
    try:
        serve(Options(host, port, ready_file, until_stdin_closes), _greet)
    except CannotServe as error:
        print(f"reference site: {error}", file=sys.stderr)
        sys.exit(4)


def _greet(port: int, authority: Path) -> None:
    def line(what: str, host: str, path: str = "/") -> str:
        return f"  {what:<24} https://{host}:{port}{path}"

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
        f"  {'its authority, for --ca':<24} {authority}",
        f"  `consentinel defects` lists all {len(names)} deployments. Ctrl-C ends it.",
        sep="\n",
        flush=True,
    )


if __name__ == "__main__":
    main()
