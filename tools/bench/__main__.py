"""`make bench`: the ten flows in every way, in turns; figures on the terminal, as JSON and as a picture."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from consentinel.reference_site import hosts, serve
from consentinel.reference_site.registry import HEAVY
from tools.bench.chart import draw
from tools.bench.contenders import (
    ENVIRONMENT,
    ROOT,
    WAYS,
    Visit,
    peers_are_installed,
)
from tools.bench.figures import figures
from tools.bench.scheduler import Bench, BenchFailed, Lap
from tools.bench.table import markdown, written_into

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
FEATURE = Path(__file__).parent / "flows.feature"


@click.command(help=__doc__, context_settings={"show_default": True})
@click.option("--rounds", default=3, metavar="N", help="how often each flow is run")
@click.option("--minutes", default=9.0, metavar="M", help="begin no round that would end later")
@click.option(
    "--way", "ways", multiple=True, type=click.Choice([way.key for way in WAYS]), help="only this; repeatable"
)
@click.option("--heavy", is_flag=True, help="visit pages of 300 requests and 8 MB")
@click.option(
    "--browser", type=click.Choice(["chromium", "firefox"]), default="chromium", help="for the ways a, b and f alone"
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=ROOT / "reports" / "bench.json", help="where the figures go"
)
@click.option("--docs", is_flag=True, help="put table and picture into docs/speed.md as well")
def main(rounds: int, minutes: float, ways: Sequence[str], heavy: bool, browser: str, out: Path, docs: bool) -> None:
    """Run the bench, and end with 1 where a flow went wrong."""
    chosen = [way for way in WAYS if not ways or way.key in ways]
    if any(way.peer for way in chosen) and not peers_are_installed():
        _install_peers()
    with serve.start() as site:
        host = f"{HEAVY}.{hosts.SITE}" if heavy else hosts.SITE
        bench = Bench(site, Visit(host, browser), chosen, rounds, minutes)
        try:
            bench.run(_flows())
        except BenchFailed as error:
            click.echo(error, err=True)
            sys.exit(1)
    result = figures(bench.laps, bench.overheads, _machine())
    click.echo(markdown(result))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if docs:
        written_into(ROOT / "docs" / "speed.md", result)
        draw(result, ROOT / "docs" / "speed.svg")
    sys.exit(_complain(bench.laps))


def _install_peers() -> None:
    print(f"installing the peers into {ENVIRONMENT.relative_to(ROOT)}", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-q", "-r", str(REQUIREMENTS)]
    subprocess.run(pip, check=True)


def _flows() -> int:
    return FEATURE.read_text(encoding="utf-8").count("    Scenario:") - 1  # the warm-up is no flow


def _machine() -> dict[str, object]:
    return {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}


def _complain(laps: list[Lap]) -> int:
    may_doubt = {way.key for way in WAYS if way.unsure}
    wrong = [lap for lap in laps if lap.outcome == "failed" or (lap.outcome == "skipped" and lap.way not in may_doubt)]
    for lap in wrong:
        print(f"{lap.way}: {lap.flow} {lap.outcome} in round {lap.round + 1}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    main(prog_name="python -m tools.bench")
