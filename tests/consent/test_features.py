"""The generic features, by profile alone: green on a clean site of each manager, red with each defect."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.calls import ROOT, call
from tests.site.deployment.hosts import MANAGERS
from tests.site.deployment.serve import Sites

PROFILES = ROOT / "tests" / "site" / "profiles"
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
BY_RULES = f"({NO_OPTIONAL}) or one_click or puts_every or analytics and not social and not advertising"
CLEAN = f"asks_before or nothing_social_happens or second_tab or puts_every or ({NO_OPTIONAL})"
FILES = ("first_visit.feature", "social.feature", "choice.feature")

pytestmark = pytest.mark.managers


def run(
    sites: Sites,
    host: str,
    browser: str,
    files: tuple[str, ...],
    scenarios: str,
    report: Path,
    profile: Path | None = None,
    pictures: bool = False,
) -> tuple[int, str]:
    """The exit code and what was printed of a run of the features on one site."""
    profile = profile or PROFILES / f"{host.rsplit('.', maxsplit=1)[-1]}.toml"
    done = call(
        *("pytest", *(f"features/{file}" for file in files), "-k", scenarios, "-q"),
        *("--site", str(profile), "--base-url", sites.url(host).rstrip("/")),
        *("--ca", str(sites.authority), "--browser", browser, "--report", str(report)),
        *(() if pictures else ("--no-pictures",)),
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
    assert "BROKEN" in printed


RESISTING = ("single-page.klaro", "french.klaro", "late.component", "reloading.component")
"""Besides them, the dialog of `framed` lies in a frame, and every site links to its preferences in the footer alone."""


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize("host", RESISTING)
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


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
@pytest.mark.parametrize(
    ("host", "reason"),
    [("walled.klaro", "shows a wall against robots, told by its title"), ("refusing.klaro", "answered 403")],
)
def test_what_is_no_page_of_the_site_is_not_judged(
    sites: Sites, host: str, reason: str, browser: str, tmp_path: Path
) -> None:
    code, printed = run(sites, host, browser, ("first_visit.feature",), "asks_before", tmp_path, pictures=True)
    (told,) = json.loads((tmp_path / "run.json").read_text(encoding="ascii"))["scenarios"]
    assert code == 0, printed
    assert (told["outcome"], reason in told["reason"]) == ("inconclusive", True), told["reason"]
    assert [step["picture"] for step in told["steps"] if (tmp_path / step["picture"]).is_file()], told["steps"]


def changed(site: str, folder: Path, **changes: str) -> Path:
    """The profile of a manager's site with other values for these keys, wherever they stand."""
    text = (PROFILES / f"{site}.toml").read_text(encoding="utf-8")
    for key, value in changes.items():
        text, count = re.subn(rf"^{key} = .*$", value, text, count=1, flags=re.MULTILINE)
        assert count, key
    file = folder / "profile.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_a_choice_in_local_storage_is_judged_like_any_other(sites: Sites, browser: str, tmp_path: Path) -> None:
    profile = changed("klaro", tmp_path, kind='kind = "local_storage"', cookies='local_storage = ["klaro"]')
    code, printed = run(sites, "in-storage.klaro", browser, FILES, CLEAN, tmp_path, profile)
    assert code == 0, printed
    assert "could not tell" not in printed, printed


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_rules_that_know_all_or_nothing_skip_what_is_about_one_category(
    sites: Sites, browser: str, tmp_path: Path
) -> None:
    profile = changed("klaro", tmp_path, manager='manager = "autoconsent"')
    code, printed = run(sites, "klaro", browser, ("choice.feature", "rules/eu.feature"), BY_RULES, tmp_path, profile)
    told = json.loads((tmp_path / "run.json").read_text(encoding="ascii"))["scenarios"]
    assert code == 0, printed
    assert {one["scenario"]: one["outcome"] for one in told} == {
        "Allowing no optional cookies": "passed",
        "Allowing analytics cookies": "skipped",
        "Accepting everything puts every category to work": "passed",
        "One click refuses everything": "skipped",
    }, printed
    assert all("its rules know all or nothing" in one["reason"] for one in told if one["outcome"] == "skipped")


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_rules_that_know_all_or_nothing_still_tell(sites: Sites, browser: str, tmp_path: Path) -> None:
    profile = changed("klaro", tmp_path, manager='manager = "autoconsent"')
    code, printed = run(sites, "social-kept.klaro", browser, ("choice.feature",), NO_OPTIONAL, tmp_path, profile)
    assert code == 1, printed
    assert "friends.localhost" in printed
