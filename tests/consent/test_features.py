"""The generic features, by profile alone: green on a clean site of each manager, red with each defect."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calls import ROOT, call
from tests.sites.deployment.hosts import MANAGERS
from tests.sites.deployment.serve import Sites

PROFILES = ROOT / "tests" / "sites" / "profiles"
LIMIT = 600.0
"""Seconds that one run of the features may take."""

# Which scenario speaks of what each defect breaks.
TELLING = {
    "analytics-before": ("first_visit.feature", "asks_before"),
    "social-kept": ("social.feature", "nothing_social_happens"),
    "choice-forgotten": ("choice.feature", "second_tab or refusal_holds_until"),
}
NO_OPTIONAL = "allowing_allowed_cookies and optional"
"""The scenario of a visitor who allows no optional cookies and reads articles, where a button would store."""

# Where a manager asks for all or nothing, the scenarios about one category are skipped: others must tell.
TELLING_OF_ALL = {
    "analytics-before": TELLING["analytics-before"],
    "social-kept": ("choice.feature", NO_OPTIONAL),
    "choice-forgotten": ("forgetting.feature", "next_day"),
}
ALL_OR_NOTHING = ("osano",)
CLEAN = f"asks_before or nothing_social_happens or second_tab or puts_every or ({NO_OPTIONAL})"
FILES = ("first_visit.feature", "social.feature", "choice.feature")

pytestmark = pytest.mark.managers


def run(sites: Sites, host: str, browser: str, files: tuple[str, ...], scenarios: str, report: Path) -> tuple[int, str]:
    """The exit code and what was printed of a run of the features on one site."""
    manager = host.rsplit(".", maxsplit=1)[-1]
    done = call(
        *("pytest", *(f"features/{file}" for file in files), "-k", scenarios, "-q"),
        *("--site", str(PROFILES / f"{manager}.toml"), "--base-url", sites.url(host).rstrip("/")),
        *("--ca", str(sites.authority), "--browser", browser, "--report", str(report), "--no-pictures"),
        *("-p", "no:cacheprovider"),
        limit=LIMIT,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize("manager", MANAGERS)
def test_a_clean_site_is_green(sites: Sites, manager: str, browser: str, tmp_path: Path) -> None:
    code, printed = run(sites, manager, browser, FILES, CLEAN, tmp_path)
    assert code == 0, printed
    assert "could not tell" not in printed, printed
    assert " passed" in printed


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize("defect", TELLING)
@pytest.mark.parametrize("manager", MANAGERS)
def test_a_defect_is_red(sites: Sites, manager: str, defect: str, browser: str, tmp_path: Path) -> None:
    file, scenarios = (TELLING_OF_ALL if manager in ALL_OR_NOTHING else TELLING)[defect]
    code, printed = run(sites, f"{defect}.{manager}", browser, (file,), scenarios, tmp_path)
    assert code == 1, printed
    assert " failed" in printed


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize("host", ["single-page.klaro", "french.klaro", "late.component"])
def test_a_site_that_resists_is_told_like_any_other(sites: Sites, host: str, browser: str, tmp_path: Path) -> None:
    code, printed = run(sites, host, browser, FILES, CLEAN, tmp_path)
    assert code == 0, printed
    assert "could not tell" not in printed, printed


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_a_defect_of_a_single_page_site_is_red(sites: Sites, browser: str, tmp_path: Path) -> None:
    file, scenarios = TELLING["social-kept"]
    code, printed = run(sites, "social-kept.single-page.klaro", browser, (file,), scenarios, tmp_path)
    assert code == 1, printed
    assert "friends.localhost" in printed
