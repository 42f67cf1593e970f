"""Browsers for the page objects of consent managers: one process an engine, a fresh visitor for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.pool import BrowserPool
from consentinel.browser.process import Browser
from consentinel.browser.spec import BrowserSpec
from tests.browsers import new_tab
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


@pytest.fixture
def browser(shared_browsers: BrowserPool, spec: BrowserSpec) -> Browser:
    return shared_browsers.browser(spec)


@pytest.fixture
def driver(browser: Browser) -> Iterator[WebDriver]:
    """A tab of a visitor whom no site has seen before."""
    with new_tab(browser) as driver:
        yield driver
