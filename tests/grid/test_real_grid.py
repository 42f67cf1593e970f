"""The real server with two nodes (marker `grid`): sessions, BiDi, user contexts, full, dead and gone."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from consentinel.browser.bidi import Connection
from consentinel.browser.errors import BrowserGone
from consentinel.browser.grid import GridCannot, GridUnreachable, connect
from consentinel.browser.options import options_for
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.browser.wait import wait_until
from tests.grid.local_grid import HEARTBEAT_S, LocalGrid

pytestmark = pytest.mark.grid

QUICK_S = 5.0
PATIENCE_S = 30.0
NOTICED_S = 20.0 * HEARTBEAT_S


def options(grid: LocalGrid, engine: Engine = Engine.CHROMIUM) -> ArgOptions:
    return options_for(BrowserSpec(engine, grid=grid.url))


@contextlib.contextmanager
def session(grid: LocalGrid, engine: Engine = Engine.CHROMIUM) -> Iterator[tuple[WebDriver, Connection]]:
    driver = connect(grid.url, options(grid, engine))
    bidi = Connection(driver.capabilities["webSocketUrl"])
    try:
        yield driver, bidi
    finally:
        bidi.close()
        with contextlib.suppress(WebDriverException, HTTPError):  # its node, or the Grid itself, may be gone
            driver.quit()


def test_the_grid_says_what_it_offers(local_grid: LocalGrid) -> None:
    status = local_grid.status()
    assert status is not None
    assert status.ready
    assert status.browsers == ("chrome", "firefox")
    assert (status.sessions("chrome"), status.sessions("firefox")) == (2, 1)
    assert status.here


@pytest.mark.parametrize("engine", [Engine.CHROMIUM, Engine.FIREFOX])
def test_a_visitor_lives_in_a_user_context_on_the_grid(local_grid: LocalGrid, engine: Engine) -> None:
    with session(local_grid, engine) as (driver, bidi):
        heard: list[str] = []
        bidi.listen(lambda method, _params: heard.append(method))
        bidi.call("session.subscribe", {"events": ["script.message", "network.beforeRequestSent"]})
        visitor = bidi.call("browser.createUserContext")["userContext"]
        channel = {"type": "channel", "value": {"channel": "c"}}
        script = {"functionDeclaration": "say => say(1)", "arguments": [channel], "userContexts": [visitor]}
        bidi.call("script.addPreloadScript", script)
        tab = bidi.call("browsingContext.create", {"type": "tab", "userContext": visitor})["context"]
        page = {"context": tab, "url": "data:text/html,<h1>here</h1>", "wait": "complete"}
        bidi.call("browsingContext.navigate", page)
        driver.switch_to.window(tab)
        assert driver.find_element("css selector", "h1").text == "here"
        wait_until("the preload script reports", lambda: "script.message" in heard, QUICK_S)
        jar = {"partition": {"type": "storageKey", "userContext": visitor}}
        assert bidi.call("storage.getCookies", jar)["cookies"] == []


def test_a_large_answer_passes_the_grid(local_grid: LocalGrid) -> None:
    with session(local_grid) as (driver, bidi):
        target = {"context": driver.current_window_handle}
        big = {"expression": "'x'.repeat(8e6)", "target": target, "awaitPromise": False}
        assert len(bidi.call("script.evaluate", big)["result"]["value"]) == 8_000_000


def test_a_full_grid_is_told_within_the_limit(local_grid: LocalGrid) -> None:
    with session(local_grid, Engine.FIREFOX):
        began = time.monotonic()
        with pytest.raises(GridCannot) as told:
            connect(local_grid.url, options(local_grid, Engine.FIREFOX), limit=3)
        assert time.monotonic() - began < 3 + PATIENCE_S
        assert str(told.value).endswith("gave no session within 3 s: 1 of 1 firefox sessions are in use")


def test_killing_a_node_ends_its_sessions_and_others_go_on(local_grid: LocalGrid) -> None:
    """The dead session's socket may close at once or stay open in silence: a bounded call tells."""
    with session(local_grid, Engine.FIREFOX) as (_, firefox), session(local_grid) as (driver, chromium):
        local_grid.kill("chromium")
        with pytest.raises(BrowserGone):
            chromium.call("session.status", limit=QUICK_S)
        assert firefox.call("session.status")
        wait_until("the dead session is off the list", lambda: not held(local_grid, driver), NOTICED_S, every=0.2)
        with pytest.raises(WebDriverException, match=r"Connection error|(Cannot|Unable to) find session"):
            _ = driver.current_window_handle
    with pytest.raises(GridCannot, match="does not offer chrome: it offers firefox"):
        connect(local_grid.url, options(local_grid))


def test_a_fresh_attempt_finds_a_living_node_while_the_dead_one_is_still_listed(local_grid: LocalGrid) -> None:
    local_grid.start_node("chromium-b", "chrome")
    local_grid.start_node("chromium-c", "chrome")
    local_grid.kill("chromium-b")
    with session(local_grid) as (_, bidi):
        assert bidi.call("session.status")


def test_a_grid_that_has_gone_is_one_clear_line(local_grid: LocalGrid) -> None:
    with session(local_grid, Engine.FIREFOX) as (driver, bidi):
        local_grid.kill("hub")
        with pytest.raises(BrowserGone):
            bidi.call("session.status", limit=QUICK_S)
        with pytest.raises(GridUnreachable) as told:
            connect(local_grid.url, options(local_grid))
        assert str(told.value).count("\n") == 0
        with pytest.raises(HTTPError):
            _ = driver.current_window_handle


def held(grid: LocalGrid, driver: WebDriver) -> bool:
    status = grid.status()
    return status is not None and status.holds(str(driver.session_id))
