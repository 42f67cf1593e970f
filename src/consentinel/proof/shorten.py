"""Shortens the choice of a smoke run by what its scenarios took in a run, without playing the proof anew.

A choice keeps how many defects each scenario added to those of the ones before. Without some of its scenarios it still
catches all that the others added: at least as many defects as the sum says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from urllib.parse import urlsplit

from consentinel.report.schema import RunData
from consentinel.smoke import Choice, Chosen

Times = Mapping[str, Mapping[str, float]]
"""For each site the seconds that each scenario took there, by the id of its case."""


def times(runs: Iterable[RunData]) -> Times:
    """Return what the scenarios took that were played, at each site the median of its runs."""
    took: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for run in runs:
        for one in run["scenarios"]:
            if one["outcome"] != "skipped":
                case = one["id"].rpartition(f"-{one['browser']}")[0]
                took[urlsplit(run["base_url"]).hostname or run["site"]][case].append(one["seconds"])
    return {site: {case: median(all_of) for case, all_of in cases.items()} for site, cases in took.items()}


def shortened(choice: Choice, times: Times, seconds: float | None) -> tuple[Choice, list[Chosen]]:
    """Return the choice without the scenarios that add least in their seconds, and those that it lost.

    What is left takes at most so many `seconds` at each site, one scenario after the other. Without a limit all stay,
    with their seconds.
    """
    left = [_timed(one, times) for one in choice["scenarios"]]
    dropped: list[Chosen] = []
    for at_site in times.values():
        while seconds is not None and sum(at_site.get(one["id"], 0.0) for one in left) > seconds:
            played = [one for one in left if at_site.get(one["id"])]
            least = min(played, key=lambda one: (one["adds"] / at_site[one["id"]], one["id"]))
            left.remove(least)
            dropped.append(least)
    lost = sum(one["adds"] for one in dropped)
    return Choice(scenarios=left, defects=choice["defects"], caught=choice["caught"] - lost), dropped


def _timed(one: Chosen, times: Times) -> Chosen:
    known = [at_site[one["id"]] for at_site in times.values() if one["id"] in at_site]
    seconds = max(known, default=one.get("seconds", 0.0))
    return Chosen(id=one["id"], title=one["title"], adds=one["adds"], seconds=round(seconds, 1))


def lines(choice: Choice, dropped: Iterable[Chosen]) -> Iterator[str]:
    """Yield the choice for a terminal, and what it lost."""
    for one in choice["scenarios"]:
        yield f"{one['adds']:4} {one.get('seconds', 0.0):6.1f} s  {one['title']}"
    for one in dropped:
        yield f"Left out: {one['title']}, which added {one['adds']} in {one.get('seconds', 0.0):.1f} s."
    yield f"Together they catch {choice['caught']} of {choice['defects']} defects at least."
