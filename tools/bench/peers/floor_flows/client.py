"""The barest clients of DevTools and BiDi: one socket, one command at a time, events kept until they are waited for."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import websocket

LIMIT = 30.0
"""Seconds that an answer or an event may take."""


class Client:
    """A DevTools connection. `told` counts the events that nobody has waited for, by session and name."""

    def __init__(self, address: str) -> None:
        self.told: Counter[tuple[str, str]] = Counter()
        self._socket = websocket.create_connection(address, timeout=LIMIT, suppress_origin=True)
        self._number = 0

    def call(self, method: str, session: str = "", **params: Any) -> dict[str, Any]:
        """Send a command and return its result. Raises RuntimeError when the browser refuses it."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": params}
        self._socket.send(json.dumps(command | ({"sessionId": session} if session else {})))
        while True:
            answer = self._take()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return dict(answer["result"])

    def wait_for(self, session: str, event: str) -> None:
        """Wait until an event has come that nobody has waited for yet."""
        while not self.told[session, event]:
            self._take()
        self.told[session, event] -= 1

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _take(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._socket.recv())
        if "method" in message:
            self.told[self._place_of(message), message["method"]] += 1
        return message

    def _place_of(self, event: dict[str, Any]) -> str:
        return str(event.get("sessionId", ""))


C = TypeVar("C", bound=Client)


class BidiClient(Client):
    """A BiDi connection. `told` counts by browsing context and name."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address}/session")
        self.call("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.call("session.subscribe", events=["browsingContext.load"])

    def _place_of(self, event: dict[str, Any]) -> str:
        return str(event["params"].get("context", ""))


@contextmanager
def running_firefox(firefox: str, preferences: Mapping[str, object]) -> Iterator[BidiClient]:
    """Start Firefox with a profile of its own and connect to it; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="floor-", ignore_cleanup_errors=True) as folder:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        Path(folder, "user.js").write_text("".join(lines), encoding="utf-8")
        command = [firefox, "-headless", "--remote-debugging-port", "0", "-profile", folder]
        with _connected(command, BidiClient) as client:
            yield client


@contextmanager
def running(chromium: str, arguments: Sequence[str]) -> Iterator[Client]:
    """Start Chromium with a profile of its own and connect to it; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="floor-", ignore_cleanup_errors=True) as folder:
        command = [
            *(chromium, *arguments, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}"),
            *("--lang=en-GB", "--ignore-certificate-errors", "about:blank"),
        ]
        with _connected(command, Client) as client:
            yield client


@contextmanager
def _connected(command: Sequence[str], kind: type[C]) -> Iterator[C]:
    """Start a browser and connect to it; it ends with the block."""
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        client = kind(_address(browser))
        yield client
        client.close()
    finally:
        browser.terminate()
        browser.wait()


def _address(browser: subprocess.Popen[str]) -> str:
    assert browser.stderr is not None
    for line in browser.stderr:
        if "listening on ws://" in line:
            return line.rpartition(" ")[2].strip()
    raise RuntimeError("the browser did not start")
