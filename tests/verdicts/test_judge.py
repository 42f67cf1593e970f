"""Where a question's verdict becomes a scenario's."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Kind
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.judge import CannotTell, Judge, PromiseBroken

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


def test_verdicts_add_up() -> None:
    assert Verdict((FOUND,)) + Verdict(doubts=("blind",)) == Verdict((FOUND,), ("blind",))
