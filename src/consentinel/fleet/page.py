"""The page of a fleet: site by promise, what turned, what the sites have in common, and what it cost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consentinel.fleet.grouping import shared_causes, shared_reasons
from consentinel.fleet.play import LOGS
from consentinel.fleet.result import Answer, Ended, Result, worst
from consentinel.report.exit_codes import BROKEN, KEPT
from consentinel.report.outcomes import undecided_share
from consentinel.report.pages import POLICY, environment_of
from consentinel.report.promises import TESTED, State
from consentinel.report.text import count, day, listed
from consentinel.report.writer import static_files, write_files

PAGE = "index.html"
RECORD = "fleet.json"
VERSION = 1

_LOOKS: dict[Ended, str] = {"kept": "kept", "broken": "broken", "nothing ran": "not-run"}
"""The look of an ending; any other looks like what could not be told."""


@dataclass(frozen=True, slots=True)
class Column:
    """A promise or rule that at least one site was tested for."""

    id: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A promise whose answer on a site is another one than in its run before; `promise` is empty for the run itself."""

    site: str
    promise: str
    before: str
    now: str
    on: float


@dataclass(frozen=True, slots=True)
class SiteTurned:
    """What turned on one site since its run of that day: its ending, and the promises by what they were and are."""

    site: str
    on: float
    ended: Turned | None
    promises: Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A site on the page; `result` is None while it was never played, `log` empty where nothing was printed."""

    name: str
    result: Result | None
    log: str

    @property
    def look(self) -> str:
        """The class of the row's ending."""
        return _LOOKS.get(self.result["ended"], "could-not-tell") if self.result else "not-run"

    @property
    def tally(self) -> str:
        """The scenarios in numbers."""
        outcomes = self.result["outcomes"] if self.result else {}
        words = {"passed": "held", "failed": "broken", "error": "error", "inconclusive": "could not tell"}
        parts = (f"{outcomes[key]} {word}" for key, word in words.items() if key in outcomes)
        return ", ".join(parts)

    @property
    def undecided(self) -> float:
        """The share of the scenarios that ran and could not be decided, from 0 to 1."""
        return undecided_share(self.result["outcomes"]) if self.result else 0.0


def write_page(folder: Path, names: Sequence[str], results: dict[str, Result], before: dict[str, Result]) -> Path:
    """Write the page and `fleet.json`, and return the page's path. Raises ReportError where that is impossible.

    `names` are the fleet's sites in order, `before` each one's result of the run before.
    """
    write_files(folder, _files(folder, names, results, before))
    return folder / PAGE


def turned(results: Iterable[Result], before: dict[str, Result]) -> list[Turned]:
    """Return what is another answer than in the site's run before: promises that both runs tested, and endings."""
    found = []
    for now in results:
        old = before.get(now["name"])
        if old is None:
            continue
        if old["ended"] != now["ended"]:
            found.append(Turned(now["name"], "", old["ended"], now["ended"], old["started"]))
        for promise, answer in now["answers"].items():
            known = old["answers"].get(promise)
            if known and known["state"] != answer["state"] and {known["state"], answer["state"]} <= {*TESTED}:
                found.append(Turned(now["name"], promise, known["state"], answer["state"], old["started"]))
    return found


def by_site(found: Iterable[Turned]) -> list[SiteTurned]:
    """Return what turned, site by site: one change of state is told once, with all promises that made it."""
    sites: dict[str, list[Turned]] = {}
    for one in found:
        sites.setdefault(one.site, []).append(one)
    told = []
    for site, changes in sites.items():
        promises: dict[tuple[str, str], list[str]] = {}
        for one in changes:
            if one.promise:
                promises.setdefault((one.before, one.now), []).append(one.promise)
        ended = next((one for one in changes if not one.promise), None)
        told.append(SiteTurned(site, changes[0].on, ended, promises))
    return told


def columns(results: Iterable[Result]) -> list[Column]:
    """Return what was tested on at least one site: the policy's promises first, then the rules."""
    known: dict[str, Answer] = {}
    for result in results:
        known |= {key: answer for key, answer in result["answers"].items() if answer["state"] in TESTED}
    ordered = sorted(known.items(), key=lambda pair: (bool(pair[1]["source"]), pair[0]))
    return [Column(key, answer["title"], answer["source"]) for key, answer in ordered]


def sentence(names: Sequence[str], results: dict[str, Result]) -> str:
    """Return the fleet's verdict in one sentence."""
    ended = Counter(results[name]["ended"] for name in names if name in results)
    ended_parts = [f"{number} {word}" for word, number in sorted(ended.items(), key=lambda pair: _rank(pair[0]))]
    missing = len(names) - sum(ended.values())
    parts = [*ended_parts, *([f"{missing} not played"] if missing else [])]
    return f"{count(len(names), 'site')}: {listed(parts)}."


def share_undecided(results: Iterable[Result]) -> float:
    """Return the share of the answers about promises and rules that are `could not tell`, from 0 to 1."""
    states = Counter(answer["state"] for result in results for answer in result["answers"].values())
    tested = sum(states[state] for state in TESTED)
    return states["could not tell"] / tested if tested else 0.0


def _rank(ended: Ended) -> int:
    order: tuple[Ended, ...] = ("broken", "wrong profile", "set-up failed", "crashed", "error", "out of time")
    return order.index(ended) if ended in order else len(order)


def _files(
    folder: Path, names: Sequence[str], results: dict[str, Result], before: dict[str, Result]
) -> Iterator[tuple[str, bytes]]:
    played = [results[name] for name in names if name in results]
    yield RECORD, _record(names, played)
    yield from static_files()
    context = _context(folder, names, played, before)
    page = environment_of({}).get_template("fleet.html.j2").render(context, root="", csp=POLICY)
    yield PAGE, page.encode("utf-8", "replace")


def _record(names: Sequence[str], played: list[Result]) -> bytes:
    code = worst([result["code"] for result in played])
    content = {"version": VERSION, "sites": list(names), "exit_code": code, "results": played}
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def _context(folder: Path, names: Sequence[str], played: list[Result], before: dict[str, Result]) -> dict[str, Any]:
    by_name = {result["name"]: result for result in played}
    oldest = min(played, key=lambda result: result["started"], default=None)
    return {
        "sentence": sentence(names, by_name),
        "look": _look([result["code"] for result in played]),
        "rows": [Row(name, by_name.get(name), _log(folder, name)) for name in names],
        "columns": columns(played),
        "turned": by_site(turned(played, before)),
        "causes": shared_causes(played),
        "reasons": shared_reasons(played),
        "oldest": oldest,
        "old": oldest is not None and day(oldest["started"]) != day(max(one["started"] for one in played)),
        "undecided": share_undecided(played),
        "seconds": sum(result["seconds"] for result in played),
        "endings": [word for word, _ in Counter(result["ended"] for result in played).most_common()],
    }


def _look(codes: list[int]) -> State:
    code = worst(codes)
    if not codes:
        return "not run"
    return "broken" if code == BROKEN else "kept" if code == KEPT else "could not tell"


def _log(folder: Path, name: str) -> str:
    path = f"{LOGS}/{name}.txt"
    return path if (folder / path).is_file() else ""
