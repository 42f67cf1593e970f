"""The browsers of one worker: a process for each set-up that a scenario asks for, shared by all that ask for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from browsers.errors import BrowserError
from browsers.process import Browser, launch
from browsers.setup import Setup


@dataclass(slots=True)
class Fleet:
    """Starts each browser when it is first asked for, and ends all of them at the end."""

    running: dict[Setup, Browser] = field(default_factory=dict)
    own: list[Browser] = field(default_factory=list)

    def browser(self, setup: Setup) -> Browser:
        """The shared browser of this set-up; one that has died meanwhile is replaced. Raises BrowserMissing."""
        browser = self.running.get(setup)
        if browser is not None and not _alive(browser):
            browser.quit()
            browser = None
        if browser is None:
            browser = self.running[setup] = launch(setup)
        return browser

    def own_browser(self, setup: Setup) -> Browser:
        """A browser process that nobody shares. Raises BrowserMissing."""
        browser = launch(setup)
        self.own.append(browser)
        return browser

    def end(self, browser: Browser) -> None:
        """End a browser that nobody shares."""
        if browser in self.own:
            self.own.remove(browser)
        browser.quit()

    def close(self) -> None:
        """End every browser."""
        for browser in [*self.own, *self.running.values()]:
            browser.quit()
        self.own.clear()
        self.running.clear()


def _alive(browser: Browser) -> bool:
    """Whether both ways to the browser answer: a Grid may end the classic session while BiDi still answers."""
    try:
        if browser.bidi is not None:
            browser.bidi.call("session.status", limit=5.0)
        return bool(browser.driver.window_handles)
    except (BrowserError, WebDriverException, HTTPError, OSError):
        return False
