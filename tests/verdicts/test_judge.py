"""Where a question's verdict becomes a scenario's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.evidence.records import Kind
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.judge import CannotTell, Judge, NoOccasion, PromiseBroken

FOUND = Finding("rule", "social", Kind.COOKIE, "c", "h.example", 1.0, "reads on", "", "The cookie was stored")


def test_nothing_found_and_nothing_doubted_holds() -> None:
    judge = Judge("P10")
    judge.require(Verdict())
    assert judge.findings == []


def test_a_finding_breaks_the_promise_and_says_when() -> None:
    judge = Judge("P10")
    with pytest.raises(PromiseBroken, match=r"\AP10 does not hold:\n  The cookie was stored \(reads on\)\Z") as broken:
        judge.require(Verdict((FOUND,), ("blind",)))
    assert broken.value.findings == (FOUND,)
    assert judge.findings == [FOUND]


def test_a_doubt_without_a_finding_is_never_a_pass() -> None:
    with pytest.raises(CannotTell, match=r"\Ablind; deaf\Z"):
        Judge("P10").require(Verdict(doubts=("blind", "deaf", "blind")))


def test_where_a_site_gives_no_occasion_for_the_trouble_it_is_said_after_the_findings_and_doubts() -> None:
    judge, lacking = Judge("P10"), ["the pages ask for nothing that could be slow"]
    judge.no_occasion.append(lacking)
    with pytest.raises(PromiseBroken):
        judge.require(Verdict((FOUND,)))
    judge.require(Verdict())
    with pytest.raises(NoOccasion, match=r"\Athe pages ask for nothing that could be slow\Z"):
        judge.need_occasion()
    lacking.clear()
    judge.need_occasion()


def test_a_finding_breaks_the_rule_that_it_names_where_the_site_is_held_to_it() -> None:
    ruled = replace(FOUND, breaks=("P99", "R-LIFETIME"))
    assert Judge("P04", held={"P04": "", "R-LIFETIME": ""}).broken_by(ruled) == "R-LIFETIME"
    assert Judge("P04", held={"P04": ""}).broken_by(ruled) == "P04"
    assert Judge("P04", held={"P99": "nobody has confirmed P99", "R-LIFETIME": ""}).broken_by(ruled) == "R-LIFETIME"
    assert Judge("P04", held={"P99": "nobody has confirmed P99"}).broken_by(ruled) == "P99"


def test_a_finding_about_a_promise_that_nobody_confirmed_is_a_doubt() -> None:
    judge = Judge("P29", held={"P29": "nobody has confirmed P29"})
    with pytest.raises(CannotTell, match="nobody has confirmed P29: The cookie was stored"):
        judge.require(Verdict((FOUND,)))
    assert judge.findings == []
    with pytest.raises(PromiseBroken, match="R-EASY does not hold"):
        Judge("P29", held={**judge.held, "R-EASY": ""}).require(Verdict((FOUND, replace(FOUND, breaks=("R-EASY",)))))


def test_verdicts_add_up() -> None:
    assert Verdict((FOUND,)) + Verdict(doubts=("blind",)) == Verdict((FOUND,), ("blind",))
