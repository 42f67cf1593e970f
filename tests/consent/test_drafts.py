"""A draft of each site gets the manager, the items and the hosts right, and runs as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentinel.site.load import load_profile
from consentinel.site.profile import REFUSABLE, Category, Profile
from tests.calls import ROOT, call
from tests.consent.test_features import ALL_OR_NOTHING
from tests.site.deployment.hosts import ADVERTISING, ANALYTICS, SOCIAL
from tests.site.deployment.serve import Sites

KNOWN = ("vanilla-cookieconsent", "klaro", "orejime", "tarteaucitron", "osano")
"""The managers that have a page object: what they offer is there to be read."""

DESCRIBED = ("component", "framed")
"""Those that have none: a web component, and a frame of another origin. Their dialogs are found by their buttons."""

TRUTH: dict[Category, tuple[set[str], set[str]]] = {
    Category.ANALYTICS: ({"_count", "count_id"}, {ANALYTICS}),
    Category.SOCIAL: ({"friend_id"}, {SOCIAL}),
    Category.ADVERTISING: ({"_banner", "banner_id"}, {ADVERTISING}),
}
"""What the sites store and contact, by category."""

LIMIT = 300.0
"""Seconds that a draft, or a run with it, may take."""

pytestmark = pytest.mark.managers


def draft(sites: Sites, host: str, folder: Path, *options: str) -> Path:
    """The draft of a site."""
    file = folder / f"{host}.toml"
    done = call(
        "consentinel.drafting.draft",
        sites.url(host),
        "-o",
        str(file),
        "--ca",
        str(sites.authority),
        *options,
        limit=LIMIT,
    )
    assert done.returncode == 0, done.stderr
    return file


def played(sites: Sites, file: Path, report: Path, scenarios: str, *options: str) -> tuple[int, str]:
    """The exit code and what was printed of a run of the features with a draft as it is."""
    done = call(
        *("pytest", "features/first_visit.feature", "features/choice.feature", "features/rules/eu.feature"),
        "features/preferences.feature",
        *("-k", scenarios, "-q", "-p", "no:cacheprovider", "--site", str(file), "--ca", str(sites.authority)),
        *("--report", str(report), "--no-pictures", *options),
        limit=LIMIT,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module", params=[*KNOWN, *DESCRIBED])
def drafted(request: pytest.FixtureRequest, sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    manager: str = request.param
    return manager, draft(sites, manager, tmp_path_factory.mktemp("draft"))


def right(profile: Profile) -> dict[str, int]:
    """How many entries are in the category where they belong, and how many are in another one."""
    counted = {"right": 0, "wrong": 0}
    for category in REFUSABLE:
        table = profile.categories.get(category)
        cookies, hosts = TRUTH[category]
        for entry in (*table.cookies, *table.hosts) if table else ():
            counted["right" if entry in cookies | hosts else "wrong"] += 1
    return counted


def test_it_gets_the_manager_and_the_categories_right(drafted: tuple[str, Path]) -> None:
    manager, file = drafted
    profile = load_profile(str(file), environ={})
    assert profile.consent.manager == ("described" if manager in DESCRIBED else manager)
    if manager in ALL_OR_NOTHING:
        # Nobody can be seen who allowed one category alone, and no public list knows these hosts: a person must tell.
        assert right(profile) == {"right": 0, "wrong": 0}
        assert "seen only where everything was allowed" in file.read_text(encoding="utf-8")
    else:
        assert right(profile) == {"right": sum(len(c) + len(h) for c, h in TRUTH.values()), "wrong": 0}


def test_it_finds_where_the_choice_is_kept(drafted: tuple[str, Path]) -> None:
    manager, file = drafted
    finished = load_profile(str(ROOT / "tests" / "site" / "profiles" / f"{manager}.toml"), environ={})
    assert load_profile(str(file), environ={}).consent.stored.name == finished.consent.stored.name


def test_it_runs_as_it_is(drafted: tuple[str, Path], sites: Sites, tmp_path: Path) -> None:
    manager, file = drafted
    scenarios = "asks_before" if manager in ALL_OR_NOTHING else "asks_before or second_tab or puts_every"
    code, printed = played(sites, file, tmp_path, scenarios)
    assert code == 0, printed
    assert " passed" in printed


@pytest.mark.parametrize("host", [*DESCRIBED, "french.component"])
def test_firefox_describes_a_dialog_as_well_and_in_another_language(sites: Sites, host: str, tmp_path: Path) -> None:
    profile = load_profile(str(draft(sites, host, tmp_path, "--browser", "firefox")), environ={})
    assert profile.consent.dialog is not None
    assert set(profile.consent.dialog.categories) == set(Category)
    assert right(profile) == {"right": sum(len(c) + len(h) for c, h in TRUTH.values()), "wrong": 0}


UNTOLD = {
    "closed.component": ("no dialog was found by its buttons", "describe its dialog in a table [consent.dialog]"),
    "no-refusal.component": ('a dialog was seen, with the buttons "Accept all"', "? Nothing was found that refuses"),
}
"""Dialogs that no draft can describe, and what it says of them."""

UNTELLING = (
    "asks_before or refusal_holds_in_a_second or one_click or hide_beside or before_a_choice and home or ticked_in"
)
"""Scenarios that all need the dialog, two of them to see that it refuses."""


@pytest.mark.parametrize("host", UNTOLD)
def test_a_dialog_that_cannot_be_described_accuses_nobody(sites: Sites, host: str, tmp_path: Path) -> None:
    file = draft(sites, host, tmp_path)
    text = file.read_text(encoding="utf-8")
    assert load_profile(str(file), environ={}).consent.manager == "auto"
    assert all(told in text for told in UNTOLD[host])
    code, printed = played(sites, file, tmp_path, UNTELLING, "--fail-on", "inconclusive")
    told = json.loads((tmp_path / "run.json").read_text(encoding="ascii"))["scenarios"]
    assert len(told) >= 6, printed
    assert {one["outcome"] for one in told} == {"inconclusive"}, printed
    assert all("describe its dialog in [consent.dialog]" in one["reason"] for one in told), printed
    assert code == 10, printed
