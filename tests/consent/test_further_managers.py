"""Real consent managers and consent parts: a draft as it is accuses no clean site of anything.

Six defects on each are caught with the draft of the clean site.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.calls import call
from tests.consent.test_drafts import KNOWN, draft
from tests.consent.test_features import ALL_OR_NOTHING
from tests.site.deployment.hosts import NEWER, SERVED
from tests.site.deployment.serve import Sites

LIMIT = 3000.0
"""Seconds that a run of the whole suite may take on a busy machine."""

AS_SHIPPED = {
    # It keeps the choice in a cookie and in local storage, and writes the cookie anew from there.
    "c15t": {
        "Removing all cookies after accepting all cookies",
        "Removing all cookies after refusing all cookies",
        "No category is assumed",
        "The choice is asked for again when it has expired",
        # A tab goes on with what it knew when it was loaded.
        "A tab that was open before the withdrawal",
    },
    # A tab goes on with what it knew when it was loaded.
    "porsche": {"A tab that was open before the withdrawal"},
    "cookie-though": {"A tab that was open before the withdrawal"},
    "djangocms-cookie-love": {"A tab that was open before the withdrawal"},
    "react-cookie-manager": {"A tab that was open before the withdrawal"},
    "vanilla-cookieconsent": {"A tab that was open before the withdrawal"},
    "klaro": {"A tab that was open before the withdrawal"},
    "orejime": {"A tab that was open before the withdrawal"},
    "tarteaucitron": {"A tab that was open before the withdrawal"},
    # Its buttons are links without an address, and hear clicks alone.
    "osano": {"The choice can be made by keyboard alone"},
}
"""Scenarios that a manager breaks as its package ships it: docs/managers.md tells what plain browsers have shown."""

# Which scenarios tell of each defect, and what their findings name.
TELLING = {
    "analytics-before": ("first_visit or asks_before", "count"),
    "analytics-kept": ("allowing_allowed_cookies and optional or nothing_analytics", "count"),
    "withdrawal-ignored": ("change_of_mind", "count"),
    "wrong-category": ("choice.feature and analytics and not social", "banner"),
    "choice-forgotten": ("second_tab or refusal_holds_until or next_day", "ask"),
    "undeclared-choice": ("one_click or allowing_allowed_cookies", "shop_seen"),
}
OF_ALL = {"wrong-category": ("social-kept", "allowing_allowed_cookies and optional", "friend")}
"""What is played in place of a defect where a manager asks for all or nothing."""


pytestmark = pytest.mark.managers


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=[*KNOWN, *NEWER, *SERVED])
def drafted(
    request: pytest.FixtureRequest, browser: str, sites: Sites, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    manager: str = request.param
    return manager, draft(sites, manager, tmp_path_factory.mktemp("draft"), "--browser", browser)


def played(sites: Sites, file: Path, host: str, browser: str, report: Path, *options: str) -> list[dict[str, Any]]:
    """The scenarios of a run of the suite on a site, with a draft as it is."""
    done = call(
        *("pytest", "features", "-q", "-p", "no:cacheprovider", "--site", str(file), "--ca", str(sites.authority)),
        *("--base-url", sites.url(host).rstrip("/"), "--browser", browser, "--report", str(report)),
        *("--no-pictures", "--no-evidence", *options),
        limit=LIMIT,
    )
    assert (report / "run.json").is_file(), done.stdout + done.stderr
    told: list[dict[str, Any]] = json.loads((report / "run.json").read_text(encoding="ascii"))["scenarios"]
    return told


def accused(told: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What was found in each scenario that did not hold."""
    found = {one["scenario"]: [each["sentence"] for each in one["findings"]] for one in told}
    return {one["scenario"]: found[one["scenario"]] for one in told if one["outcome"] in ("failed", "error")}


def test_a_draft_as_it_is_accuses_no_clean_site(
    sites: Sites, drafted: tuple[str, Path], browser: str, tmp_path: Path
) -> None:
    manager, file = drafted
    told = played(sites, file, manager, browser, tmp_path)
    found = accused(told)
    assert set(found) == AS_SHIPPED.get(manager, set()), found
    # Where a manager asks for all or nothing, what is about one category is not played.
    assert sum(one["outcome"] == "passed" for one in told) > len(told) // (8 if manager in ALL_OR_NOTHING else 3)


@pytest.mark.parametrize("defect", TELLING)
def test_a_defect_is_caught_by_its_cause(
    sites: Sites, drafted: tuple[str, Path], defect: str, browser: str, tmp_path: Path
) -> None:
    manager, file = drafted
    scenarios, cause = TELLING[defect]
    if manager in ALL_OR_NOTHING and defect in OF_ALL:
        defect, scenarios, cause = OF_ALL[defect]
    told = played(sites, file, f"{defect}.{manager}", browser, tmp_path, "-x", "-k", scenarios)
    assert any(cause in sentence for found in accused(told).values() for sentence in found), accused(told)
