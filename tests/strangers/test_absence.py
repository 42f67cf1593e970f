"""What a clean site does not have is no breach, and a scenario about it does not pass either."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.calls import call
from tests.strangers.absence_sites import (
    METRICS,
    SENDS,
    STORES,
    Shop,
    profile,
    served,
)

LIMIT = 240.0
"""Seconds that one run of a few scenarios may take, on a busy machine."""

Told = dict[str, tuple[str, str]]
"""Each scenario's outcome and reason, or the first finding's sentence, by its name."""

pytestmark = pytest.mark.browser


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., Told]:
    """Play the scenarios of some names on a site by its profile, in Chromium."""

    def played(shop: Shop, scenarios: str, *features: str, **written: object) -> Told:
        file = tmp_path / "shop.toml"
        with served(shop) as port:
            file.write_text(profile(port, **written), encoding="utf-8")  # type: ignore[arg-type]
            done = call(
                *("pytest", *(f"features/{name}.feature" for name in features), "-k", scenarios, "-q"),
                *("-p", "no:cacheprovider", "--no-pictures", "--site", str(file), "--report", str(tmp_path / "report")),
                limit=LIMIT,
            )
        record = tmp_path / "report" / "run.json"
        assert record.exists(), done.stdout + done.stderr
        return {
            one["scenario"]: (one["outcome"], one["reason"] or "".join(f["sentence"] for f in one["findings"][:1]))
            for one in json.loads(record.read_text(encoding="ascii"))["scenarios"]
        }

    return played


def missing(entry: str) -> tuple[str, str]:
    return "skipped", f"the profile has no entry {entry}; adding it would enable this scenario"


def test_scenarios_about_a_category_that_the_site_lacks_are_not_run(play: Callable[..., Told]) -> None:
    told = play(
        Shop(),
        "allowing or puts_every or refuses_nothing_else or locked_on or no_advertiser or exactly or are_offered",
        *("choice", "social", "preferences", "advertising"),
    )
    assert {name: answer for name, answer in told.items() if answer[0] == "passed"}.keys() == {
        "Allowing no optional cookies",
        "Allowing analytics cookies",
        "Accepting everything puts every category to work",
    }
    social, advertising = missing("categories.social"), missing("categories.advertising")
    assert told["Allowing social cookies"] == told["Allowing analytics and social cookies"] == social
    assert told["Allowing analytics, social and advertising cookies"] == social
    assert told["Allowing analytics and advertising cookies"] == advertising
    assert told["Without consent no advertiser hears from the visitor"] == advertising
    assert told["Refusing social cookies refuses nothing else"] == social
    switch = missing("consent.dialog.categories.functionality")
    assert told["The functionality switch is locked on"] == told["The policy's categories are offered"] == switch


def test_a_dialog_of_all_or_nothing_passes_no_scenario_about_one_category(play: Callable[..., Told]) -> None:
    told = play(
        Shop(has_switch=False), "allowing or withdrawing or puts_every", "choice", "change_of_mind", switch=False
    )
    assert {name for name, (outcome, _) in told.items() if outcome == "passed"} == {
        "Allowing no optional cookies",
        "Accepting everything puts every category to work",
        "Withdrawing everything",
    }
    assert "offers no choice by category" in told["Withdrawing consent to analytics cookies"][1]
    assert {outcome for outcome, _ in told.values()} == {"passed", "skipped"}


AT_WORK = "allowing_category_cookies_after_a_refusal and analytics"
NAME = "Allowing analytics cookies after a refusal"


@pytest.mark.parametrize("counts", [STORES, SENDS])
def test_a_category_that_only_stores_or_only_sends_is_at_work(play: Callable[..., Told], counts: str) -> None:
    assert play(Shop(counts=counts), AT_WORK, "change_of_mind")[NAME] == ("passed", "")


def test_a_category_that_waits_for_another_page_could_not_be_told(play: Callable[..., Told]) -> None:
    shop = Shop(counts=f'if (location.pathname === "/map") {{ {SENDS} }}')
    outcome, reason = play(shop, AT_WORK, "change_of_mind")[NAME]
    assert (outcome, "nothing of analytics was seen on these pages" in reason) == ("inconclusive", True)


def test_what_the_owner_expects_is_missed(play: Callable[..., Told]) -> None:
    analytics = f'cookies = ["visits"]\nhosts = ["{METRICS}"]\nexpected = ["stored", "sent"]'
    told = play(Shop(counts=STORES), AT_WORK, "change_of_mind", analytics=analytics)
    assert told[NAME] == ("failed", "Analytics cookies were allowed, but no analytics service was contacted")


PING = "fetch(`http://${metrics}/ping?page=${encodeURIComponent(location.pathname)}&cid=${CID}`, {mode: 'no-cors'});"
FRESH, LASTING = "${Math.random()}", "5551234567.1234567890"
ANNOUNCED = f'cookies = ["visits"]\nhosts = ["{METRICS}"]\ncookieless_pings = true'
EVERYWHERE = "The same holds on every page"


@pytest.mark.parametrize(
    ("cid", "analytics", "outcome"),
    [
        (FRESH, ANNOUNCED, "passed"),
        (LASTING, ANNOUNCED, "failed"),
        (FRESH, ANNOUNCED.replace("true", "false"), "failed"),
    ],
)
def test_a_ping_before_the_choice_is_what_the_policy_says_of_it(
    play: Callable[..., Told], cid: str, analytics: str, outcome: str
) -> None:
    shop = Shop(always=PING.replace("${CID}", cid))
    told = play(shop, "every_page", "first_visit", analytics=analytics)
    assert told[EVERYWHERE][0] == outcome, told


def test_a_page_of_few_words_is_read_as_everybody_reads_it(play: Callable[..., Told]) -> None:
    assert play(Shop(words=""), "small_display", "functionality")["A very small display"] == ("passed", "")


def test_a_page_that_some_see_empty_cannot_be_read(play: Callable[..., Told]) -> None:
    shop = Shop(always='if (innerWidth < 280) document.querySelector("main").replaceChildren();')
    told = play(shop, "small_display", "functionality")
    assert told["A very small display"] == ("failed", "The page's content cannot be read")


def test_an_article_that_is_no_page_is_not_judged(play: Callable[..., Told]) -> None:
    outcome, reason = play(Shop(text_pages=("/salt",)), "every_page", "first_visit")[EVERYWHERE]
    assert (outcome, "/salt is no page but text/plain" in reason) == ("inconclusive", True)


@pytest.mark.parametrize(("kept", "outcome"), [("answer", "passed"), ("elsewhere", "inconclusive")])
def test_who_has_no_choice_to_come_back_with_proves_nothing(play: Callable[..., Told], kept: str, outcome: str) -> None:
    told = play(Shop(), "next_day", "forgetting", kept=kept)["Coming back the next day"]
    assert (told[0], "no choice was on the device before" in told[1]) == (outcome, outcome != "passed"), told


def test_where_pages_ask_for_nothing_else_no_connection_is_slow(play: Callable[..., Told]) -> None:
    counts = 'if (!read("answer")) new Image().src = `http://${metrics}/hit?early`;'
    told = play(Shop(), "new_visitor_on_a_slow", "trouble")
    assert set(told.values()) == {("skipped", "the pages asked for nothing besides themselves that could be slow")}
    told = play(Shop(always=counts), "new_visitor_on_a_slow", "trouble")
    assert {outcome for outcome, _ in told.values()} == {"failed"}
