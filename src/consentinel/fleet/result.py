"""Reads and writes what a fleet keeps of one site's run: a small JSON file, the source of the page of all sites."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Literal, NotRequired

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from consentinel.evidence.guarded import host_of, is_within
from consentinel.report.exit_codes import (
    BROKEN,
    COULD_NOT_TELL,
    DRIFT,
    ERROR,
    INTERRUPTED,
    KEPT,
    NOTHING_RAN,
    SETUP_FAILED,
)
from consentinel.report.files import write_whole
from consentinel.report.history.cause import AT_WORK, author_of
from consentinel.report.promises import State, answers, reason
from consentinel.report.schema import CauseData, Outcome, RunData
from consentinel.report.text import plain

VERSION = 1

Ended = Literal[
    "kept",
    "broken",
    "could not tell",
    "drift",
    "nothing ran",
    "error",
    "cut short",
    "out of time",
    "crashed",
    "set-up failed",
    "wrong profile",
]
"""How a site's run ended, in words."""

WORDS: dict[int, Ended] = {
    KEPT: "kept",
    BROKEN: "broken",
    INTERRUPTED: "cut short",
    SETUP_FAILED: "set-up failed",
    NOTHING_RAN: "nothing ran",
    COULD_NOT_TELL: "could not tell",
    DRIFT: "drift",
    ERROR: "error",
}
"""The word for each exit code. Any other code is an error of the harness."""

WORST_FIRST = (BROKEN, SETUP_FAILED, ERROR, INTERRUPTED, NOTHING_RAN, COULD_NOT_TELL, DRIFT, KEPT)
"""The order of docs/exit-codes.md."""

LINE = 400
"""The limit of a line about a site, in characters."""


class Answer(TypedDict):
    """What a site's run says of one promise or rule. `source` is empty for a promise of the policy."""

    title: str
    source: str
    state: State


class SiteCause(TypedDict):
    """One cause of a site's broken promises. `id` is its anchor in the site's report.

    `host` and `writer` are empty where they are the site's own, so that a cause is the same on every site. Of a service
    that is at work, `host` is the service's, and `rule` the same whatever it stores or sends.
    """

    id: str
    rule: str
    kind: str
    name: str
    host: str
    writer: str
    sentence: str
    promises: list[str]
    items: NotRequired[list[tuple[str, str]]]
    """Kind and name of each item, where there are several."""


class Result(TypedDict):
    """A site's run. `report` is its folder, relative to the fleet's; times are in seconds, `started` since the epoch.

    `problem` is one line about a run that did not reach its end. `reasons` say why scenarios were not decided, with
    their number. `digest` is that of the site when it was played. `ended_at` is 0 while the site is being played.
    """

    version: int
    name: str
    site: str
    base_url: str
    digest: str
    code: int
    ended: Ended
    problem: str
    started: float
    seconds: float
    outcomes: dict[Outcome, int]
    answers: dict[str, Answer]
    causes: list[SiteCause]
    reasons: dict[str, int]
    report: str


def result_of(name: str, *, code: int, ended: Ended, started: float, seconds: float, problem: str = "") -> Result:
    """Return the result of a site of whose run nothing else is known."""
    return Result(
        version=VERSION,
        name=name,
        site=name,
        base_url="",
        digest="",
        code=code,
        ended=ended,
        problem=plain(problem, LINE),
        started=started,
        seconds=round(seconds, 1),
        outcomes={},
        answers={},
        causes=[],
        reasons={},
        report="",
    )


def with_run(result: Result, run: RunData, report: str) -> Result:
    """Return the result with what the record of the run says."""
    own = host_of(run["base_url"])
    undecided = (one for one in run["scenarios"] if one["outcome"] in ("inconclusive", "error"))
    told = {answer.id: Answer(title=answer.title, source=answer.source, state=answer.state) for answer in answers(run)}
    return {
        **result,
        "site": plain(run["site"], 80),
        "base_url": plain(run["base_url"], 200),
        "outcomes": dict(Counter(scenario["outcome"] for scenario in run["scenarios"])),
        "answers": told,
        "causes": [_cause(cause, own) for cause in run["causes"]],
        "reasons": dict(Counter(plain(reason(one), LINE) for one in undecided)),
        "report": report,
    }


def is_own(host: str, own: str) -> bool:
    """Return whether a host is the site's own or below it: `metrics.shop.example` of `www.shop.example`."""
    base = own.removeprefix("www.")
    return bool(base) and is_within(host, base)


def _cause(cause: CauseData, own: str) -> SiteCause:
    item, parts, origin = cause["item"], cause.get("parts", []), cause.get("origin", "")
    writer = next(filter(None, (author_of(item["kind"], one) for one in cause["written_by"])), "")
    service = origin if "/" not in origin and not is_own(origin, own) else ""
    host = service or item["host"]
    items = list(dict.fromkeys((part["kind"], plain(part["name"], 120)) for part in parts))
    made = SiteCause(
        id=cause["id"],
        rule=AT_WORK if service and not cause["undeclared"] else cause["rule"],
        kind=item["kind"],
        name=plain(item["name"] or ", ".join(name for _, name in items), 120),
        host="" if is_own(host, own) else plain(host, 120),
        writer="" if service or is_own(writer.partition("/")[0], own) else plain(writer, 200),
        sentence=plain(cause["sentence"], LINE),
        promises=cause["promises"],
    )
    return {**made, "items": items} if len(items) > 1 else made


def worst(codes: list[int]) -> int:
    """Return the code that says most, by the documented order; one that is not in it counts as an error."""
    known = [code if code in WORST_FIRST else ERROR for code in codes]
    return min(known, key=WORST_FIRST.index, default=KEPT)


def word_for(code: int) -> Ended:
    """Return the word for an exit code of `consentinel run`."""
    return WORDS.get(code, "error")


def write(result: Result, file: Path) -> None:
    """Write a result as a whole or not at all. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(result, indent=1))


def read(file: Path) -> Result | None:
    """Return the result of a file; None where there is none or it is none of this version."""
    try:
        return _RESULT.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None


_RESULT = TypeAdapter(Result)
