"""The reference site's dialog, worked in real browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet, wait_until
from consentinel.consent.base import ConsentManager, NotOffered
from consentinel.consent.registry import manager_for
from consentinel.reference_site.serve import RunningSite, start
from consentinel.site.load import load_profile
from consentinel.site.profile import Category, Profile

pytestmark = pytest.mark.managers


ACCOUNT = {"CONSENTINEL_USER": "ada@example.com", "CONSENTINEL_PASSWORD": "correct horse"}
LIMIT = 10.0
"""Seconds that a page may take to load anew."""


@pytest.fixture(scope="module")
def site() -> Iterator[RunningSite]:
    with start() as running:
        yield running


@pytest.fixture(scope="module")
def profile(site: RunningSite) -> Profile:
    return load_profile("reference", site.url().rstrip("/"), ACCOUNT)


@pytest.fixture
def manager(driver: WebDriver, profile: Profile) -> ConsentManager:
    driver.get(str(profile.site.base_url))
    return manager_for(driver, profile)


def granted(manager: ConsentManager) -> set[str] | None:
    """What the page says was granted; its script and its server put that in orders of their own."""
    told: str | None = manager.driver.execute_script("return document.documentElement.dataset.consent")
    return None if told is None else set(told.split())


def comes_to(manager: ConsentManager, wanted: set[str]) -> None:
    """A choice that withdraws loads the page anew: until then it says what it said before."""

    def shows() -> bool:
        if (told := granted(manager)) != wanted:
            raise NotYet(f"the page says {told}")
        return True

    wait_until("the choice to show", shows, LIMIT)


def test_it_asks_until_a_choice(manager: ConsentManager) -> None:
    assert manager.recognises(manager.driver)
    assert manager.is_asking()
    manager.driver.refresh()
    assert manager.is_asking()
    assert granted(manager) is None


def test_accepting_grants_everything(manager: ConsentManager) -> None:
    manager.accept_all()
    assert not manager.is_asking()
    assert granted(manager) == {"analytics", "social", "advertising"}


def test_refusing_takes_one_click_and_grants_nothing(manager: ConsentManager) -> None:
    assert manager.clicks_to_refuse() == 1
    manager.refuse_all()
    assert not manager.is_asking()
    assert granted(manager) == set()


def test_the_preferences_show_the_four_categories(manager: ConsentManager) -> None:
    manager.open_preferences()
    switches = manager.switches()
    assert set(switches) == set(Category)
    assert switches[Category.FUNCTIONALITY].locked
    assert switches[Category.FUNCTIONALITY].on
    assert [switches[c].on for c in (Category.ANALYTICS, Category.SOCIAL, Category.ADVERTISING)] == [False] * 3
    assert "Social" in switches[Category.SOCIAL].label
    assert manager.other_labels() == ()


@pytest.mark.parametrize("category", [Category.ANALYTICS, Category.SOCIAL, Category.ADVERTISING])
def test_one_category_alone(manager: ConsentManager, category: Category) -> None:
    manager.open_preferences()
    manager.set_category(category, True)
    manager.save()
    assert granted(manager) == {str(category)}
    manager.open_preferences()
    assert [c for c, switch in manager.switches().items() if switch.on] == [Category.FUNCTIONALITY, category]


def test_a_change_that_withdraws_reloads_the_page(manager: ConsentManager) -> None:
    manager.accept_all()
    manager.open_preferences()
    manager.set_category(Category.SOCIAL, False)
    manager.save()
    comes_to(manager, {"analytics", "advertising"})


def test_accept_and_refuse_from_the_preferences(manager: ConsentManager) -> None:
    manager.open_preferences()
    manager.accept_all()
    assert granted(manager) == {"analytics", "social", "advertising"}
    manager.open_preferences()
    manager.refuse_all()
    comes_to(manager, set())


def test_the_locked_switch_is_left_alone(manager: ConsentManager) -> None:
    manager.open_preferences()
    with pytest.raises(NotOffered, match="is locked"):
        manager.set_category(Category.FUNCTIONALITY, False)


def test_closing_is_no_choice(manager: ConsentManager) -> None:
    manager.open_preferences()
    manager.set_category(Category.ANALYTICS, True)
    manager.close()
    assert manager.is_asking()
    assert granted(manager) is None


def test_the_page_of_preferences_works_as_the_dialog_does(manager: ConsentManager, site: RunningSite) -> None:
    manager.driver.get(site.url(path="/preferences"))
    manager.open_preferences()
    manager.set_category(Category.ANALYTICS, True)
    manager.save()
    assert granted(manager) == {"analytics"}
