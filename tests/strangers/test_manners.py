"""Clean shops with odd manners are accused of nothing, drafted as they are; shops with one fault are told it, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.calls import call
from tests.strangers.manners.breach import Breach
from tests.strangers.manners.breaches_in_requests import SessionInPath, WithoutScripts
from tests.strangers.manners.clean_server_cookies import ForNobody, OddCookies
from tests.strangers.manners.clean_stores import EachLanguage, SecuredByName, TriesDatabases
from tests.strangers.manners.deployments import BREACHES, CLEAN
from tests.strangers.manners.shop import SHOP, Shop, serving

pytestmark = pytest.mark.browser

LIMIT = 600.0
"""Seconds that a draft, or a run of some scenarios, may take on a busy machine."""

BROWSERS = ("chromium", "firefox")

TELLING = (
    "asks_before or every_page or server_itself or (doing and walking) or partners_are or no_address"
    " or (allowing_allowed and optional) or puts_every or by_keyboard or withdrawing_everything"
    " or removing_all or has_expired or does_not_prolong or closed_and_opened"
    " or (choice_from_the_page and home) or belongs_to_one or still_asks or nothing_is_stored_and or going_back"
    " or identifier_comes or profiles_share or nothing_that_is_done or first_click or on_no_page or of_the_window"
    " or opened_and_looked or parts_is_a_choice or made_up_for"
)
"""The scenarios that a clean shop is held against: what is asked, stored, sent, kept, withdrawn and shown."""

FEWEST = 4
"""Scenarios that pass at the least on a clean shop whose dialog can be found."""


def named(shop: type[Shop]) -> str:
    return shop.__name__


def played(profile: Path, browser: str, scenarios: str) -> dict[str, Any]:
    """The record of a run of these scenarios."""
    report = profile.with_suffix("")
    done = call(
        *("pytest", "features", "-k", scenarios, "-q", "-p", "no:cacheprovider", "--no-pictures", "--no-evidence"),
        *("--site", str(profile), "--browser", browser, "--report", str(report)),
        limit=LIMIT,
    )
    record = report / "run.json"
    assert record.exists(), done.stdout + done.stderr
    run: dict[str, Any] = json.loads(record.read_text(encoding="ascii"))
    assert run["problems"] == []
    return run


def told(run: dict[str, Any]) -> list[str]:
    """The sentences of a run's findings, each once."""
    return sorted({finding["sentence"] for one in run["scenarios"] for finding in one["findings"]})


def assert_is_kept(shop: type[Shop], run: dict[str, Any]) -> None:
    assert told(run) == []
    outcomes = [one["outcome"] for one in run["scenarios"]]
    assert {"failed", "error"}.isdisjoint(outcomes)
    assert shop.is_untold or outcomes.count("passed") >= FEWEST


def assert_is_told(shop: type[Breach], run: dict[str, Any]) -> None:
    assert any(shop.broken in sentence for sentence in told(run)), told(run)
    assert len(run["causes"]) == 1, told(run)


@pytest.mark.strangers
@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("shop", CLEAN, ids=named)
def test_a_clean_shop_is_accused_of_nothing_by_the_draft_as_it_is(
    shop: type[Shop], browser: str, tmp_path: Path
) -> None:
    file = tmp_path / "shop.toml"
    with serving(shop()) as served:
        done = call("consentinel", "draft", f"http://{SHOP}:{served.port}{shop.at}", "-o", str(file), limit=LIMIT)
        assert done.returncode == 0, done.stderr
        assert_is_kept(shop, played(file, browser, TELLING))


@pytest.mark.strangers
@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("shop", BREACHES, ids=named)
def test_a_shop_with_one_fault_is_told_it_as_one_cause(shop: type[Breach], browser: str, tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(shop()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        assert_is_told(shop, played(file, browser, shop.seen_in))


def test_what_an_answer_removes_and_what_no_browser_takes_is_not_set(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(OddCookies()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        run = played(file, "chromium", "server_itself")
    assert [one["outcome"] for one in run["scenarios"]] == ["passed"]


def test_what_a_page_loads_where_no_script_runs_needs_consent_too(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(WithoutScripts()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        assert_is_told(WithoutScripts, played(file, "chromium", WithoutScripts.seen_in))


def test_what_no_browser_takes_of_several_answers_was_stored_by_none(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(ForNobody()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        run = played(file, "chromium", "The_same_holds_on_every_page")
    assert [one["outcome"] for one in run["scenarios"]] == ["passed"]


def test_a_link_is_followed_though_its_path_carries_a_session(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(SessionInPath()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        assert_is_told(SessionInPath, played(file, "chromium", SessionInPath.seen_in))


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("shop", [SecuredByName, TriesDatabases], ids=named)
def test_stores_that_are_used_in_ways_of_their_own_are_read_and_emptied(
    shop: type[Shop], browser: str, tmp_path: Path
) -> None:
    file = tmp_path / "shop.toml"
    with serving(shop()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        run = played(file, browser, "No_identifier_comes_back or does_not_prolong or Removing_what_is_left")
    assert {one["outcome"] for one in run["scenarios"]} <= {"passed", "skipped"}


def test_a_language_may_be_part_of_addresses_and_ask_for_itself(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    with serving(EachLanguage()) as served:
        file.write_text(served.profile(), encoding="utf-8")
        run = played(file, "chromium", "another_language and not one_click or language_is_kept")
    assert told(run) == []
    assert {one["outcome"] for one in run["scenarios"]} == {"inconclusive", "skipped"}
