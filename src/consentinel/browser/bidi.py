"""A small WebDriver BiDi client: one websocket, one reader thread, events in the order in which they arrived.

Selenium's own binding starts a thread for each event and polls for each answer; both cost order and time. This
client is used beside Selenium on the same session: classic commands stay Selenium's, evidence is read here.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from consentinel.browser.errors import BrowserGone, CommandFailed

Params = Mapping[str, Any]
Listener = Callable[[str, dict[str, Any]], None]
Unread = Callable[[str, Exception], None]

log = logging.getLogger(__name__)

ANSWER_LIMIT = 30.0
"""Seconds to wait for an answer before the browser counts as gone."""


class Connection:
    """A BiDi connection. `call` waits for its answer; `send` returns a future, so that calls can be pipelined."""

    def __init__(self, url: str) -> None:
        self._stack = contextlib.ExitStack()
        try:
            opening = connect(url, max_size=None, compression=None, open_timeout=ANSWER_LIMIT, ping_interval=None)
            self._socket: ClientConnection = self._stack.enter_context(opening)
        except (OSError, WebSocketException) as error:
            raise BrowserGone(f"no BiDi connection to the browser: {error}") from error
        self._ids = itertools.count(1)
        self._waiting: dict[int, Future[dict[str, Any]]] = {}
        self._listeners: list[Listener] = []
        self.on_unread: Unread = lambda what, error: None
        """Called with what could not be read, and why: it is no message, or a listener failed."""
        self._lock = threading.Lock()
        self._closed = False
        self._reader = threading.Thread(target=self._read, name="bidi", daemon=True)
        self._reader.start()

    def listen(self, listener: Listener) -> None:
        """Call `listener(method, params)` for each event, on the reader's thread, in order."""
        self._listeners.append(listener)

    def send(self, method: str, params: Params | None = None) -> Future[dict[str, Any]]:
        """Send a command and return at once; the future holds the result or CommandFailed."""
        number = next(self._ids)
        future: Future[dict[str, Any]] = Future()
        with self._lock:
            if self._closed:
                raise BrowserGone("the browser has closed its BiDi connection")
            self._waiting[number] = future
        message = json.dumps({"id": number, "method": method, "params": dict(params or {})})
        try:
            self._socket.send(message)
        except ConnectionClosed as error:
            raise BrowserGone("the browser has closed its BiDi connection") from error
        return future

    def call(self, method: str, params: Params | None = None, limit: float = ANSWER_LIMIT) -> dict[str, Any]:
        """Send a command and wait for its result, at most `limit` seconds.

        Raises CommandFailed when the browser refuses it and BrowserGone when no answer comes.
        """
        return result_of(self.send(method, params), method, limit)

    def close(self) -> None:
        """End the connection; commands still waiting fail with BrowserGone."""
        self._stack.close()
        self._reader.join(ANSWER_LIMIT)

    def _read(self) -> None:
        try:
            for message in self._socket:
                self._acknowledge()
                self._take(message)
        except (ConnectionClosed, OSError):
            pass  # the websocket has ended; waiting commands fail below
        finally:
            self._end()

    def _take(self, message: str | bytes) -> None:
        """Handle one message. A faulty message does not stop the reader."""
        content: Any = None
        try:
            content = json.loads(message)
            self._dispatch(content)
        except Exception as error:  # a browser, or a page by way of it, may send anything
            method = content.get("method") if isinstance(content, dict) else None
            what = method if isinstance(method, str) else "a message"
            log.exception("%s could not be read", what)
            self.on_unread(what, error)

    def _acknowledge(self) -> None:
        """Acknowledge the received data at once.

        Firefox holds a small message back until the one before it is acknowledged (Nagle's algorithm). Systems delay
        acknowledgements by 40 ms and more. Only Linux can be set not to, and the setting does not last.
        """
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # the connection has ended meanwhile; the received data is still read
                self._socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _end(self) -> None:
        with self._lock:
            self._closed = True
            waiting, self._waiting = list(self._waiting.values()), {}
        for future in waiting:
            future.set_exception(BrowserGone("the browser has closed its BiDi connection"))

    def _dispatch(self, message: dict[str, Any]) -> None:
        number = message.get("id")
        if number is None:
            if message.get("type") == "event":
                for listener in self._listeners:
                    listener(message["method"], message["params"])
            return
        with self._lock:
            future = self._waiting.pop(number, None)
        if future is None:
            return
        if message.get("type") == "error":
            future.set_exception(CommandFailed(message.get("error", ""), message.get("message", "")))
        else:
            future.set_result(message.get("result", {}))


def result_of(future: Future[dict[str, Any]], what: str, limit: float = ANSWER_LIMIT) -> dict[str, Any]:
    """Return the result of a command sent earlier. Raises as `Connection.call` does."""
    try:
        return future.result(limit)
    except FutureTimeout as error:
        raise BrowserGone(f"the browser did not answer {what} within {limit:g} s") from error
