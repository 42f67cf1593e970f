"""`make bench`: the ten flows in every way, in turns; figures on the terminal, as JSON and as a picture."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

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


def main() -> int:
    """Run the bench; the exit status."""
    asked = _arguments()
    chosen = [way for way in WAYS if way.key in asked.ways]
    if any(way.peer for way in chosen) and not peers_are_installed():
        _install_peers()
    with serve.start() as site:
        bench = Bench(
            site, Visit(f"{asked.deployment}{hosts.SITE}", asked.browser), chosen, asked.rounds, asked.minutes
        )
        try:
            bench.run(_flows())
        except BenchFailed as error:
            print(error, file=sys.stderr)
            return 1
    result = figures(bench.laps, bench.overheads, _machine())
    print(markdown(result))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if asked.docs:
        written_into(ROOT / "docs" / "speed.md", result)
        draw(result, ROOT / "docs" / "speed.svg")
    return _complain(bench.laps)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    keys = [way.key for way in WAYS]
    parser.add_argument("--rounds", type=int, default=3, help="how often each flow is run (default: 3)")
    parser.add_argument("--minutes", type=float, default=9.0, help="begin no round that would end later (default: 9)")
    parser.add_argument("--ways", nargs="+", choices=keys, default=keys, help="which ways to run (default: all)")
    parser.add_argument(
        "--heavy", dest="deployment", action="store_const", const=f"{HEAVY}.", default="",
        help="visit pages of 300 requests and 8 MB",
    )  # fmt: skip
    parser.add_argument("--browser", choices=("chromium", "firefox"), default="chromium", help="for a, b and f alone")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "bench.json", help="where the figures go")
    parser.add_argument("--docs", action="store_true", help="put table and picture into docs/speed.md as well")
    return parser.parse_args()


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
    sys.exit(main())
