"""The errors of a browser.

BrowserError
├── BrowserMissing     it is not installed, or cannot be started: a set-up failure
├── BrowserGone        it was there and is not any more: the scenario cannot be judged
├── BrowserCannot      it has no means for what the scenario needs: the scenario cannot be judged
├── PageStaysBlank     it has not drawn the page, and has no answer to a pointer there: the scenario cannot be judged
└── CommandFailed      it refused one command
    └── NavigationReplaced   the page navigated elsewhere before it had loaded
"""


class BrowserError(Exception):
    """The root of all failures of a browser. The message is one line that a person can act on."""


class BrowserMissing(BrowserError):
    """A browser or its driver is not installed or does not start."""


class BrowserGone(BrowserError):
    """The browser or its connection ended while it was in use."""


class BrowserCannot(BrowserError):
    """What is asked for cannot be done with this browser. The message says what, and in which browser."""


class PageStaysBlank(BrowserError):
    """The browser has not drawn the page that it shows. The message names the page."""


class CommandFailed(BrowserError):
    """The browser refused a command. `code` is BiDi's error code (WebDriver BiDi, section 7.3), else what was tried."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message.splitlines()[0] if message else ''}")
        self.code = code


class NavigationReplaced(CommandFailed):
    """Another navigation replaced this one, mostly one that the page started and that may still be loading."""
