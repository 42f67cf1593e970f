"""What a call of the proof plays, and which rows it keeps of what was played before."""

from pathlib import Path

import pytest

from consentinel.proof import __main__ as command
from consentinel.proof import results
from consentinel.proof.figures import unfailed
from consentinel.proof.plan import RIGHT, Plan
from consentinel.proof.results import Played
from consentinel.proof.sentences import BEYOND_SITES, judging
from consentinel.report.schema import Outcome
from tests.commands import code_of

DEFECT = "ga-by-http"


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """The plans that would have been played."""
    found: list[Plan] = []
    monkeypatch.setattr(command, "play", lambda plan, *_where, **_how: found.append(plan))
    monkeypatch.setattr(command, "_write", lambda *_: None)
    return found


def row(
    deployment: str, node: str = "first.feature::test_first", sentence: str = "", outcome: Outcome = "passed"
) -> Played:
    return Played(
        deployment=deployment,
        node=node,
        browser="chromium",
        version="",
        scenario=node,
        title="First",
        written="first.feature:1",
        promises=["P10"],
        outcome=outcome,
        reason="",
        sentence=sentence,
        findings=[],
        started=0.0,
        seconds=1.0,
    )


def prove(file: Path, *arguments: str) -> list[Played]:
    code_of(command.main, ["--browser", "chromium", "--results", str(file), *arguments])
    return results.read(file)


def test_one_defect_alone_leaves_the_others_and_the_right_sites(plans: list[Plan], tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    for name in (DEFECT, "csrf-too-long", "clean", "decoys"):
        results.append(file, row(name))
    left = prove(file, "--defect", DEFECT)
    assert [one["deployment"] for one in left] == ["csrf-too-long", "clean", "decoys"]
    assert [list(plan.promises) for plan in plans] == [[DEFECT]]


def test_the_right_sites_alone_leave_the_defects(plans: list[Plan], tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    for name in (DEFECT, "clean"):
        results.append(file, row(name))
    assert [one["deployment"] for one in prove(file, "--only-clean")] == [DEFECT]
    assert [list(plan.promises) for plan in plans] == [[*RIGHT]]


def test_the_quick_way_plays_on_for_sentences_that_never_failed(plans: list[Plan], tmp_path: Path) -> None:
    prove(tmp_path / "results.jsonl", "--first")
    _, sentences, right = plans
    assert set(sentences.sentences) == set(judging()) - set(BEYOND_SITES)
    assert list(right.promises) == [*RIGHT]


def test_sentences_alone_drop_nothing_and_play_nothing_twice(plans: list[Plan], tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    rows = [row(DEFECT, "a", judging()[0], "failed"), row(DEFECT, "b"), row("clean")]
    for one in rows:
        results.append(file, one)
    assert prove(file, "--sentences") == rows
    (plan,) = plans
    assert judging()[0] not in plan.sentences
    assert plan.known[DEFECT] == ["a", "b"]


def test_a_sentence_that_failed_on_a_right_site_alone_has_not_been_proved() -> None:
    assert judging()[0] in unfailed([row("clean", sentence=judging()[0], outcome="failed")])
