"""A click lands on what shows at its place, not on the frame of another site that was there a moment ago.

How often a browser that is not waited for gets it wrong hangs on the moment (none to every second click was measured),
so what is held here is that it is waited for.
"""

from __future__ import annotations

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser import pointer
from consentinel.browser.isolated import isolated_answer
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Category
from consentinel.suite.pages.shop import Shop
from consentinel.visitor.choices import Choices
from consentinel.visitor.visitor import Visitor

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[WebDriver]:
    """Whose pictures have been waited for."""
    waited: list[WebDriver] = []

    def counted(driver: WebDriver, script: str, *arguments: object) -> object:
        waited.append(driver)
        return isolated_answer(driver, script, *arguments)

    monkeypatch.setattr(pointer, "isolated_answer", counted)
    return waited


@pytest.mark.parametrize(("page", "times"), [("/articles/quiet-displays", 1), ("/legal", 0)])
def test_a_click_waits_for_the_picture_of_a_page_with_frames(
    visitor: Visitor, site: RunningSite, waits: list[WebDriver], page: str, times: int
) -> None:
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    Choices(visitor).accept_all()
    visitor.visit(site.url(hosts.SITE, page), "visits a page")
    with visitor.doing("turns a switch"):
        visitor.consent.open_preferences()
        waits.clear()
        visitor.consent.set_category(Category.ANALYTICS, granted=False)
        assert len(waits) == times


def test_so_does_a_click_on_the_page_itself(visitor: Visitor, site: RunningSite, waits: list[WebDriver]) -> None:
    visitor.visit(site.url(hosts.SITE, "/products/quay"), "visits a product")
    with visitor.doing("puts a frame into it"):
        visitor.browser.driver.execute_script("document.body.append(document.createElement('iframe'));")
    shop = Shop(visitor)
    visitor.browser.driver.execute_script("addEventListener('click', (event) => event.preventDefault(), true);")
    waits.clear()
    shop.click("add_to_basket", "puts it into the basket")
    assert len(waits) == 1
