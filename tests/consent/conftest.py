"""Browsers for the page objects of consent managers: one process an engine, a fresh visitor for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.process import Browser, launch
from consentinel.browser.spec import BrowserSpec, Engine
from tests.site.deployment.packages import NoPackages
from tests.site.deployment.serve import Sites, serving


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    """The small sites of the managers' packages, which npm installs."""
    try:
        with serving() as running:
            yield running
    except NoPackages as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session", params=[Engine.CHROMIUM, Engine.FIREFOX])
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    running = launch(BrowserSpec(request.param))
    yield running
    running.quit()


@pytest.fixture
def driver(browser: Browser) -> Iterator[WebDriver]:
    """A tab of a visitor whom no site has seen before."""
    context = browser.connection.call("browser.createUserContext")["userContext"]
    tab = browser.connection.call("browsingContext.create", {"type": "tab", "userContext": context})
    browser.driver.switch_to.window(tab["context"])
    yield browser.driver
    browser.driver.switch_to.window(browser.home)
    browser.connection.call("browser.removeUserContext", {"userContext": context})
