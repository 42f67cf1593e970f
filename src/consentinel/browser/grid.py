"""A Selenium Grid: its status, and a session on it.

In `/status`, a node is a machine; a slot is capacity for one session of one browser there. A dead node stays "UP" until
its heartbeats are missed, for minutes by default, so `free` is an estimate and no reservation.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

import requests
from pydantic import BaseModel, Field, ValidationError
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.options import ArgOptions
from urllib3.exceptions import HTTPError

from consentinel.browser.errors import BrowserMissing
from consentinel.browser.selenium_internals import bidi_address_of, client_config, set_bidi_address

STATUS_LIMIT = 10.0
"""Seconds to wait for the Grid's status."""
SESSION_LIMIT = 120.0
"""Seconds to wait for a session, the time in the Grid's queue included."""
RETRY_S = 1.0
NODE_DIED = "Connection error"
"""What Grid 4.48 answers when the node that it chose does not."""


class GridUnreachable(BrowserMissing):
    """No Selenium Grid answers at the address: a set-up failure."""


class GridCannot(BrowserMissing):
    """The Grid answers but has no node, slot or session for the request."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Capacity for one session of `browser`, as its node's stereotype names it. `session` is its session's id."""

    browser: str
    session: str = ""

    @property
    def busy(self) -> bool:
        """Whether a session runs in it."""
        return bool(self.session)


@dataclass(frozen=True, slots=True)
class Node:
    """One machine of the Grid. It runs at most `max_sessions` at once, however many slots it has."""

    uri: str
    up: bool
    max_sessions: int
    slots: tuple[Slot, ...]

    def sessions(self, browser: str) -> int:
        """Return how many sessions of this browser it can run at once."""
        return min(self.max_sessions, sum(slot.browser == browser for slot in self.slots)) if self.up else 0

    def free(self, browser: str) -> int:
        """Return how many more sessions of this browser it can start now."""
        room = self.max_sessions - sum(slot.busy for slot in self.slots)
        return min(room, sum(slot.browser == browser and not slot.busy for slot in self.slots)) if self.up else 0

    @property
    def here(self) -> bool:
        """Whether it runs on this machine, so that the harness's loopback addresses (wire proxy) are its own."""
        return _is_own(urlsplit(self.uri).hostname or "")


@dataclass(frozen=True, slots=True)
class GridStatus:
    """The Grid's own status at one moment."""

    url: str
    ready: bool
    nodes: tuple[Node, ...]

    @classmethod
    def read(cls, url: str, limit: float = STATUS_LIMIT) -> GridStatus:
        """Request the status, for at most `limit` seconds. Raises GridUnreachable with a message of one line."""
        try:
            answer = requests.get(f"{url.rstrip('/')}/status", timeout=limit)
        except (requests.RequestException, ValueError) as error:
            raise GridUnreachable(f"no Selenium Grid answers at {shown(url)}: {_why(error)}") from error
        try:
            status = _Answer.model_validate_json(answer.content).value
        except ValidationError as error:
            problem = f"what answers at {shown(url)} is no Selenium Grid (HTTP {answer.status_code})"
            raise GridUnreachable(problem) from error
        return cls(url, status.ready, tuple(map(_node, status.nodes)))

    @property
    def browsers(self) -> tuple[str, ...]:
        """The names of the browsers on offer."""
        return tuple(sorted({slot.browser for node in self.nodes if node.up for slot in node.slots}))

    def sessions(self, browser: str) -> int:
        """Return how many sessions of this browser the Grid can run at once."""
        return sum(node.sessions(browser) for node in self.nodes)

    def free(self, browser: str) -> int:
        """Return how many more sessions of this browser it can start now."""
        return sum(node.free(browser) for node in self.nodes)

    def lacks(self, browser: str) -> str:
        """Return a message that it lacks this browser and which ones it offers; empty if it has the browser."""
        if self.sessions(browser):
            return ""
        offer = ", ".join(self.browsers) or "no browser at all"
        return f"the Grid at {shown(self.url)} does not offer {browser}: it offers {offer}"

    def holds(self, session: str) -> bool:
        """Return whether a living node has this session.

        The socket of a dead node's session may stay open in silence.
        """
        return any(slot.busy and slot.session == session for node in self.nodes if node.up for slot in node.slots)

    @property
    def here(self) -> bool:
        """Whether all its nodes run on this machine."""
        return all(node.here for node in self.nodes if node.up)

    def workers(self, needs: Mapping[str, int]) -> int:
        """Return how many workers can work at once if each holds `needs[browser]` sessions.

        It is 0 where even one is too many.
        """
        return min((self.sessions(browser) // need for browser, need in needs.items() if need), default=0)


def connect(url: str, options: ArgOptions, limit: float = SESSION_LIMIT) -> webdriver.Remote:
    """Start a session on the Grid, at most `limit` seconds. Its capability `webSocketUrl` leads through the Grid.

    A Grid sends requests to a node that has just died until it notices. Such a request is repeated on a live node.
    Raises GridUnreachable when no Grid answers, and GridCannot when it does not offer the browser, has no free session
    in time or fails to start one.
    """
    begun, pause = time.monotonic(), threading.Event()
    while True:
        left = limit - (time.monotonic() - begun)
        try:
            return _start(url, options, max(left, 1.0))
        except _NodeDied:
            if left <= RETRY_S:
                raise
            pause.wait(RETRY_S)


def waiting(url: str, limit: float = STATUS_LIMIT) -> int:
    """Return how many requests for a session wait in the Grid's queue. Raises GridUnreachable."""
    try:
        answer = requests.get(f"{url.rstrip('/')}/se/grid/newsessionqueue/queue", timeout=limit)
        return len(_Queue.model_validate_json(answer.content).value)
    except requests.RequestException as error:
        raise GridUnreachable(f"no Selenium Grid answers at {shown(url)}: {_why(error)}") from error
    except ValidationError:
        return 0  # a hub that does not let its queue be read


def bidi_address(reported: str, grid: str) -> str:
    """Return the BiDi address through the Grid's own: a node often reports an address that only the node can reach.

    A node that was not given `--grid-url` puts its own idea of the hub's address there. The path is right.
    """
    base, websocket = urlsplit(grid), urlsplit(reported)
    prefix = base.path.rstrip("/").removesuffix("/wd/hub")
    path = websocket.path if websocket.path.startswith(f"{prefix}/") else prefix + websocket.path
    scheme = "wss" if base.scheme == "https" else "ws"
    return urlunsplit(SplitResult(scheme, base.netloc, path, websocket.query, ""))


def shown(url: str) -> str:
    """Return the address without user name and password."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


class _Stereotype(BaseModel):
    browser: str = Field("", alias="browserName")


class _Session(BaseModel):
    id: str = Field(alias="sessionId")


class _SlotAnswer(BaseModel):
    stereotype: _Stereotype
    session: _Session | None = None


class _NodeAnswer(BaseModel):
    uri: str
    availability: str
    max_sessions: int = Field(alias="maxSessions")
    slots: list[_SlotAnswer]


class _Value(BaseModel):
    ready: bool
    nodes: list[_NodeAnswer]


class _Answer(BaseModel):
    value: _Value


class _Queue(BaseModel):
    value: list[Any]


class _NodeDied(GridCannot):
    """The Grid gave the request to a node that does not answer."""


def _start(url: str, options: ArgOptions, limit: float) -> webdriver.Remote:
    browser = str(options.capabilities.get("browserName", ""))
    status = GridStatus.read(url)
    lacking = status.lacks(browser)
    if lacking:
        raise GridCannot(lacking)
    try:
        driver = webdriver.Remote(command_executor=url, options=options, client_config=client_config(url, limit))
    except HTTPError as error:
        raise _late(url, browser, limit) from error
    except WebDriverException as error:
        reason = (error.msg or type(error).__name__).splitlines()[0]
        kind = _NodeDied if NODE_DIED in reason else GridCannot
        raise kind(f"the Grid at {shown(url)} did not start {browser}: {reason}") from error
    address = bidi_address_of(driver)
    if address:
        set_bidi_address(driver, bidi_address(address, url))
    return driver


def _node(answer: _NodeAnswer) -> Node:
    slots = tuple(Slot(slot.stereotype.browser, slot.session.id if slot.session else "") for slot in answer.slots)
    return Node(answer.uri, answer.availability == "UP", answer.max_sessions, slots)


def _late(url: str, browser: str, limit: float) -> BrowserMissing:
    """Return the reason why no session started: the Grid is gone, or all its slots are in use."""
    try:
        status = GridStatus.read(url)
    except GridUnreachable as error:
        return error
    total = status.sessions(browser)
    use = f"{total - status.free(browser)} of {total} {browser} sessions are in use"
    return GridCannot(f"the Grid at {shown(url)} gave no session within {limit:.0f} s: {use}")


def _why(error: Exception) -> str:
    if isinstance(error, requests.ConnectTimeout | requests.ReadTimeout):
        return "it took too long"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not trusted"
    if isinstance(error, requests.ConnectionError):
        return "the connection was refused or the host is unknown"
    return "the address is not valid"


def _is_own(host: str) -> bool:
    """Return whether the address is one of this machine's: only those can be bound."""
    try:
        family = socket.AF_INET6 if ipaddress.ip_address(host).version == 6 else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind((host, 0))
    except ValueError:
        return host == "localhost"
    except OSError:
        return False
    return True
