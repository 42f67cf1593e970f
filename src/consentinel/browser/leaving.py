"""Takes a visitor's user context out of a shared browser, with its tabs, jar and storage, while nobody waits for it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

from consentinel.browser.bidi import Connection
from consentinel.browser.errors import BrowserError
from consentinel.browser.process import Browser
from consentinel.browser.spec import Engine


def leave(browser: Browser, user_context: str, tabs: Iterable[str], then: Callable[[], None]) -> None:
    """Close the tabs and remove the user context. `then` is called when it is gone, on the reader's thread.

    Firefox takes the visitor's proxy away with the user context. What a page sends as its tab closes would then go
    around the proxy, so there the user context stays until the next visitor leaves.
    """
    if browser.engine is not Engine.FIREFOX:
        _remove(browser.connection, user_context, then)
        return
    for tab in tabs:
        with contextlib.suppress(BrowserError):
            browser.connection.send("browsingContext.close", {"context": tab})
    before, browser.left = browser.left, (user_context, then)
    if before is not None:
        _remove(browser.connection, *before)


def _remove(bidi: Connection, user_context: str, then: Callable[[], None]) -> None:
    try:
        removal = bidi.send("browser.removeUserContext", {"userContext": user_context})
    except BrowserError:
        then()
    else:
        removal.add_done_callback(lambda _: then())
