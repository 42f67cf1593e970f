"""The report's page of the policy: its sentences, what was found of their promises, and what nothing tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from consentinel.report.history import drift_findings, excuse, policy_changes
from consentinel.report.history.accepted import Exemption
from consentinel.report.history.drift import Drift
from consentinel.report.policy_schema import PolicyData, SentenceData
from consentinel.report.policy_text import policy_view
from consentinel.report.promises import answers
from consentinel.report.schema import RunData
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario

LAST_DAY = date(2027, 1, 31)
EVIL = "<script>alert(1)</script> & more."


def said(number: int, text: str, *promises: str, **more: Any) -> SentenceData:
    made = {
        "id": f"S{number}",
        "fingerprint": f"{number:016}",
        "text": text,
        "promises": list(promises),
        "silent": "" if promises else "a heading",
        "confirmed": True,
        "change": "",
    }
    return cast("SentenceData", {**made, **more})


def with_policy(*sentences: SentenceData, removed: tuple[SentenceData, ...] = (), **more: Any) -> RunData:
    policy = PolicyData(
        url="https://www.site.localhost/cookies",
        date="2026-03-31",
        fetched=1_795_593_600.0,
        problem="",
        compared=True,
        sentences=list(sentences),
        removed=list(removed),
    )
    broken = scenario("failed", "P24", findings=[finding()])
    return {**run(broken, scenario("passed", "P10", id="kept")), "policy": cast("PolicyData", {**policy, **more})}


SENTENCES = (
    said(1, "Cookies"),
    said(2, "Social cookies can be refused, as saved.", "P24", "P10"),
    said(3, "We follow your choice.", "P10"),
    said(4, "Your browser may ask each time.", "P08"),
    said(5, EVIL, "P99"),
)


def test_a_sentence_is_in_the_worst_state_of_its_promises() -> None:
    made = with_policy(*SENTENCES)
    view = policy_view(made, answers(made))
    assert view is not None
    assert [one.state for one in view.sentences] == ["not run", "broken", "kept", "not provable", "not run"]
    assert (view.promising, view.tested, view.percent) == (4, 2, 50)
    assert {state: view.count(state) for state in ("broken", "kept", "not provable", "not run")} == {
        "broken": 1, "kept": 1, "not provable": 1, "not run": 1,
    }  # fmt: skip
    assert [one["id"] for one in view.sentences[1].scenarios] == ["a-refusal-holds-chromium", "kept"]


def test_what_no_id_stands_for_counts_as_promised_and_not_as_kept(tmp_path: Path) -> None:
    alone = said(5, "We delete them.", silent="", untested="that they are deleted")
    beside = said(6, "We follow your choice and delete them.", "P10", untested="that they are deleted")
    made = with_policy(*SENTENCES[:3], alone, beside)
    view = policy_view(made, answers(made))
    assert view is not None
    assert [one.state for one in view.sentences[2:]] == ["kept", "not run", "not run"]
    assert (view.promising, view.tested, view.count("not run")) == (4, 2, 2)
    write_report(made, tmp_path)
    page = (tmp_path / "policy.html").read_text("utf-8")
    assert "Nothing tests what it promises: that they are deleted." in page
    assert "Nothing tests what it also promises: that they are deleted." in page


def test_an_unconfirmed_sentence_says_so_whatever_it_promises(tmp_path: Path) -> None:
    write_report(
        with_policy(said(1, "Cookies", confirmed=False), said(2, "As saved.", "P10", confirmed=False)), tmp_path
    )
    page = (tmp_path / "policy.html").read_text("utf-8")
    assert page.count("Nobody has confirmed this reading.") == 2
    first = (tmp_path / "index.html").read_text("utf-8")
    assert 'Nobody has confirmed what the policy file says of <a href="policy.html">2 sentences</a>' in first


def test_a_policy_file_that_is_confirmed_needs_no_warning(tmp_path: Path) -> None:
    assert "Nobody has confirmed" not in write_report(with_policy(*SENTENCES), tmp_path).read_text("utf-8")


def test_a_run_without_a_policy_file_has_no_such_page(tmp_path: Path) -> None:
    write_report(with_policy(*SENTENCES), tmp_path)
    assert (tmp_path / "policy.html").exists()
    first = write_report(run(scenario("passed", "P10")), tmp_path)
    assert not (tmp_path / "policy.html").exists()
    assert "policy.html" not in first.read_text("utf-8")


def test_the_page_says_whose_text_it_is_and_escapes_it(tmp_path: Path) -> None:
    first = write_report(with_policy(*SENTENCES), tmp_path)
    page = (tmp_path / "policy.html").read_text("utf-8")
    assert 'href="policy.html"' in first.read_text("utf-8")
    assert "This is the site's own text, a copy as" in page
    assert "<script>alert" not in page
    assert "50&nbsp;%" in page
    assert '<li class="s-broken" id="S2">' in page
    assert "Promises nothing: a heading." in page


def test_the_page_says_how_much_of_the_file_nobody_has_confirmed(tmp_path: Path) -> None:
    write_report(with_policy(*SENTENCES), tmp_path)
    assert "what it promises is of 2026-03-31." in (tmp_path / "policy.html").read_text("utf-8")
    write_report(with_policy(said(1, "Cookies", confirmed=False), *SENTENCES[1:]), tmp_path)
    assert "nobody has confirmed what it says of 1 sentence." in (tmp_path / "policy.html").read_text("utf-8")


def test_an_unreadable_text_is_a_problem_and_no_change(tmp_path: Path) -> None:
    made = with_policy(problem="The policy's text could not be read: it answered 500")
    write_report(made, tmp_path)
    assert "it answered 500" in (tmp_path / "policy.html").read_text("utf-8")
    assert policy_changes(made) == ()


CHANGED = (
    said(2, "Social cookies stay.", "P24", change="changed", before="Social cookies go."),
    said(3, "We follow your choice.", "P10"),
    said(9, "We sell data.", id="", change="added", silent=""),
)
GONE = said(4, "", "P08", change="removed", before="Your browser asks.")


def test_a_changed_policy_is_drift_that_names_the_stale_promises_and_scenarios() -> None:
    made = with_policy(*CHANGED, removed=(GONE,))
    found = drift_findings(Drift(changes=policy_changes(made)), made)
    assert [one.finding["sentence"] for one in found] == [
        "The policy has changed sentence S2, which promised P24 and said “Social cookies go.”; "
        "it says now: “Social cookies stay.”",
        "The policy has a new sentence, which nobody has read yet: “We sell data.”",
        "The policy no longer has sentence S4, which promised P08 and said “Your browser asks.”",
    ]
    assert [one.scenario for one in found] == ["a-refusal-holds-chromium"] * 3
    assert {(one.finding["promise"], one.finding["rule"]) for one in found} == {("", "drift")}


def test_an_exception_covers_a_changed_sentence_until_its_day(tmp_path: Path) -> None:
    drift = Drift(changes=policy_changes(with_policy(*CHANGED)))
    accepted = Exemption.model_validate(
        {"name": "S2", "kind": "policy", "reason": "read and confirmed", "expires": LAST_DAY}
    )
    assert [one.name for one in excuse(drift, [accepted], LAST_DAY).drift.open] == [f"{9:016}"]


@pytest.mark.parametrize("more", [{"compared": False}, {"sentences": list(SENTENCES)}])
def test_a_deployment_that_differs_and_an_unchanged_text_are_no_drift(more: dict[str, Any]) -> None:
    assert policy_changes(with_policy(*CHANGED, **more)) == ()


def test_a_broken_sentence_names_the_causes_and_their_categories(tmp_path: Path) -> None:
    made = with_policy(*SENTENCES)
    view = policy_view(made, answers(made))
    assert view is not None
    (cause,) = made["causes"]
    assert [[one["id"] for one in sentence.causes] for sentence in view.sentences[1:3]] == [[cause["id"]], []]
    write_report(made, tmp_path)
    page = (tmp_path / "policy.html").read_text("utf-8")
    beside = page.partition('<ul class="behind">')[2].partition("</ul>")[0]
    assert f'href="./index.html#cause-{cause["id"]}"' in beside
    assert f'class="category c-{cause["category"]}"' in beside
