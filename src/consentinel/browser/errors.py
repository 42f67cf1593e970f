"""What can go wrong with a browser.

BrowserError
├── BrowserMissing     it is not installed, or cannot be started: a set-up failure
├── BrowserGone        it was there and is not any more: the scenario cannot be judged
├── BrowserCannot      it has no means for what the scenario needs: the scenario cannot be judged
└── CommandFailed      it refused one command
    └── NavigationReplaced   it left an address before it had loaded
"""


class BrowserError(Exception):
    """The root of all failures of a browser. The message is one line that a person can act on."""


class BrowserMissing(BrowserError):
    """A browser or its driver is not installed or does not start."""


class BrowserGone(BrowserError):
    """The browser or its connection ended while it was in use."""


class BrowserCannot(BrowserError):
    """What is asked for cannot be done with this browser. The message says what, and in which browser."""


class CommandFailed(BrowserError):
    """The browser refused a command. `code` is BiDi's error code (WebDriver BiDi, section 7.3), else what was tried."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message.splitlines()[0] if message else ''}")
        self.code = code


class NavigationReplaced(CommandFailed):
    """The navigation was given up, mostly for one of the page's own, which may still be loading."""
