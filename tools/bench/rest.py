"""Pages that never rest beside a quiet one: `python -m tools.bench.rest [ROUNDS]`.

In each round a new visitor goes to each page of `tests.strangers.rest_sites`, and then waits for a minute of page time.
Times are seconds of wall time, the medians of all rounds but the first, in which the harness learns what stands. The
table is printed as Markdown, the first visit of all beside it.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

import click

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.site.load import load_profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers import rest_sites

QUIET = "quiet"
PAGES = (*rest_sites.WAYS, rest_sites.SCRIPT_THAT_IS_LATE)
HORIZON, MINUTE = 5.0, 60.0
BEYOND = ("worker that fetches", rest_sites.SCRIPT_THAT_IS_LATE)
"""Pages on which no minute is waited for: page time stands with a worker, and the other one is doubted anyway."""

Times = dict[str, list[tuple[float, float]]]
"""By page, and for each round: how long the visit took, and how long the minute."""


@click.command(help=__doc__)
@click.argument("rounds", type=int, default=3)
def main(rounds: int) -> None:
    """Time all pages in both browsers. End with 1 where a page other than the one without its script is doubted."""
    doubted = 0
    for engine in (Engine.CHROMIUM, Engine.FIREFOX):
        times: Times = defaultdict(list)
        doubts: dict[str, str] = {}
        with rest_sites.running() as site, _resources(engine) as resources:
            for _ in range(rounds):
                for page in PAGES:
                    times[page].append(_time(site, resources, page, doubts))
        _print(engine, times, doubts)
        doubted += len(doubts.keys() - {rest_sites.SCRIPT_THAT_IS_LATE})
    sys.exit(min(doubted, 1))


@contextmanager
def _resources(engine: Engine) -> Iterator[Resources]:
    browsers, wire = BrowserPool(), RecordingProxy()
    try:
        spec = BrowserSpec(engine, trusted=(wire.key,))
        yield Resources(browsers, spec, wire, horizon=HORIZON, elsewhere="about:blank")
    finally:
        browsers.close()
        wire.close()


def _time(site: rest_sites.Site, resources: Resources, page: str, doubts: dict[str, str]) -> tuple[float, float]:
    profile = load_profile("reference", site.url(QUIET), {**REFERENCE_ACCOUNT})
    visitor = Visitor("visitor", resources, profile)
    try:
        begun = time.monotonic()
        visitor.visit(site.url(page), "visits a page")
        visited = time.monotonic()
        if page not in BEYOND:
            with visitor.doing("waits for a minute", horizon=MINUTE):
                pass
        waited = time.monotonic()
        reasons = [rest.reason for rest in visitor.timeline.settled if not rest.complete]
        if reasons:
            doubts[page] = reasons[0]
    finally:
        visitor.leave()
    return visited - begun, waited - visited


def _print(engine: Engine, times: Times, doubts: dict[str, str]) -> None:
    print(f"\n| in {engine} | first visit | visit | times the quiet one | a minute | could not tell |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    middle = {
        page: [median(column) for column in zip(*(told[1:] or told), strict=True)] for page, told in times.items()
    }
    for page, (visit, minute) in middle.items():
        ratio = visit / middle[QUIET][0]
        waited = "" if page in BEYOND else f"{minute:.1f} s"
        print(
            f"| {page} | {times[page][0][0]:.1f} s | {visit:.1f} s | {ratio:.1f} | {waited} | {doubts.get(page, '')} |"
        )


if __name__ == "__main__":
    main(prog_name="python -m tools.bench.rest")
