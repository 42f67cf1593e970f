"""The browsers that a worker's tests share: a browser takes seconds to start, a new visitor's tab a fraction of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.browser.isolated import look_at
from consentinel.browser.pool import BrowserPool
from consentinel.browser.process import Browser
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy


@pytest.fixture(scope="session")
def first_wire() -> Iterator[RecordingProxy]:
    """A proxy beside which tests start their own: those share its authority, so that one browser trusts them all."""
    wire = RecordingProxy()
    yield wire
    wire.close()


@pytest.fixture(scope="session", params=[Engine.CHROMIUM, Engine.FIREFOX], ids=str)
def spec(request: pytest.FixtureRequest, first_wire: RecordingProxy) -> BrowserSpec:
    """The usual set-up of each engine in turn."""
    return BrowserSpec(request.param, trusted=(first_wire.key,))


@pytest.fixture(scope="module")
def shared_browsers(browser_pool: BrowserPool, first_wire: RecordingProxy) -> Iterator[BrowserPool]:
    """The browsers of this worker. One of an unusual set-up ends with the module that has asked for it."""
    yield browser_pool
    usual = BrowserSpec(Engine.CHROMIUM, trusted=(first_wire.key,))
    for spec in [one for one in browser_pool.running if replace(one, engine=usual.engine) != usual]:
        browser_pool.running.pop(spec).quit()


@contextmanager
def new_tab(browser: Browser) -> Iterator[WebDriver]:
    """The driver, in a tab of a visitor whom no site has seen before."""
    visitor = browser.connection.call("browser.createUserContext")["userContext"]
    tab = browser.connection.call("browsingContext.create", {"type": "tab", "userContext": visitor})["context"]
    _turn_to(browser, tab)
    yield browser.driver
    _turn_to(browser, browser.home)
    browser.connection.call("browser.removeUserContext", {"userContext": visitor})


def _turn_to(browser: Browser, tab: str) -> None:
    browser.driver.switch_to.window(tab)
    browser.focused = tab
    look_at(browser.driver, tab)
