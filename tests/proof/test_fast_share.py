"""A fast share of the proof, in Chromium: defects of different mechanisms, and the clean sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.proof import results
from consentinel.proof.figures import Proof, proof
from consentinel.proof.plan import (
    CLEAN,
    GARDEN_CLEAN,
    Plan,
    against,
    named,
)
from consentinel.proof.results import Played
from consentinel.proof.run import play

SHARE = {
    "analytics-on-pagehide": "test_nothing_is_told_on_leaving_the_site[*-*]",
    "analytics-from-service-worker": "test_a_refusal_holds_until_the_visitor_leaves_the_site[*-*]",
    "analytics-by-redirect": "test_a_refusal_holds_while_scrolling[*-*]",
    "analytics-on-second-page": "test_doing_is_not_consent[*-*-Walking on-walk on without choosing]",
    "social-silent-fetch": "test_without_consent_an_open_session_stays_unknown[*-*]",
    "ga-by-http": "test_the_server_itself_sets_nothing_else[*-*]",
    "indexed-db-after-refusal": "test_after_a_refusal_no_other_store_is_used_for_optional_purposes[*-*]",
    "respawn-from-etag": "test_no_identifier_comes_back[*-*]",
    "refuse-faint": "test_one_click_refuses_everything[*-*]",
    "legal-link-missing": "test_from_the_page[*-*-article]",
    "blocked-sign-in-loops": "test_the_page_without_cookies[*-*-secure area]",
    "objection-ignored": "test_what_the_visitor_objects_to_rests_on_every_page[*-*]",
}
"""Defects, each with the scenario that is known to catch it: the others are tried only when it does not."""

CLEAN_PROMISES = ["P19", "P22"]
"""Promises whose scenarios are played on the clean site: they cover all stores, the wire and a comparison."""

pytestmark = [pytest.mark.proof, pytest.mark.browser]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Played]:
    file = tmp_path_factory.mktemp("proof") / "rows.jsonl"
    defects = against(named(SHARE), full=False, first=True, hints={name: [SHARE[name]] for name in SHARE})
    right = {CLEAN: CLEAN_PROMISES, GARDEN_CLEAN: ["P29"]}
    play(Plan({**defects.promises, **right}, first=True, hints=defects.hints), "chromium", file)
    return results.read(file)


@pytest.fixture(scope="module")
def found(rows: list[Played]) -> Proof:
    return proof(rows)


@pytest.mark.parametrize("name", SHARE)
def test_a_defect_is_caught_by_its_right_cause(found: Proof, name: str) -> None:
    catch = next(one for one in found["list"] if one["name"] == name)["browsers"]["chromium"]
    assert catch["right_cause"], catch["findings"] or f"missed by {catch['played']} scenarios"


def test_the_clean_sites_are_not_accused(found: Proof, rows: list[Played]) -> None:
    assert {CLEAN, GARDEN_CLEAN} <= {row["deployment"] for row in rows}
    assert found["alarms"] == []
    assert found["doubts_clean"] == 0


def test_rows_of_a_defect_can_be_replaced(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"deployment": "a", "browser": "x"}\n{"deployment": "b", "browser": "x"}\n', encoding="utf-8")
    results.forget(rows, ["a"], ["x"])
    assert [row["deployment"] for row in results.read(rows)] == ["b"]
