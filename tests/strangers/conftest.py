"""A tab without any of the harness's own around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from tests.browsers import new_tab


@pytest.fixture(scope="module")
def driver(shared_browsers: BrowserPool, spec: BrowserSpec) -> Iterator[WebDriver]:
    with new_tab(shared_browsers.browser(spec)) as driver:
        yield driver
