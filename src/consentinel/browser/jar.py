"""A visitor's cookie jar, as the browser's own settings read and change it.

Source: WebDriver BiDi, section 7.8 (storage); Chrome DevTools Protocol, domain Storage.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any

from consentinel.browser.bidi import Connection
from consentinel.browser.spec import Engine

DEFAULT = "default"
"""The user context that a browser starts with: the one that a restart keeps."""

LONG_AGO = 1
"""An expiry in the past, in seconds since the epoch: to set a cookie that ended then is to remove it."""

_WRITABLE = ("name", "value", "domain", "path", "httpOnly", "secure", "expiry")


class CookieJar:
    """The jar of one user context.

    ChromeDriver removes cookies by setting them anew, with all that it knows of them. Chromium refuses that for a
    Secure cookie that a script has set without TLS, as it may on this machine: such a one is removed otherwise.
    """

    def __init__(self, bidi: Connection, engine: Engine, user_context: str) -> None:
        self._bidi, self._engine, self._context = bidi, engine, user_context
        self._partition = {"type": "storageKey", "userContext": user_context}

    def send(self) -> Future[dict[str, Any]]:
        """Ask for the whole jar: every party, HttpOnly and partitioned ones too."""
        return self._bidi.send("storage.getCookies", {"partition": self._partition})

    def empty(self) -> None:
        """Remove every cookie."""
        if self._engine is Engine.CHROMIUM:
            params = {} if self._context == DEFAULT else {"browserContextId": self._context}
            self._bidi.call("goog:cdp.sendCommand", {"method": "Storage.clearCookies", "params": params})
        else:
            self._bidi.call("storage.deleteCookies", {"partition": self._partition})

    def put(self, cookie: Mapping[str, Any]) -> None:
        """Put one cookie, in BiDi's form, into the jar."""
        self._bidi.call("storage.setCookie", {"cookie": dict(cookie), "partition": self._partition})

    def take_out(self, cookie: Mapping[str, Any]) -> None:
        """Remove one cookie, by name, domain and path."""
        if cookie.get("secure") and cookie.get("goog:sourceScheme") == "NonSecure":
            self.put({**written_anew(cookie), "expiry": LONG_AGO})
            return
        names = {key: cookie[key] for key in ("name", "domain", "path")}
        self._bidi.call("storage.deleteCookies", {"filter": names, "partition": self._partition})


def written_anew(cookie: Mapping[str, Any]) -> dict[str, Any]:
    """Return a cookie of the jar as BiDi takes it to write the same one again."""
    again = {key: cookie[key] for key in _WRITABLE if key in cookie}
    if cookie.get("sameSite") in ("strict", "lax") or (cookie.get("sameSite") == "none" and cookie.get("secure")):
        again["sameSite"] = cookie["sameSite"]
    return again
