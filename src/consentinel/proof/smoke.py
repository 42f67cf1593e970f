"""`consentinel smoke-choice`: chooses the scenarios of a smoke run from the proof's results, and says what they catch.

A scenario catches a defect if one of its findings names the defect's item, host and writer, under whatever promise: the
run is red, and says why. The choice is a greedy cover: each scenario is the one that adds most defects to those caught
so far, and of equals the quickest; with a limit of seconds, the one that adds most in each of its seconds. It is made
for each reference site by itself: a site skips what its policy does not promise, and the limit is about what one site
plays. What a scenario was never played against it is not credited with, so the figure is a lower bound;
`consentinel prove --smoke` measures it. `proof.shorten` shortens a choice that is there.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import click

from consentinel.proof import causes, results, shorten
from consentinel.proof.results import Played
from consentinel.pytest_plugin.internals import FeatureParser
from consentinel.pytest_plugin.scenario_run import case_id, case_words
from consentinel.reference_site.registry import ALL_DEFECTS
from consentinel.report.exit_codes import NOTHING_RAN, SETUP_FAILED
from consentinel.report.reader import RunUnreadable, read_run
from consentinel.report.text import count
from consentinel.shipped import feature_files
from consentinel.smoke import Choice, Chosen, read_choice, write_choice

SHARE = 0.8
"""The share of the defects that is looked for."""

_FILE = click.Path(path_type=Path)

LIMIT = 14
"""How many scenarios are chosen for one site at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scenario's case: its title, the defects that it catches, and the seconds that it usually takes."""

    id: str
    title: str
    catches: frozenset[str]
    seconds: float


def cases() -> Iterator[str]:
    """Yield the id of each case of the shipped features, which the results of an older proof may not know."""
    for path in feature_files():
        for template in FeatureParser(str(path.parent), path.name).parse().scenarios.values():
            for example in [one for table in template.examples for one in table.as_contexts()] or [{}]:
                yield case_id(path.stem, template.render(example).name, case_words(example))


def candidates(rows: Iterable[Played], there: Container[str]) -> list[Candidate]:
    """Return the scenarios that catch anything, whatever the browser. `there` are the ids of those that still exist."""
    defects = {defect.name: defect for defect in ALL_DEFECTS}
    caught: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    took: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        identity = _case_of(row)
        defect = defects.get(row["deployment"])
        took[identity].append(row["seconds"])
        titles[identity] = row["title"]
        if defect and any(causes.named_by(defect, finding) for finding in row["findings"]):
            caught[identity].add(defect.name)
    return [
        Candidate(one, titles[one], frozenset(found), median(took[one]))
        for one, found in sorted(caught.items())
        if one in there
    ]


def _case_of(row: Played) -> str:
    return row["scenario"].removesuffix(f"-{row['browser']}")


def chosen(
    found: Sequence[Candidate], limit: int | None = None, share: float = 1.0, seconds: float | None = None
) -> list[tuple[Candidate, int]]:
    """Return the greedy cover: scenarios, each with the number of defects that it adds.

    It ends with `limit` scenarios, or when so large a `share` of all defects that anybody catches is caught. With
    `seconds`, all together take no more, one after the other.
    """
    left = set[str]().union(*(one.catches for one in found))
    enough = len(left) * (1 - share) + 1e-9
    cover: list[tuple[Candidate, int]] = []

    def worth(one: Candidate) -> tuple[float, float, str]:
        added = len(one.catches & left)
        return added if seconds is None else added / max(one.seconds, 0.001), -one.seconds, one.id

    while len(left) > enough and (limit is None or len(cover) < limit):
        open_to = found if seconds is None else [one for one in found if _sum(cover) + one.seconds <= seconds]
        best = max((one for one in open_to if one.catches & left), key=worth, default=None)
        if best is None:
            break
        cover.append((best, len(best.catches & left)))
        left -= best.catches
    return cover


def _sum(cover: Iterable[tuple[Candidate, int]]) -> float:
    return sum(one.seconds for one, _ in cover)


def site_by_site(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return for each site what its defects are caught by."""
    names: dict[str, set[str]] = defaultdict(set)
    for defect in ALL_DEFECTS:
        names[defect.domain].add(defect.name)
    return [[replace(one, catches=one.catches & own) for one in found if one.catches & own] for own in names.values()]


def choice_of(
    against: Iterable[str],
    found: Sequence[Candidate],
    limit: int = LIMIT,
    share: float = SHARE,
    seconds: float | None = None,
) -> Choice:
    """Return the choice among what was found. Its share is of all defects that were played `against`."""
    known = {defect.name for defect in ALL_DEFECTS}
    adds: Counter[str] = Counter()
    for of_site in site_by_site(found):
        adds.update({one.id: added for one, added in chosen(of_site, limit, share, seconds)})
    titles = {one.id: one.title for one in found}
    return Choice(
        scenarios=[Chosen(id=one, title=titles[one], adds=added) for one, added in adds.most_common()],
        defects=len(known.intersection(against)),
        caught=adds.total(),
    )


def lines(choice: Choice, found: Sequence[Candidate], limit: int = LIMIT, share: float = SHARE) -> Iterator[str]:
    """Yield the choice for a terminal, and how many scenarios the wanted share would take."""
    total, took = 0, {one.id: one.seconds for one in found}
    for scenario in choice["scenarios"]:
        total += scenario["adds"]
        share_of_all, lasted = total / choice["defects"], took.get(scenario["id"], 0.0)
        yield f"{scenario['adds']:4} {share_of_all:5.0%} {lasted:4.0f} s  {scenario['title']}  ({scenario['id']})"
    yield f"Together they catch {choice['caught']} of {choice['defects']} defects at least."
    wanted = max((len(chosen(of_site, None, share)) for of_site in site_by_site(found)), default=0)
    if wanted > limit:
        yield f"By these results {share:.0%} of what is caught at all takes {count(wanted, 'scenario')} at one site."


@click.command()
@click.option(
    "--results",
    "files",
    type=_FILE,
    multiple=True,
    metavar="FILE",
    default=[Path("reports") / "proof" / "results.jsonl"],
    show_default=True,
    help="the proof's rows; repeatable",
)
@click.option("--sample", type=_FILE, metavar="FILE", help="look at the defects alone that FILE names, one a line")
@click.option("--limit", type=int, default=LIMIT, show_default=True, help="how many scenarios at most at one site")
@click.option("--share", type=float, default=SHARE, show_default=True, help="stop when so much is caught")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="how long they take at most at one site, one after the other",
)
@click.option(
    "--timed",
    type=_FILE,
    multiple=True,
    metavar="RUN",
    help="shorten the present choice to --seconds by this run.json of `-m smoke`; repeatable",
)
@click.option("--write", is_flag=True, help="make it the choice that `-m smoke` runs")
def main(
    files: Sequence[Path],
    sample: Path | None,
    limit: int,
    share: float,
    seconds: float | None,
    timed: Sequence[Path],
    write: bool,
) -> None:
    """Choose the scenarios of a smoke run from the proof's results, and say what they catch.

    Exit codes: 0, 4 without results, 5 where nothing in them was caught.
    """
    if timed:
        _shorten(timed, seconds, write)
        return
    rows = [row for file in files for row in results.read(file)]
    against = {row["deployment"] for row in rows}
    if sample:
        against = set(sample.read_text(encoding="utf-8").split())
        rows = [row for row in rows if row["deployment"] in against]
    if not rows:
        sys.stderr.write(f"{files[0]}: there are no results; `consentinel prove` makes them\n")
        sys.exit(SETUP_FAILED)
    found = candidates(rows, frozenset(cases()))
    choice = choice_of(against, found, limit, share, seconds)
    if not choice["scenarios"]:
        sys.stderr.write("no scenario caught a defect in these results\n")
        sys.exit(NOTHING_RAN)
    sys.stdout.writelines(f"{line}\n" for line in lines(choice, found, limit, share))
    if write:
        write_choice(choice)


def _shorten(files: Sequence[Path], seconds: float | None, write: bool) -> None:
    choice = read_choice()
    try:
        shorter, dropped = shorten.shortened(choice, shorten.times(map(read_run, files)), seconds)
    except RunUnreadable as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(SETUP_FAILED)
    sys.stdout.writelines(f"{line}\n" for line in shorten.lines(shorter, dropped))
    if write:
        write_choice(shorter)


if __name__ == "__main__":
    main()
