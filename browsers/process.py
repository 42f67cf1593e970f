"""One running browser: Selenium's classic session and, where the engine has it, a BiDi connection beside it."""

from __future__ import annotations

import contextlib
import locale
import os
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from browsers import locate
from browsers.bidi import Connection
from browsers.errors import BrowserGone, BrowserMissing
from browsers.events import SPOKEN, EventHub
from browsers.grid import connect
from browsers.options import options_for
from browsers.setup import Engine, Setup

EVENTS = (
    "browsingContext.contextCreated",
    "browsingContext.contextDestroyed",
    "browsingContext.historyUpdated",
    "browsingContext.load",
    "browsingContext.navigationStarted",
    "network.beforeRequestSent",
    "network.responseCompleted",
    "network.fetchError",
    "script.message",
)

INSTALL = {
    Engine.CHROMIUM: "install Chromium and its driver (Debian: chromium, chromium-driver), "
    "or let Selenium Manager download them",
    Engine.FIREFOX: "install Firefox (Debian: firefox-esr), or let Selenium Manager download it",
    Engine.WEBKIT: "install WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver, xvfb)",
}


@dataclass(slots=True)
class Browser:
    """A browser process. `bidi` is None for an engine that has only classic WebDriver."""

    setup: Setup
    driver: WebDriver
    bidi: Connection | None
    version: str
    home: str
    hub: EventHub = field(default_factory=EventHub)
    on_quit: list[Callable[[], None]] = field(default_factory=list)
    focused: str = ""
    """The tab that classic commands act on, as far as it is known."""

    @property
    def engine(self) -> Engine:
        """The engine of this process."""
        return self.setup.engine

    @property
    def connection(self) -> Connection:
        """The BiDi connection. Raises BrowserGone where this engine has none."""
        if self.bidi is None:
            raise BrowserGone(f"{self.engine} offers no BiDi connection")
        return self.bidi

    def quit(self) -> None:
        """End the process; what has already gone is not missed."""
        if self.bidi is not None:
            with contextlib.suppress(Exception):
                self.bidi.close()
        with contextlib.suppress(WebDriverException, OSError, BrowserGone, HTTPError):
            self.driver.quit()
        for end in self.on_quit:
            end()


def launch(setup: Setup, display: str = "") -> Browser:
    """Start a browser, on the X display if one is named. Raises BrowserMissing, which says what to install."""
    try:
        driver = _driver(setup, options_for(setup), display)
    except (WebDriverException, OSError, ValueError) as error:
        first = str(getattr(error, "msg", None) or error).strip().splitlines()
        detail = first[0] if first else type(error).__name__
        raise BrowserMissing(f"{setup.engine} did not start: {detail} - {INSTALL[setup.engine]}") from error
    address = driver.capabilities.get("webSocketUrl")
    bidi, hub = None, EventHub()
    if isinstance(address, str):
        bidi = Connection(address)
        bidi.listen(hub)
        events = (*EVENTS, SPOKEN) if setup.engine is Engine.CHROMIUM else EVENTS
        bidi.call("session.subscribe", {"events": list(events)})
    version = f"{driver.capabilities.get('browserName', setup.engine)} {driver.capabilities.get('browserVersion', '')}"
    return Browser(setup, driver, bidi, version.strip(), driver.current_window_handle, hub)


def _driver(setup: Setup, options: ArgOptions, display: str) -> WebDriver:
    if setup.grid:
        return connect(setup.grid, options)
    if setup.engine is Engine.CHROMIUM:
        chrome = webdriver.ChromeService(locate.chromedriver())
        return webdriver.Chrome(options=options, service=chrome)  # type: ignore[arg-type]
    if setup.engine is Engine.FIREFOX:
        gecko = webdriver.FirefoxService(locate.geckodriver())
        return webdriver.Firefox(options=options, service=gecko)  # type: ignore[arg-type]
    environment = _environment(setup, display)
    webkit = webdriver.WebKitGTKService(locate.webkit_driver() or "WebKitWebDriver", env=environment)
    with warnings.catch_warnings():
        # Selenium 4.51 calls itself here in a way that it has deprecated.
        warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
        return webdriver.WebKitGTK(options=options, service=webkit)  # type: ignore[arg-type]


def _environment(setup: Setup, display: str) -> dict[str, str]:
    """What WebKitGTK can be told in no other way: where to show itself, how many pixels to a point, the language."""
    told = dict(os.environ)
    if display:
        told["DISPLAY"] = display
    if setup.device:
        told["GDK_SCALE"] = f"{setup.device.pixel_ratio:.0f}"
        if setup.device.locale:
            wanted = setup.device.locale.replace("-", "_")
            told["LC_ALL"] = locale.normalize(f"{wanted}.UTF-8")
    return told
