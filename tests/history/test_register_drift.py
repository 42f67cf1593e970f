"""Rows of the register that nobody has seen: only over several runs that have looked for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from consentinel.policy.policy_file import PolicyFile
from consentinel.report.history import (
    Drift,
    Snapshot,
    drift_findings,
    excuse,
    register_changes,
    snapshot,
    unseen_rows,
)
from consentinel.report.history.accepted import Exemption
from consentinel.report.schema import RunData
from tests.history.builders import item, run, scenario, step
from tests.policy.builders import policy_of

ALLOWED = ["analytics", "functionality"]
CATEGORIES = {
    "functionality": {"name": "Necessary", "model": "always", "confirmed": True},
    "analytics": {"name": "Statistics", "confirmed": True},
    "counts": {"name": "Counts", "model": "opt-out", "confirmed": True},
}


def policy(**row: Any) -> PolicyFile:
    """A policy whose register has one row."""
    listed = {"item": "_old_<id>", "kind": "cookie", "category": "analytics", "pages": ["/articles/*"]}
    table = {**listed, "confirmed": True, **row}
    return policy_of("We list it.", register=[table], parameters={"categories": CATEGORIES})


def visited(*names: str, page: str = "/articles/one", granted: list[str] | None = ALLOWED, **more: Any) -> RunData:
    """A run that visited a page and saw cookies of these names there."""
    asked = item(page, kind="request", category="functionality", change="sent")
    return run(scenario("a-visit", step(asked, *map(item, names), granted=granted), **more))


def nights(*told: RunData) -> Sequence[Snapshot]:
    return [snapshot(one) for one in told]


def doubts(policy_file: PolicyFile, runs: Sequence[Snapshot]) -> list[str]:
    assert register_changes(policy_file, runs) == ()
    return [one.doubt for one in unseen_rows(policy_file, runs)]


def test_three_runs_that_looked_in_vain_are_drift_of_a_kind_of_its_own() -> None:
    told = visited("_ga")
    (change,) = register_changes(policy(), nights(told, visited(), visited()))
    (found,) = drift_findings(Drift(changes=(change,)), told)
    assert found.scenario == "a-visit-chromium"
    assert (found.finding["rule"], found.finding["item"]["kind"]) == ("drift", "register")
    assert found.finding["sentence"] == (
        'The policy\'s register lists "_old_<id>", and nobody has seen it: 3 runs have visited /articles/* '
        "with analytics allowed."
    )


def test_an_exception_covers_it() -> None:
    drift = Drift(changes=register_changes(policy(), nights(*[visited()] * 3)))
    known = Exemption(kind="register", name="_old_<id>", reason="a campaign begins", expires=date(2027, 1, 31))
    assert excuse(drift, [known], date(2027, 1, 31)).drift.open == ()
    assert len(excuse(drift, [known], date(2027, 2, 1)).drift.open) == 1


def test_what_one_run_has_seen_is_no_ghost() -> None:
    assert unseen_rows(policy(), nights(visited(), visited(), visited("_old_7"))) == ()


def test_an_item_of_another_kind_is_another_item() -> None:
    assert len(register_changes(policy(kind="cache"), nights(*[visited("_old_7")] * 3))) == 1
    assert unseen_rows(policy(kind="any"), nights(*[visited("_old_7")] * 3)) == ()


@pytest.mark.parametrize(
    "last",
    [
        visited(page="/basket"),
        visited(granted=["functionality"]),
        visited(granted=None),
        visited(outcome="inconclusive"),
        {**visited(), "complete": False},
        {**visited(), "wire": False},
        {**visited(), "blindness": [{"browser": "chromium", "kind": "cookie", "reason": "not seen"}]},
    ],
    ids=["elsewhere", "refused", "before", "undecided", "cut-short", "no-wire", "blind"],
)
def test_a_run_that_could_not_see_it_does_not_count(last: RunData) -> None:
    said = "2 of 3 runs have visited /articles/* with its category allowed"
    assert doubts(policy(), nights(visited(), visited(), last)) == [said]


def test_a_run_between_that_looked_elsewhere_does_no_harm() -> None:
    assert len(register_changes(policy(), nights(visited(page="/"), visited(), visited(), visited()))) == 1


def test_each_page_has_to_be_visited() -> None:
    both = policy(pages=["/articles/*", "/basket"])
    assert doubts(both, nights(*[visited()] * 3))
    there = visited()
    there["scenarios"] += visited(page="/basket", id="another")["scenarios"]
    assert len(register_changes(both, nights(there, there, there))) == 1


@pytest.mark.parametrize(
    ("category", "granted", "drifts"),
    [("functionality", ["functionality"], 1), ("counts", None, 1), ("counts", ["functionality"], 0), ("", None, 1)],
)
def test_what_needs_no_consent_is_looked_for_without_one(category: str, granted: list[str], drifts: int) -> None:
    told = visited(granted=granted)
    assert len(register_changes(policy(category=category), nights(told, told, told))) == drifts


def test_a_row_that_names_no_page_or_that_nobody_confirmed_is_never_drift() -> None:
    three = nights(*[visited()] * 3)
    assert doubts(policy(pages=[]), three) == ["the row does not say by `pages` where it is set"]
    assert doubts(policy(confirmed=False), three) == ["nobody has confirmed the row"]


def test_a_page_is_a_path() -> None:
    with pytest.raises(ValidationError, match="is no path of the site"):
        policy(pages=["articles"])
