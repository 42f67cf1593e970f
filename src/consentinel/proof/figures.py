"""Computes the proof's figures: caught defects, right causes, and false alarms on correct sites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypedDict

from consentinel.proof import causes
from consentinel.proof.plan import CLEAN, GARDEN_CLEAN, RIGHT, named
from consentinel.proof.results import Played
from consentinel.proof.sentences import BEYOND_SITES, cases, judging
from consentinel.reference_site.registry import DECOYS, GARDEN_DECOYS
from consentinel.report.schema import FindingData


class Catch(TypedDict):
    """The result of a defect in one browser. `scenarios` caught it; those in `right_by` also named its right cause."""

    played: int
    caught: bool
    right_cause: bool
    scenarios: list[str]
    right_by: list[str]
    could_not_tell: int
    findings: list[FindingData]


class DefectProof(TypedDict):
    """A defect, and what became of it by browser."""

    name: str
    promises: list[str]
    sentence: str
    browsers: dict[str, Catch]


class Alarm(TypedDict):
    """A false alarm: findings on a deployment that keeps every promise."""

    deployment: str
    browser: str
    scenario: str
    findings: list[FindingData]


class Totals(TypedDict):
    """One browser's totals. `recall` and `right_cause` are shares of the defects; `runs_clean` counts whole runs.

    `doubts_clean` counts the scenarios on right sites that could not tell: no alarm, and no proof either.
    """

    defects: int
    caught: int
    recall: float
    right_cause: float
    false_alarms: int
    runs_clean: int
    runs_decoys: int
    doubts_clean: int
    scenarios: int


class Sentence(TypedDict):
    """A sentence that judges, and the defects on which it failed; `beyond`: why no site could make it fail."""

    sentence: str
    defects: list[str]
    beyond: str


class Proof(Totals):
    """The whole proof. The totals on top hold for all browsers together: a defect counts that each of them caught."""

    started: float
    versions: dict[str, str]
    by_browser: dict[str, Totals]
    list: list[DefectProof]
    alarms: list[Alarm]
    sentences: list[Sentence]


def proof(rows: Sequence[Played]) -> Proof:
    """Return the figures of these rows. Defects that no row is about do not count."""
    browsers = sorted({row["browser"] for row in rows})
    about = {row["deployment"] for row in rows} - set(RIGHT)
    defects = [_defect(name, rows, browsers) for name in sorted(about, key=_order())]
    alarms = [_alarm(row) for row in rows if row["deployment"] in RIGHT and row["outcome"] in ("failed", "error")]
    by_browser = {browser: _totals([browser], defects, alarms, rows) for browser in browsers}
    return Proof(
        **_totals(browsers, defects, alarms, rows),
        started=min((row["started"] for row in rows), default=0.0),
        versions={row["browser"]: row["version"] for row in rows if row["version"]},
        by_browser=by_browser,
        list=defects,
        alarms=alarms,
        sentences=[_sentence(pattern, rows) for pattern in judging()],
    )


def scenario(row: Played) -> str:
    """Return a scenario as the figures name it: its place, and the title of the case."""
    return f"{row['written']} {row['title']}"


def unfailed(rows: Sequence[Played]) -> list[str]:
    """Return the sentences that a defect should make fail, and that none did in these rows."""
    judged = [_sentence(pattern, rows) for pattern in judging()]
    return [one["sentence"] for one in judged if not one["defects"] and not one["beyond"]]


def _order() -> Callable[[str], int]:
    return {defect.name: place for place, defect in enumerate(named(()))}.__getitem__


def _defect(name: str, rows: Iterable[Played], browsers: Iterable[str]) -> DefectProof:
    (defect,) = named([name])
    own = [row for row in rows if row["deployment"] == name]
    by_browser = {browser: [row for row in own if row["browser"] == browser] for browser in browsers}
    caught = {browser: _catch(name, some) for browser, some in by_browser.items() if some}
    return DefectProof(name=name, promises=list(defect.promises), sentence=defect.sentence, browsers=caught)


def _catch(name: str, rows: Sequence[Played]) -> Catch:
    (defect,) = named([name])
    failed = [row for row in rows if row["outcome"] == "failed"]
    right = [row for row in failed if any(causes.right(defect, finding) for finding in row["findings"])]
    return Catch(
        played=len(rows),
        caught=bool(failed),
        right_cause=bool(right),
        scenarios=[scenario(row) for row in failed],
        right_by=[scenario(row) for row in right],
        could_not_tell=sum(1 for row in rows if row["outcome"] == "inconclusive"),
        findings=[finding for row in failed for finding in row["findings"]],
    )


def _alarm(row: Played) -> Alarm:
    return Alarm(deployment=row["deployment"], browser=row["browser"], scenario=scenario(row), findings=row["findings"])


def _totals(
    browsers: Sequence[str], defects: Sequence[DefectProof], alarms: Iterable[Alarm], rows: Sequence[Played]
) -> Totals:
    tried = [one for one in defects if all(browser in one["browsers"] for browser in browsers)]
    caught = sum(all(one["browsers"][browser]["caught"] for browser in browsers) for one in tried)
    right = sum(all(one["browsers"][browser]["right_cause"] for browser in browsers) for one in tried)
    on_right = [row for row in rows if row["deployment"] in RIGHT and row["browser"] in browsers]
    return Totals(
        defects=len(tried),
        caught=caught,
        recall=_share(caught, len(tried)),
        right_cause=_share(right, len(tried)),
        false_alarms=sum(1 for alarm in alarms if alarm["browser"] in browsers),
        runs_clean=sum(_runs(on_right, one, browsers) for one in (CLEAN, GARDEN_CLEAN)),
        runs_decoys=sum(_runs(on_right, one, browsers) for one in (DECOYS, GARDEN_DECOYS)),
        doubts_clean=sum(1 for row in on_right if row["outcome"] == "inconclusive"),
        scenarios=sum(1 for row in rows if row["browser"] in browsers),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _runs(rows: Iterable[Played], deployment: str, browsers: Sequence[str]) -> int:
    """Return how often all scenarios were played on a deployment, over all these browsers."""
    total = 0
    for browser in browsers:
        times: dict[str, int] = {}
        for row in rows:
            if row["deployment"] == deployment and row["browser"] == browser:
                times[scenario(row)] = times.get(scenario(row), 0) + 1
        total += min(times.values()) if len(times) >= cases() else 0
    return total


def _sentence(pattern: str, rows: Iterable[Played]) -> Sentence:
    failed = {row["deployment"] for row in rows if row["sentence"] == pattern and row["outcome"] == "failed"}
    defects = sorted(failed - set(RIGHT))
    return Sentence(sentence=pattern, defects=defects, beyond=BEYOND_SITES.get(pattern, ""))
