"""The interface of a visitor's browser context, with BiDi or with classic WebDriver: tabs, pages and a cookie jar."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from consentinel.browser.device import Device
from consentinel.browser.errors import BrowserCannot
from consentinel.browser.events import EventListener
from consentinel.browser.process import Browser

HasCome = Callable[[Future[dict[str, Any]]], bool]
"""Waits for the browser's word that a page has loaded, for as long as it sees fit; whether it came."""

BY_POINTER = "a link of the page, by pointer"
BY_SCRIPT = "a link of the page that the pointer does not reach, by script"
BY_ADDRESS = "its address"
"""How a visitor came to a page."""


class Context(ABC):
    """One visitor's cookie jar and tabs. `tab` is the current tab's handle, empty while none is open."""

    browser: Browser
    device: Device
    tab: str

    @abstractmethod
    def listen(self, listener: EventListener) -> None:
        """Call `listener` with every event in this visitor's frames, on a thread of the BiDi connection."""

    @abstractmethod
    def add_preload(self, function: str, channel: str = "") -> None:
        """Run `function` before the scripts of every document that this visitor opens in tabs opened from now on."""

    def watch_documents(self, function: str) -> None:
        """Run `function` before the scripts of every document from now on, where `ask` asks. Raises BrowserCannot."""
        raise BrowserCannot(f"{self.browser.engine} runs no script before a page's own")

    @abstractmethod
    def open_tab(self) -> str:
        """Open a tab that emulates the device, and make it the current one."""

    @abstractmethod
    def show_first_tab(self) -> None:
        """Make the oldest open tab the current one, and bring it to the front."""

    @abstractmethod
    def focus(self) -> None:
        """Make this visitor's tab the one that classic commands act on."""

    @abstractmethod
    def navigate(self, url: str, has_come: HasCome = lambda _: True) -> None:
        """Load an address in the current tab, until its load event.

        `has_come` waits for the future of the answer. If it gives up it returns False, and the page is left as it is.
        Raises CommandFailed when nothing answers, NavigationReplaced when the page goes elsewhere before it has loaded.
        """

    @abstractmethod
    def follow(self, url: str) -> str:
        """Click a visible link of the current tab that leads to an address. Return how, or "" where no link does.

        Unlike `navigate`, the request carries a referrer, and the call may return before the load event.
        """

    @abstractmethod
    def traverse(self, delta: int) -> None:
        """Go `delta` pages forward in the current tab's history, or back if it is negative. Raises CommandFailed."""

    @abstractmethod
    def hover(self, elements: str) -> bool:
        """Rest the pointer on the first element of a JavaScript expression's list that it reaches.

        Return False if it reaches none. Raises BrowserCannot.
        """

    @abstractmethod
    def reload(self) -> None:
        """Load the current tab's page anew; may not wait for the load event. Raises CommandFailed."""

    def print_page(self) -> None:
        """Print the current tab's page; what is printed goes nowhere. Raises BrowserCannot, CommandFailed."""
        raise BrowserCannot(f"{self.browser.engine} cannot be told to print a page")

    def turn_screen(self) -> None:
        """Turn the current tab's screen on its side. Raises BrowserCannot, CommandFailed."""
        raise BrowserCannot(f"{self.browser.engine} cannot be told to turn its screen")

    @abstractmethod
    def ask(self, expression: str) -> str:
        """Return the text of a JavaScript expression in the current tab's document. Raises CommandFailed.

        If the engine has sandboxes, the expression runs in one, out of reach of the page's scripts.
        """

    def ask_everywhere(self, expression: str) -> None:
        """Evaluate a JavaScript expression in the page that is open, and where possible in its frames."""
        self.ask(expression)

    def let_go_when_left(self) -> None:
        """Have the browser load the open page anew when a visitor goes back to it, if the driver needs that."""
        return

    @abstractmethod
    def loads(self) -> int:
        """Return how many documents the current tab has loaded."""

    @abstractmethod
    def delete_cookies(self) -> None:
        """Delete every cookie, as the browser's own settings do. Raises BrowserCannot."""

    @abstractmethod
    def close(self, then: Callable[[], None]) -> None:
        """Close the visitor's tabs and delete their cookies and storage. `then` is called after their last event."""
