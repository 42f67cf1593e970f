"""Each real consent manager, and two that are only described, worked in real browsers."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import cast

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.process import Browser
from consentinel.browser.spec import Engine
from consentinel.browser.wait import NotYet, wait_until
from consentinel.consent.base import ConsentManager, NotOffered, ReloadLoop
from consentinel.consent.deciding import RELOADS
from consentinel.consent.registry import manager_for
from consentinel.site.load import load_profile
from consentinel.site.profile import REFUSABLE, Category
from tests.site.deployment.serve import Sites

PROFILES = Path(__file__).parents[1] / "site" / "profiles"
BY_CATEGORY = ["vanilla-cookieconsent", "klaro", "orejime", "tarteaucitron", "component", "framed"]
ALL_OR_NOTHING = ["osano"]
LIMIT = 10
EVERYTHING = "advertising analytics social"

pytestmark = pytest.mark.managers


@pytest.fixture
def manager(driver: WebDriver, sites: Sites, host: str) -> ConsentManager:
    driver.get(sites.url(host))
    name = host.rsplit(".", maxsplit=1)[-1]
    return manager_for(driver, load_profile(str(PROFILES / f"{name}.toml"), sites.url(host).rstrip("/"), {}))


def granted(manager: ConsentManager) -> str | None:
    """What the site acts upon; None while nothing was chosen."""
    return cast("str | None", manager.driver.execute_script("return document.documentElement.dataset.granted"))


def comes_to(manager: ConsentManager, expected: str) -> bool:
    """Whether the site comes to act upon this choice, which may take a reload."""

    def acts() -> bool:
        if granted(manager) != expected:
            raise NotYet(f"it acts upon {granted(manager)!r}")
        return True

    return wait_until(f"the site to act upon {expected!r}", acts, LIMIT)


def keeps_reloading(manager: ConsentManager) -> bool:
    """Whether one document after the other takes the place of the last."""
    origins: set[float] = set()

    def seen() -> bool:
        origins.add(cast("float", manager.driver.execute_script("return performance.timeOrigin")))
        if len(origins) <= RELOADS:
            raise NotYet(f"{len(origins)} documents so far")
        return True

    return wait_until("the page to reload again and again", seen, LIMIT)


def reload(manager: ConsentManager) -> None:
    manager.driver.get(manager.driver.current_url)


@pytest.mark.parametrize("host", BY_CATEGORY + ALL_OR_NOTHING)
def test_accept(manager: ConsentManager) -> None:
    manager.accept_all()
    assert not manager.is_asking()
    assert comes_to(manager, EVERYTHING)
    reload(manager)
    assert not manager.is_asking()


@pytest.mark.parametrize("host", BY_CATEGORY + ALL_OR_NOTHING)
def test_refuse(manager: ConsentManager, host: str) -> None:
    assert granted(manager) is None
    assert manager.clicks_to_refuse() == (2 if host == "framed" else 1)
    manager.refuse_all()
    assert not manager.is_asking()
    assert comes_to(manager, "")


@pytest.mark.parametrize("category", REFUSABLE)
@pytest.mark.parametrize("host", BY_CATEGORY)
def test_one_category_alone_is_kept(manager: ConsentManager, category: Category) -> None:
    manager.open_preferences()
    for each in REFUSABLE:
        manager.set_category(each, each is category)
    manager.save()
    assert not manager.is_asking()
    assert comes_to(manager, category)
    reload(manager)
    manager.open_preferences()
    assert {c for c, switch in manager.switches().items() if switch.on and not switch.locked} == {category}


@pytest.mark.parametrize("host", BY_CATEGORY)
def test_a_change_of_mind(manager: ConsentManager) -> None:
    manager.accept_all()
    manager.open_preferences()
    manager.set_category(Category.SOCIAL, False)
    manager.save()
    assert comes_to(manager, "advertising analytics")
    manager.open_preferences()
    manager.refuse_all()
    assert comes_to(manager, "")
    manager.open_preferences()
    manager.accept_all()
    assert comes_to(manager, EVERYTHING)


@pytest.mark.parametrize("host", BY_CATEGORY)
def test_the_categories_as_shown(manager: ConsentManager) -> None:
    manager.open_preferences()
    switches = manager.switches()
    assert set(switches) == set(Category)
    assert [category for category, switch in switches.items() if switch.locked] == [Category.FUNCTIONALITY]
    assert switches[Category.FUNCTIONALITY].on
    assert not any(switches[category].on for category in REFUSABLE)
    assert all(switch.label for switch in switches.values())
    assert manager.other_labels() == ()
    with pytest.raises(NotOffered, match="locked"):
        manager.set_category(Category.FUNCTIONALITY, False)


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("orejime", ["Necessary cookies", "Statistics", "Social networks", "Advertising"]),
        ("tarteaucitron", ["Mandatory cookies", "Audience measurement", "Social networks", "Advertising network"]),
    ],
)
def test_a_switch_is_called_by_its_category_alone(manager: ConsentManager, names: list[str]) -> None:
    """One of them adds how a switch stands; the other has buttons that are called by their services."""
    manager.open_preferences()
    assert [switch.label for switch in manager.switches().values()] == names


@pytest.mark.parametrize("host", BY_CATEGORY)
def test_closing_is_no_choice(manager: ConsentManager) -> None:
    manager.open_preferences()
    manager.close()
    assert wait_until("the banner to come back", manager.is_asking, LIMIT)
    assert granted(manager) is None


@pytest.mark.parametrize("host", ALL_OR_NOTHING)
def test_all_or_nothing_says_so(manager: ConsentManager) -> None:
    manager.accept_all()
    manager.open_preferences()
    with pytest.raises(NotOffered, match="no choice by category"):
        manager.set_category(Category.SOCIAL, False)
    with pytest.raises(NotOffered, match="no choice by category"):
        manager.save()
    with pytest.raises(NotOffered, match="cannot be closed without a choice"):
        manager.close()
    manager.refuse_all()
    assert comes_to(manager, "")


@pytest.mark.parametrize("host", ["late.klaro", "late.framed", "late.component"])
def test_a_late_banner_is_waited_for(manager: ConsentManager) -> None:
    manager.accept_all()
    assert comes_to(manager, EVERYTHING)


@pytest.mark.parametrize("host", ["reloading.klaro", "reloading.component"])
def test_a_choice_that_reloads_the_page_is_taken(manager: ConsentManager) -> None:
    manager.refuse_all()
    assert comes_to(manager, "")
    manager.open_preferences()
    manager.set_category(Category.ANALYTICS, True)
    manager.save()
    assert comes_to(manager, "analytics")


@pytest.mark.parametrize("host", ["looping.component"])
def test_a_page_that_keeps_reloading_is_a_diagnosis_of_its_own(manager: ConsentManager, browser: Browser) -> None:
    """In Firefox it may be told later: `location.reload()` leaves the old document in place until the answer to the
    reload has come. A look in between finds the dialog gone from it, the choice counts as taken, and what the visitor
    hears of is a page that never comes to rest.
    """
    if browser.engine is Engine.FIREFOX:
        with contextlib.suppress(ReloadLoop):
            manager.accept_all()
        assert keeps_reloading(manager)
        return
    with pytest.raises(ReloadLoop, match="the page reloaded 5 times after the try to accept all"):
        manager.accept_all()


@pytest.mark.parametrize("host", ["in-storage.klaro"])
def test_a_choice_in_local_storage_is_a_choice(manager: ConsentManager) -> None:
    manager.accept_all()
    reload(manager)
    assert comes_to(manager, EVERYTHING)
