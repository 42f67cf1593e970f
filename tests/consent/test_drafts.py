"""A draft of each site gets the manager, the items and the hosts right, and runs as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from sites.load import load_profile
from sites.profile import REFUSABLE, Category, Profile
from tests.calls import ROOT, call
from tests.consent.test_features import ALL_OR_NOTHING
from tests.sites.deployment.hosts import ADVERTISING, ANALYTICS, SOCIAL
from tests.sites.deployment.serve import Sites

KNOWN = ("vanilla-cookieconsent", "klaro", "orejime", "tarteaucitron", "osano")
"""The managers that have a page object: what they offer is there to be read."""

TRUTH: dict[Category, tuple[set[str], set[str]]] = {
    Category.ANALYTICS: ({"_count", "count_id"}, {ANALYTICS}),
    Category.SOCIAL: ({"friend_id"}, {SOCIAL}),
    Category.ADVERTISING: ({"_banner", "banner_id"}, {ADVERTISING}),
}
"""What the sites store and contact, by category."""

LIMIT = 300.0
"""Seconds that a draft, or a run with it, may take."""

pytestmark = pytest.mark.managers


@pytest.fixture(scope="module", params=KNOWN)
def drafted(request: pytest.FixtureRequest, sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    manager: str = request.param
    file = tmp_path_factory.mktemp("draft") / f"{manager}.toml"
    done = call("sites.draft", sites.url(manager), "-o", str(file), "--ca", str(sites.authority), limit=LIMIT)
    assert done.returncode == 0, done.stderr
    return manager, file


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
    assert profile.consent.manager == manager
    if manager in ALL_OR_NOTHING:
        # Nobody can be seen who allowed one category alone, and no public list knows these hosts: a person must tell.
        assert right(profile) == {"right": 0, "wrong": 0}
        assert "seen only where everything was allowed" in file.read_text(encoding="utf-8")
    else:
        assert right(profile) == {"right": sum(len(c) + len(h) for c, h in TRUTH.values()), "wrong": 0}


def test_it_finds_where_the_choice_is_kept(drafted: tuple[str, Path]) -> None:
    manager, file = drafted
    finished = load_profile(str(ROOT / "tests" / "sites" / "profiles" / f"{manager}.toml"), environ={})
    assert load_profile(str(file), environ={}).consent.stored.name == finished.consent.stored.name


def test_it_runs_as_it_is(drafted: tuple[str, Path], sites: Sites, tmp_path: Path) -> None:
    _, file = drafted
    done = call(
        *("pytest", "features/first_visit.feature", "-k", "asks_before", "-q", "-p", "no:cacheprovider"),
        *("--site", str(file), "--ca", str(sites.authority), "--report", str(tmp_path), "--no-pictures"),
        limit=LIMIT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
