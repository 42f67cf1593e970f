"""A click lands on what shows at its place, not on the frame of another site that was there a moment ago.

How often a browser that is not waited for gets it wrong hangs on the moment (none to every second click was measured),
so what is held here is that it is waited for.
"""

from __future__ import annotations

import pytest

from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Category
from consentinel.suite.pages.shop import Shop
from consentinel.visitor.choices import Choices
from consentinel.visitor.visitor import Visitor

pytestmark = [pytest.mark.completeness, pytest.mark.browser]

_COUNT = """
window.pictures = 0;
const turn = requestAnimationFrame;
window.requestAnimationFrame = (then) => turn((at) => { window.pictures += 1; then(at); });
"""


@pytest.mark.parametrize(("page", "pictures"), [("/articles/quiet-displays", 2), ("/legal", 0)])
def test_a_click_waits_for_the_picture_of_a_page_with_frames(
    visitor: Visitor, site: RunningSite, page: str, pictures: int
) -> None:
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    Choices(visitor).accept_all()
    visitor.visit(site.url(hosts.SITE, page), "visits a page")
    with visitor.doing("turns a switch"):
        visitor.consent.open_preferences()
        visitor.browser.driver.execute_script(_COUNT)
        visitor.consent.set_category(Category.ANALYTICS, granted=False)
        assert visitor.browser.driver.execute_script("return window.pictures") == pictures


def test_so_does_a_click_on_the_page_itself(visitor: Visitor, site: RunningSite) -> None:
    visitor.visit(site.url(hosts.SITE, "/products/quay"), "visits a product")
    with visitor.doing("puts a frame into it"):
        visitor.browser.driver.execute_script(f"document.body.append(document.createElement('iframe')); {_COUNT}")
    shop = Shop(visitor)
    visitor.browser.driver.execute_script("addEventListener('click', (event) => event.preventDefault(), true);")
    shop.click("add_to_basket", "puts it into the basket")
    assert visitor.browser.driver.execute_script("return window.pictures") == 2
