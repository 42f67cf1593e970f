"""One running browser: Selenium's classic session and, where the engine has it, a BiDi connection beside it."""

from __future__ import annotations

import contextlib
import locale
import os
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver
from urllib3.exceptions import HTTPError

from consentinel.browser import locate
from consentinel.browser.bidi import Connection
from consentinel.browser.errors import BrowserError, BrowserGone, BrowserMissing, CommandFailed
from consentinel.browser.events import DEAD_ENDS, FAILED, INTERCEPTED, REALM, SPOKEN, EventHub
from consentinel.browser.grid import connect
from consentinel.browser.isolated import read_by
from consentinel.browser.options import options_for
from consentinel.browser.reaper import SCRAPS, keep
from consentinel.browser.spec import BrowserSpec, Engine

EVENTS = (
    "browsingContext.contextCreated",
    "browsingContext.contextDestroyed",
    "browsingContext.fragmentNavigated",
    "browsingContext.historyUpdated",
    "browsingContext.load",
    "browsingContext.navigationStarted",
    "network.beforeRequestSent",
    "network.responseCompleted",
    "network.fetchError",
    "script.message",
)

SIGN_OF_LIFE_S = 5.0
"""Seconds in which a browser that lives answers that it does."""

INSTALL = {
    Engine.CHROMIUM: "install Chromium and its driver (Debian: chromium, chromium-driver), "
    "or let Selenium Manager download them",
    Engine.FIREFOX: "install Firefox (Debian: firefox-esr), or let Selenium Manager download it",
    Engine.WEBKIT: "install WebKitWebDriver, MiniBrowser and Xvfb (Debian: webkit2gtk-driver, xvfb)",
}


@dataclass(slots=True)
class Browser:
    """A browser process. `bidi` is None for an engine that has only classic WebDriver."""

    spec: BrowserSpec
    driver: WebDriver
    bidi: Connection | None
    version: str
    home: str
    hub: EventHub = field(default_factory=EventHub)
    on_quit: list[Callable[[], None]] = field(default_factory=list)
    focused: str = ""
    """The tab that classic commands act on, as far as it is known."""
    ended: bool = False
    """Whether it was ended on purpose."""
    left: tuple[str, Callable[[], None]] | None = None
    """The user context of the visitor who left last, if it is still to be removed, and what is called then."""

    @property
    def engine(self) -> Engine:
        """The engine of this process."""
        return self.spec.engine

    @property
    def connection(self) -> Connection:
        """The BiDi connection. Raises BrowserGone where this engine has none."""
        if self.bidi is None:
            raise BrowserGone(f"{self.engine} offers no BiDi connection")
        return self.bidi

    @property
    def answers_as_one(self) -> bool:
        """Whether one answer by BiDi is proof of both connections: on this machine Chromium's BiDi is its driver's."""
        return self.engine is Engine.CHROMIUM and not self.spec.grid

    @property
    def alive(self) -> bool:
        """Whether both connections to it answer: a Grid may end the classic session while BiDi still answers."""
        try:
            if self.answers_as_one:
                return bool(self.connection.call("browser.getUserContexts", limit=SIGN_OF_LIFE_S)["userContexts"])
            if self.bidi is not None:
                self.bidi.call("session.status", limit=SIGN_OF_LIFE_S)
            return bool(self.driver.window_handles)
        except (BrowserError, WebDriverException, HTTPError, OSError):
            return False

    @property
    def lost(self) -> bool:
        """Whether it ended unasked."""
        return not self.ended and not self.alive

    def quit(self) -> None:
        """End the process. A process that has already ended is no error."""
        self.ended = True
        if self.bidi is not None:
            with contextlib.suppress(Exception):
                self.bidi.close()
        with contextlib.suppress(WebDriverException, OSError, BrowserGone, HTTPError):
            self.driver.quit()
        if self.left is not None:  # no later visitor leaves, and their port is to be used again
            (_, then), self.left = self.left, None
            then()
        for end in self.on_quit:
            end()


def launch(spec: BrowserSpec, display: str = "") -> Browser:
    """Start a browser, on the X display if one is named. Raises BrowserMissing, which says what to install."""
    if not spec.grid:
        keep()
    scraps = tempfile.TemporaryDirectory(prefix=SCRAPS, ignore_cleanup_errors=True)
    try:
        driver = _driver(spec, options_for(spec), _environment(spec, display, scraps.name))
    except (WebDriverException, OSError, ValueError) as error:
        scraps.cleanup()
        first = str(getattr(error, "msg", None) or error).strip().splitlines()
        detail = first[0].partition("; For documentation")[0] if first else type(error).__name__
        raise BrowserMissing(f"{spec.engine} did not start: {detail} - {INSTALL[spec.engine]}") from error
    address = driver.capabilities.get("webSocketUrl")
    is_chromium = spec.engine is Engine.CHROMIUM
    hub = EventHub(hears_of_realms=is_chromium)
    events = (*EVENTS, FAILED, REALM, SPOKEN, INTERCEPTED) if is_chromium else EVENTS
    bidi = _converse(driver, address, hub, events) if isinstance(address, str) else None
    if bidi is not None and spec.engine is Engine.FIREFOX:
        with contextlib.suppress(CommandFailed):  # earlier versions have no such events
            bidi.call("session.subscribe", {"events": list(DEAD_ENDS)})
    if bidi is not None and is_chromium:
        read_by(bidi, driver)
    version = f"{driver.capabilities.get('browserName', spec.engine)} {driver.capabilities.get('browserVersion', '')}"
    return Browser(spec, driver, bidi, version.strip(), driver.current_window_handle, hub, [scraps.cleanup])


def _converse(driver: WebDriver, address: str, hub: EventHub, events: Sequence[str]) -> Connection:
    """Return the BiDi connection. If there is none, end the browser and raise BrowserError."""
    try:
        bidi = Connection(address)
        bidi.on_unread = hub.unread
        bidi.listen(hub)
        bidi.call("session.subscribe", {"events": list(events)})
    except BrowserError:
        with contextlib.suppress(WebDriverException, OSError, HTTPError):
            driver.quit()
        raise
    return bidi


def _driver(spec: BrowserSpec, options: ArgOptions, environment: dict[str, str]) -> WebDriver:
    if spec.grid:
        return connect(spec.grid, options)
    if spec.engine is Engine.CHROMIUM:
        chrome = webdriver.ChromeService(locate.chromedriver(), env=environment)
        return webdriver.Chrome(options=options, service=chrome)  # type: ignore[arg-type]
    if spec.engine is Engine.FIREFOX:
        gecko = webdriver.FirefoxService(locate.geckodriver(), env=environment)
        return webdriver.Firefox(options=options, service=gecko)  # type: ignore[arg-type]
    webkit = webdriver.WebKitGTKService(locate.webkit_driver() or "WebKitWebDriver", env=environment)
    with warnings.catch_warnings():
        # Selenium 4.51 calls itself here in a way that it has deprecated.
        warnings.filterwarnings("ignore", "setting remote_server_addr", DeprecationWarning)
        return webdriver.WebKitGTK(options=options, service=webkit)  # type: ignore[arg-type]


def _environment(spec: BrowserSpec, display: str, scraps: str) -> dict[str, str]:
    """Return the environment variables of a driver and its browser.

    TMPDIR is a folder for temporary files: drivers kill their browsers, which leave profiles and sockets behind. For
    WebKitGTK also the display, the pixel ratio and the language.
    """
    environment = {**os.environ, "TMPDIR": scraps}
    if spec.engine is Engine.FIREFOX:
        environment["MOZ_REMOTE_SETTINGS_DEVTOOLS"] = "1"  # else Firefox contacts Mozilla despite its preferences
    if display:
        environment["DISPLAY"] = display
    if spec.engine.is_classic and spec.device:
        environment["GDK_SCALE"] = f"{spec.device.pixel_ratio:.0f}"
        if spec.device.locale:
            wanted = spec.device.locale.replace("-", "_")
            environment["LC_ALL"] = locale.normalize(f"{wanted}.UTF-8")
    return environment
