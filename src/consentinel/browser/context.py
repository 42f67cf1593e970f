"""A visitor's user context in a shared browser: its own cookie jar, tabs and proxy port.

Source: WebDriver BiDi, sections 7.2 (browser), 7.3 (browsingContext) and 7.8 (storage).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from consentinel.browser.base import BY_POINTER, BY_SCRIPT, Context, HasCome
from consentinel.browser.bidi import Connection, result_of
from consentinel.browser.device import DESKTOP, Device
from consentinel.browser.emulation import emulate, viewport
from consentinel.browser.errors import BrowserError, CommandFailed, NavigationReplaced
from consentinel.browser.events import EventListener, Frame
from consentinel.browser.isolated import SANDBOX, look_at
from consentinel.browser.jar import DEFAULT, CookieJar
from consentinel.browser.leaving import leave
from consentinel.browser.page_scripts import CLICK, LET_GO, LINK, SHOWN, SPEAKING
from consentinel.browser.process import Browser
from consentinel.browser.spec import Engine

# The messages of Chromium and Firefox; Firefox mostly sends none (https://github.com/w3c/webdriver-bidi/issues/763).
_REPLACED = ("canceled by concurrent navigation", "ERR_ABORTED", "NS_BINDING_ABORTED")


class UserContext(Context):
    """One visitor's cookie jar and tabs inside a shared browser process."""

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
        self._jar = CookieJar(self.bidi, browser.engine, self.id)
        self._tab = ""
        self._opened: list[str] = []
        self._windows: set[str] = set()
        self._sent_ahead: list[Future[dict[str, Any]]] = emulate(self.bidi, self.id, device)
        if proxy is None:  # without a proxy only BiDi reports responses
            heads = {"events": ["network.responseStarted"], "userContexts": [self.id]}
            self._sent_ahead.append(self.bidi.send("session.subscribe", heads))
        self._cdp: Future[dict[str, Any]] | None = None

    @property
    def tab(self) -> str:
        """The current tab's handle, empty while none is open. A page that was shown ahead comes with its own."""
        return self.browser.hub.current(self._tab)

    @tab.setter
    def tab(self, tab: str) -> None:
        self._tab = tab

    def listen(self, listener: EventListener) -> None:
        """Call `listener` with every event in this visitor's frames, on the reader's thread."""
        self.browser.hub.listeners[self.id] = listener

    def add_preload(self, function: str, channel: str = "") -> None:
        """Run `function` before the scripts of every document that this visitor opens in tabs opened from now on.

        With a `channel`, the function's argument sends a list of flat objects as an event of that channel: as one
        BiDi value, or in Chromium as lines of JSON. Opening the next tab waits for the browser's answer.
        """
        arguments = []
        if channel and self.browser.engine is Engine.CHROMIUM:
            self.browser.hub.channels[channel] = self.id
            function = SPEAKING % {"channel": json.dumps(channel), "function": function}
        elif channel:
            arguments = [{"type": "channel", "value": {"channel": channel, "ownership": "none"}}]
        script = {"functionDeclaration": function, "arguments": arguments, "userContexts": [self.id]}
        self._sent_ahead.append(self.bidi.send("script.addPreloadScript", script))

    def watch_documents(self, function: str) -> None:
        """Run `function` before the scripts of every document from now on, where `ask` asks."""
        script = {"functionDeclaration": function, "userContexts": [self.id], "sandbox": SANDBOX}
        self.bidi.call("script.addPreloadScript", script)

    def open_tab(self) -> str:
        """Open a tab that emulates the device, and make it the current one."""
        created = self.bidi.send("browsingContext.create", {"type": "tab", "userContext": self.id})
        self.tab = str(result_of(created, "browsingContext.create")["context"])
        self._opened.append(self.tab)
        while self._sent_ahead:
            result_of(self._sent_ahead.pop(0), "the device's appearance, or a preload script")
        if self.browser.engine is Engine.CHROMIUM:
            self._cdp = self.bidi.send("goog:cdp.getSession", {"context": self.tab})
        self.focus()
        return self.tab

    def show_first_tab(self) -> None:
        """Make the oldest open tab the current one, and bring it to the front."""
        still = set(self.tabs())
        self.tab = next(tab for tab in map(self.browser.hub.current, self._opened) if tab in still)
        self.bidi.call("browsingContext.activate", {"context": self.tab})
        self.focus()

    def focus(self) -> None:
        """Make this visitor's tab the one that classic commands act on; input to a tab behind another window hangs."""
        windows = set(self.tabs()) - set(self._opened)
        if windows - self._windows:
            self.bidi.call("browsingContext.activate", {"context": self.tab})
        self._windows = windows
        if self.browser.focused != self.tab:
            self.browser.driver.switch_to.window(self.tab)
            self.browser.focused = self.tab
            look_at(self.browser.driver, self.tab)

    def navigate(self, url: str, has_come: HasCome = lambda _: True) -> None:
        """Load an address in the current tab, until its load event, as `Context.navigate` says."""
        params = {"context": self.tab, "url": url, "wait": "complete"}
        loading = self.bidi.send("browsingContext.navigate", params)
        if not has_come(loading):
            return
        try:
            result_of(loading, "browsingContext.navigate")
        except CommandFailed as error:
            if any(sign in str(error) for sign in _REPLACED):
                raise NavigationReplaced(error.code, str(error).partition(": ")[2]) from error
            raise

    def follow(self, url: str) -> str:
        """Click a visible link of the current tab that leads to an address. Return how, or "" where no link does.

        Unlike `navigate`, the request carries a referrer, and the call does not wait for the load event. The pointer
        comes from outside the page and passes over the link, as a person's does.
        """
        found = self._call(LINK, {"type": "string", "value": url}).get("result", {}).get("value")
        if not isinstance(found, list):
            return ""
        link, is_met = found
        if is_met.get("value"):
            self._point(link, [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])
            return BY_POINTER
        self._call(CLICK, {"sharedId": link["sharedId"]})
        return BY_SCRIPT

    def traverse(self, delta: int) -> None:
        """Go `delta` pages forward in the current tab's history, or back if it is negative. Raises CommandFailed."""
        self.bidi.call("browsingContext.traverseHistory", {"context": self.tab, "delta": delta})

    def hover(self, elements: str) -> bool:
        """Rest the pointer on the first element of a JavaScript expression's list that it reaches. Return if it did."""
        found = self._call(SHOWN % elements, {"type": "undefined"}).get("result", {})
        if "sharedId" not in found:
            return False
        self._point(found, [])
        return True

    def reload(self) -> None:
        """Begin to load the current tab's page anew. Raises CommandFailed."""
        self.bidi.call("browsingContext.reload", {"context": self.tab, "wait": "none"})

    def print_page(self) -> None:
        """Print the current tab's page; what is printed goes nowhere. Raises CommandFailed.

        Firefox prints copies of the frames. It reports that they come, as tabs, and never that they go.
        """
        self.bidi.call("browsingContext.print", {"context": self.tab})
        reported = self.frames()
        self.browser.hub.keep_only(reported, self.bidi.call("browsingContext.getTree", {})["contexts"])

    def turn_screen(self) -> None:
        """Turn the current tab's screen on its side. Raises CommandFailed."""
        size = viewport(self.device.turned())
        self.bidi.call("browsingContext.setViewport", {"context": self.tab} | size)

    def _call(self, function: str, argument: dict[str, Any]) -> dict[str, Any]:
        """Call a function with the rights of a visitor's click, out of reach of the page's scripts."""
        target = {"context": self.tab, "sandbox": SANDBOX}
        params = {"functionDeclaration": function, "arguments": [argument], "awaitPromise": True, "target": target}
        return self.bidi.call("script.callFunction", {**params, "userActivation": True})

    def _point(self, element: Mapping[str, Any], actions: list[dict[str, Any]]) -> None:
        """Move the pointer to the middle of an element, and do this there."""
        origin = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        moves = [{"type": "pointerMove", "x": 0, "y": 0, "origin": origin}, *actions]
        pointer = {"type": "pointer", "id": "consentinel-pointer", "actions": moves}
        self.bidi.call("input.performActions", {"context": self.tab, "actions": [pointer]})

    def ask(self, expression: str, frame: str = "") -> str:
        """Return the text of an expression, or of its promise, in the tab or a frame, out of reach of its scripts."""
        target = {"context": frame or self.tab, "sandbox": SANDBOX}
        answer = self.bidi.call("script.evaluate", {"expression": expression, "target": target, "awaitPromise": True})
        if answer.get("type") == "exception":
            raise CommandFailed("script.evaluate", answer["exceptionDetails"]["text"])
        return str(answer["result"].get("value", ""))

    def ask_everywhere(self, expression: str) -> None:
        """Evaluate an expression in the page and its frames: a consent service's may hold the choice."""
        self.ask(expression)
        for frame in [frame.id for frame in self.frames() if frame.answers and frame.parent]:
            with contextlib.suppress(CommandFailed):  # the frame has gone, or may keep nothing
                self.ask(expression, frame)

    def let_go_when_left(self) -> None:
        """Have the browser load a page with frames anew when a visitor goes back to it, if the driver needs that.

        ChromeDriver 156 takes the frames of a page that Chromium had kept for new ones, and from then on fails in every
        command. Nobody waits for the answer, and no script of the page's sees the listener.
        """
        if self.browser.engine is Engine.CHROMIUM and any(frame.parent == self.tab for frame in self.frames()):
            target = {"context": self.tab, "sandbox": SANDBOX}
            self.bidi.send("script.evaluate", {"expression": LET_GO, "target": target, "awaitPromise": False})

    def loads(self) -> int:
        """Return how many documents the current tab has loaded."""
        frame = self.browser.hub.frames.get(self.tab)
        return frame.loads if frame else 0

    def frames(self) -> list[Frame]:
        """Return the visitor's open frames, tabs first."""
        return self.browser.hub.of(self.id)

    def tabs(self) -> list[str]:
        """Return the visitor's open tabs."""
        return [frame.id for frame in self.frames() if frame.id == frame.top]

    def send_cookies(self) -> Future[dict[str, Any]]:
        """Ask for the whole jar: every party, HttpOnly and partitioned ones too."""
        return self._jar.send()

    def send_screenshot(self) -> Future[dict[str, Any]]:
        """Ask for a picture of the current tab, in the answer as base64."""
        if self._cdp is not None and len(self.tabs()) == 1:
            # Half as dear as BiDi's, which first brings the tab to the front: a lone tab is there already.
            with contextlib.suppress(CommandFailed):
                session = result_of(self._cdp, "goog:cdp.getSession")["session"]
                shot = {"format": "jpeg", "quality": 60, "optimizeForSpeed": True}
                command = {"method": "Page.captureScreenshot", "params": shot, "session": session}
                return self.bidi.send("goog:cdp.sendCommand", command)
        shot = {"context": self.tab, "format": {"type": "image/jpeg", "quality": 0.6}}
        return self.bidi.send("browsingContext.captureScreenshot", shot)

    def delete_cookies(self) -> None:
        """Empty the whole jar, as the browser's own settings do."""
        self._jar.empty()

    def set_cookie(self, cookie: Mapping[str, Any]) -> None:
        """Put one cookie, in BiDi's form, into the jar."""
        self._jar.put(cookie)

    def delete_cookie(self, cookie: Mapping[str, Any]) -> None:
        """Take one cookie, by name, domain and path, out of the jar."""
        self._jar.take_out(cookie)

    def close_tabs(self) -> None:
        """Close all tabs, as on leaving the browser; the jar stays."""
        for tab in self.tabs():
            with contextlib.suppress(BrowserError):
                self.bidi.call("browsingContext.close", {"context": tab})
        self.tab = self.browser.focused = ""

    def close(self, then: Callable[[], None] = lambda: None) -> None:
        """Close the tabs and delete jar and storage. The browser stays. The visitor's listener is called no more.

        `then` is called, on the reader's thread, when nothing more can come from this visitor.
        """
        self.browser.hub.forget(self.id)
        self.browser.focused = ""
        if not self._own:
            then()
            return
        leave(self.browser, self.id, self.tabs(), then)


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
