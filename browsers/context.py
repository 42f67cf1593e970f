"""A visitor's own part of a browser: a user context with its own jar, its own tabs and its own proxy port.

Source: WebDriver BiDi, sections 7.2 (browser), 7.4 (emulation), 7.3 (browsingContext) and 7.8 (storage).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from browsers.bidi import Connection, result_of
from browsers.errors import BrowserError
from browsers.events import EventListener, Frame
from browsers.process import Browser
from browsers.setup import Engine


@dataclass(frozen=True, slots=True)
class Device:
    """What the visitor holds: window size in CSS pixels, pixel ratio, user agent and language."""

    viewport: tuple[int, int] = (1280, 800)
    pixel_ratio: float = 1.0
    user_agent: str | None = None
    locale: str | None = None


DESKTOP = Device()
PHONE = Device(
    viewport=(390, 844),
    pixel_ratio=2.0,
    user_agent="Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/156.0.0.0 Mobile Safari/537.36",
)


DEFAULT = "default"
"""The user context that a browser starts with: the one that a restart keeps."""


class UserContext:
    """One visitor's jar and tabs inside a shared browser process."""

    def __init__(
        self,
        browser: Browser,
        device: Device = DESKTOP,
        proxy: tuple[str, int] | None = None,
        shared: bool = True,
    ) -> None:
        self.browser = browser
        self.device = device
        self.bidi: Connection = browser.connection
        self._own = shared
        self.id = _create(browser, proxy) if shared else DEFAULT
        self.tab = ""

    def listen(self, listener: EventListener) -> None:
        """Tell `listener` of every event in this visitor's frames, on the reader's thread."""
        self.browser.hub.listeners[self.id] = listener

    def add_preload(self, function: str, channel: str = "") -> None:
        """Run `function` before the scripts of every document that this visitor opens from now on.

        With a `channel`, the function's argument sends what it is called with as an event of that channel.
        """
        arguments = [{"type": "channel", "value": {"channel": channel, "ownership": "none"}}] if channel else []
        self.bidi.call(
            "script.addPreloadScript",
            {"functionDeclaration": function, "arguments": arguments, "userContexts": [self.id]},
        )

    def open_tab(self) -> str:
        """Open a tab, dress it as the device, and make it the current one."""
        created = self.bidi.send("browsingContext.create", {"type": "tab", "userContext": self.id})
        self.tab = str(result_of(created, "browsingContext.create")["context"])
        for answer in self._dress(self.tab):
            result_of(answer, "the device's appearance")
        self.focus()
        return self.tab

    def focus(self) -> None:
        """Make this visitor's tab the one that classic commands act on."""
        self.browser.driver.switch_to.window(self.tab)

    def navigate(self, url: str) -> None:
        """Load an address in the current tab, until its load event. Raises CommandFailed when nothing answers."""
        self.bidi.call("browsingContext.navigate", {"context": self.tab, "url": url, "wait": "complete"})

    def frames(self) -> list[Frame]:
        """The visitor's open frames, tabs first."""
        return self.browser.hub.of(self.id)

    def tabs(self) -> list[str]:
        """The visitor's open tabs."""
        return [frame.id for frame in self.frames() if frame.id == frame.top]

    def send_cookies(self) -> Future[dict[str, Any]]:
        """Ask for the whole jar: every party, HttpOnly and partitioned ones too."""
        return self.bidi.send("storage.getCookies", {"partition": self._jar})

    def delete_cookies(self) -> None:
        """Empty the whole jar, as the browser's own settings do."""
        self.bidi.call("storage.deleteCookies", {"partition": self._jar})

    def set_cookie(self, cookie: Mapping[str, Any]) -> None:
        """Put one cookie, in BiDi's form, into the jar."""
        self.bidi.call("storage.setCookie", {"cookie": dict(cookie), "partition": self._jar})

    def delete_cookie(self, cookie: Mapping[str, Any]) -> None:
        """Take one cookie, by name, domain and path, out of the jar."""
        names = {key: cookie[key] for key in ("name", "domain", "path")}
        self.bidi.call("storage.deleteCookies", {"filter": names, "partition": self._jar})

    def close_tabs(self) -> None:
        """Close all tabs, as on leaving the browser; the jar stays."""
        for tab in self.tabs():
            with contextlib.suppress(BrowserError):
                self.bidi.call("browsingContext.close", {"context": tab})
        self.tab = ""

    def close(self) -> None:
        """End the visitor: tabs, jar and storage go. The browser goes on."""
        if self._own:
            with contextlib.suppress(BrowserError):
                self.bidi.call("browser.removeUserContext", {"userContext": self.id})
        self.browser.hub.listeners.pop(self.id, None)

    @property
    def _jar(self) -> dict[str, str]:
        return {"type": "storageKey", "userContext": self.id}

    def _dress(self, tab: str) -> list[Future[dict[str, Any]]]:
        width, height = self.device.viewport
        viewport: dict[str, Any] = {"context": tab, "viewport": {"width": width, "height": height}}
        if self.device.pixel_ratio != 1.0:
            viewport["devicePixelRatio"] = self.device.pixel_ratio
        sent = [self.bidi.send("browsingContext.setViewport", viewport)]
        if self.device.user_agent:
            sent.append(
                self.bidi.send(
                    "emulation.setUserAgentOverride", {"userAgent": self.device.user_agent, "contexts": [tab]}
                )
            )
        if self.device.locale:
            sent.append(
                self.bidi.send("emulation.setLocaleOverride", {"locale": self.device.locale, "contexts": [tab]})
            )
        return sent


def _create(browser: Browser, proxy: tuple[str, int] | None) -> str:
    return str(browser.connection.call("browser.createUserContext", _creation(browser, proxy))["userContext"])


def _creation(browser: Browser, proxy: tuple[str, int] | None) -> dict[str, Any]:
    params: dict[str, Any] = {"acceptInsecureCerts": True}
    if proxy is not None:
        address = f"{proxy[0]}:{proxy[1]}"
        params["proxy"] = {"proxyType": "manual", "httpProxy": address, "sslProxy": address}
        if browser.engine is Engine.CHROMIUM:
            params["proxy"]["noProxy"] = ["<-loopback>"]  # Chromium's way to say: loopback too
    return params
