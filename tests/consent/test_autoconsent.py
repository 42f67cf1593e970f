"""The library of rules, on real managers that it knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import wait_until
from consentinel.consent.autoconsent import Autoconsent
from consentinel.consent.base import NotOffered
from consentinel.site.load import load_profile
from consentinel.site.profile import Category
from tests.site.deployment.serve import Sites

PROFILES = Path(__file__).parents[1] / "site" / "profiles"

pytestmark = pytest.mark.managers


@pytest.fixture
def manager(driver: WebDriver, sites: Sites, name: str) -> Autoconsent:
    driver.get(sites.url(name))
    return Autoconsent(driver, load_profile(str(PROFILES / f"{name}.toml"), sites.url(name).rstrip("/"), {}))


def acts_upon(driver: WebDriver, expected: str) -> bool:
    script = "return document.documentElement.dataset.granted === arguments[0]"
    return wait_until(f"the site to act upon {expected!r}", lambda: bool(driver.execute_script(script, expected)), 10)


@pytest.mark.parametrize("name", ["klaro", "osano"])
def test_it_recognises_accepts_and_refuses(manager: Autoconsent, name: str) -> None:
    assert manager.recognises(manager.driver)
    assert manager.is_asking()
    manager.refuse_all()
    assert acts_upon(manager.driver, "")
    assert not manager.is_asking()


@pytest.mark.parametrize("name", ["klaro"])
def test_it_accepts(manager: Autoconsent) -> None:
    manager.accept_all()
    assert acts_upon(manager.driver, "advertising analytics social")


@pytest.mark.parametrize("name", ["klaro"])
def test_one_category_is_not_offered(manager: Autoconsent) -> None:
    with pytest.raises(NotOffered, match="all or nothing"):
        manager.set_category(Category.SOCIAL, True)


@pytest.mark.parametrize("name", ["component"])
def test_a_page_without_a_known_manager_is_not_recognised(manager: Autoconsent) -> None:
    assert not manager.recognises(manager.driver)
