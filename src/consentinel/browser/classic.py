"""A visitor's browser without BiDi: a process of their own, driven by classic WebDriver.

Source: WebDriver 2, sections 10 (navigation), 11 (contexts), 13 (document) and 14 (cookies).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from consentinel.browser.base import BY_SCRIPT, Context, HasCome
from consentinel.browser.device import Device
from consentinel.browser.errors import BrowserCannot, BrowserGone, CommandFailed
from consentinel.browser.events import EventListener
from consentinel.browser.process import Browser
from consentinel.browser.selenium_internals import limit_commands

LOAD_LIMIT = 45.0
"""Seconds that a page may take to load."""

COMMAND_LIMIT = 60.0
"""Seconds that a single command may take before the browser counts as gone."""

SCRIPT_LIMIT = 15.0
"""Seconds that a script of the harness may take in a page."""

FOLLOW_LIMIT = 10.0
"""Seconds that a page may take to load after a click on a link that leads to it."""

LOOK_EVERY = 0.05
"""Seconds between two checks for the document that a click leads to: classic WebDriver has no events."""

_PROMISE = """
const done = arguments[arguments.length - 1];
(%s)(...Array.prototype.slice.call(arguments, 0, -1)).then(done, (error) => done({ failed: String(error) }));
"""

_FOLLOW = """
const elsewhere = document.querySelector("base[target]");
const leads = (a) => !a.target && (!elsewhere || a.hasAttribute("target")) && a.checkVisibility();
const link = Array.from(document.links).find((a) => a.href === arguments[0] && leads(a));
if (link) link.click();
return Boolean(link);
"""

_LOADED = "return document.readyState === 'complete' ? performance.timeOrigin : 0;"


class ClassicContext(Context):
    """One visitor's browser. `end` ends its process."""

    def __init__(self, browser: Browser, device: Device, end: Callable[[Browser], None]) -> None:
        self.browser = browser
        self.device = device
        self.tab = ""
        self._end = end
        self._loads = 0
        self.driver.set_page_load_timeout(LOAD_LIMIT)
        self.driver.set_script_timeout(SCRIPT_LIMIT)
        limit_commands(self.driver, COMMAND_LIMIT)

    def listen(self, listener: EventListener) -> None:
        """Do nothing: classic WebDriver has no events."""

    def add_preload(self, function: str, channel: str = "") -> None:
        """Do nothing: classic WebDriver runs no script before a page's own."""

    @property
    def driver(self) -> WebDriver:
        """The classic session."""
        return self.browser.driver

    def open_tab(self) -> str:
        """Open a window in the device's size; the browser's first one is there already. Raises BrowserCannot.

        Not a tab of the same window: WebKit keeps that behind the first, takes it for hidden and never draws it.
        """
        if self.tab:
            self.driver.switch_to.new_window("window")
        self.tab = self.driver.current_window_handle
        try:
            self._emulate_device()
        except BrowserCannot:
            self._end(self.browser)
            raise
        return self.tab

    def show_first_tab(self) -> None:
        """Make the window that was opened first the current one."""
        self.tab = self.tabs()[0]
        self.focus()

    def focus(self) -> None:
        """Make the visitor's tab, and its top-level document, the one that commands act on."""
        self.driver.switch_to.window(self.tab)

    def show(self, tab: str) -> None:
        """Switch to another tab without making it the visitor's. Raises CommandFailed."""
        with _refusals("a tab"):
            self.driver.switch_to.window(tab)

    def navigate(self, url: str, has_come: HasCome = lambda _: True) -> None:
        """Load an address in the current tab, until its load event. Raises CommandFailed when nothing answers.

        The driver itself waits, so that `has_come` is not asked.
        """
        with _refusals("navigate"):
            self.driver.get(url)
            # WebKit takes an address where nobody answers for an empty page.
            if self.driver.current_url.startswith("about:") and not url.startswith("about:"):
                raise CommandFailed("navigate", f"nothing answered at {url}")
        self._loads += 1

    def follow(self, url: str) -> str:
        """Click a visible link that leads to an address, and wait until the document there has loaded."""
        with _refusals("follow"):
            before = self.driver.execute_script(_LOADED)
            if not self.driver.execute_script(_FOLLOW, url):
                return ""
            deadline, pause = time.monotonic() + FOLLOW_LIMIT, threading.Event()
            while time.monotonic() < deadline:
                if self._loaded() not in (0, before):
                    self._loads += 1
                    break
                pause.wait(LOOK_EVERY)
        return BY_SCRIPT

    def traverse(self, delta: int) -> None:
        """Go `delta` pages forward in the history, or back if it is negative. Raises CommandFailed."""
        with _refusals("the history"):
            for _ in range(abs(delta)):
                (self.driver.back if delta < 0 else self.driver.forward)()
            self._loads += 1

    def hover(self, elements: str) -> bool:
        """Raise BrowserCannot: the pointer cannot pass over the page here."""
        raise BrowserCannot(f"{self.browser.engine} rests no pointer on an element")

    def reload(self) -> None:
        """Load the page anew, until its load event. Raises CommandFailed."""
        with _refusals("reload"):
            self.driver.refresh()
            self._loads += 1

    def ask(self, expression: str) -> str:
        """Return the text of an expression in the current tab's document."""
        with _refusals("a question"):
            return str(self.driver.execute_script(f"return {expression};"))

    def loads(self) -> int:
        """Return how many documents the visitor has opened."""
        return self._loads

    def tabs(self) -> list[str]:
        """Return the visitor's open tabs."""
        return list(self.driver.window_handles)

    def url(self) -> str:
        """Return the address of the current document."""
        with _refusals("the page's address"):
            return str(self.driver.current_url)

    def run(self, function: str, *arguments: Any) -> Any:
        """Run an async function in the current document or frame. Raises CommandFailed."""
        with _refusals("a script"):
            answer = self.driver.execute_async_script(_PROMISE % function, *arguments)
        if isinstance(answer, dict) and "failed" in answer:
            raise CommandFailed("script", str(answer["failed"]))
        return answer

    def frames(self) -> int:
        """Return how many frames the current document or frame holds, those in shadow roots too."""
        with _refusals("frames"):
            return int(self.driver.execute_script("return window.frames.length;"))

    @contextmanager
    def inside(self, number: int) -> Iterator[None]:
        """Act on a frame of the current document or frame. Raises CommandFailed when it has gone."""
        with _refusals("a frame"):
            self.driver.switch_to.frame(number)
        try:
            yield
        finally:
            with _refusals("a frame"):
                self.driver.switch_to.parent_frame()

    def cookies(self) -> list[dict[str, Any]]:
        """Return the cookies that the current tab's document could be sent, HttpOnly ones too. Raises CommandFailed."""
        with _refusals("cookies"):
            return list(self.driver.get_cookies())

    def screenshot(self) -> bytes:
        """Return a picture of the current tab as PNG. Raises CommandFailed."""
        with _refusals("a screenshot"):
            return bytes(self.driver.get_screenshot_as_png())

    def delete_cookies(self) -> None:
        """Raise BrowserCannot: classic WebDriver empties the jar of the current site alone."""
        raise BrowserCannot(f"{self.browser.engine} removes the cookies of one site only, not all as its settings do")

    def close(self, then: Callable[[], None]) -> None:
        """End the browser: its jar and its storage are in memory and go with it."""
        self._end(self.browser)
        then()

    def _loaded(self) -> Any:
        try:
            return self.driver.execute_script(_LOADED)
        except WebDriverException:
            return 0  # between two documents there is nobody to ask

    def _emulate_device(self) -> None:
        """Give the window the device's size. Raises BrowserCannot where it cannot be as narrow or so set."""
        width, height = self.device.viewport
        if self.device.timezone:
            raise BrowserCannot(f"{self.browser.engine} cannot be given a time zone")
        with _refusals("the window's size"):
            self.driver.set_window_rect(0, 0, width, height)
            inner = self.driver.execute_script("return [innerWidth, innerHeight];")
            if inner != [width, height]:
                self.driver.set_window_rect(0, 0, 2 * width - inner[0], 2 * height - inner[1])
                inner = self.driver.execute_script("return [innerWidth, innerHeight];")
        if inner[0] != width:
            raise BrowserCannot(f"{self.browser.engine} cannot show a window {width} pixels wide; it shows {inner[0]}")


@contextmanager
def _refusals(what: str) -> Iterator[None]:
    """Turn the errors of classic WebDriver into the harness's own."""
    try:
        yield
    except WebDriverException as error:
        raise CommandFailed(what, str(error.msg or type(error).__name__)) from error
    except (HTTPError, OSError) as error:
        raise BrowserGone(f"the browser did not answer {what}: {type(error).__name__}") from error
