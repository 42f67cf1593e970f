"""A browser without any of the harness's own around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.process import launch
from consentinel.browser.spec import BrowserSpec, Engine


@pytest.fixture(scope="module", params=[Engine.CHROMIUM, Engine.FIREFOX])
def driver(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    running = launch(BrowserSpec(request.param))
    yield running.driver
    running.quit()
