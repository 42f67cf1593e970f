"""What real consent managers declare of stored items, read in real browsers."""

from __future__ import annotations

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.wait import NotYet, wait_until
from consentinel.consent.declarations import declarations
from consentinel.policy.declared_rows import rows_declared
from tests.site.deployment.serve import Sites

LIMIT = 10
EXPECTED = {
    "klaro": [("_pk_*", "shop.example", ""), ("mtm", "", "")],
    "orejime": [("_pk_*", "shop.example", ""), ("mtm", "", "")],
    "tarteaucitron": [("_pk_id", "", ""), ("mtm", "", "")],
    "vanilla-cookieconsent": [("_pk_*", "shop.example", ""), ("mtm", "", "13 months")],
}

pytestmark = pytest.mark.managers


@pytest.mark.parametrize("manager", EXPECTED)
def test_what_a_manager_declares_becomes_rows(driver: WebDriver, sites: Sites, manager: str) -> None:
    driver.get(sites.url(f"declares.{manager}"))

    def declared() -> list[object]:
        found = declarations(driver)
        if not found:
            raise NotYet("nothing is declared so far")
        return found

    rows = rows_declared(wait_until("the declaration", declared, LIMIT))
    assert (
        sorted((row.item, row.host, row.lifetime) for row in rows if row.category == "analytics") == EXPECTED[manager]
    )


@pytest.mark.parametrize("manager", EXPECTED)
def test_a_manager_that_names_no_item_declares_none(driver: WebDriver, sites: Sites, manager: str) -> None:
    driver.get(sites.url(manager))
    assert declarations(driver) == []
