"""Answers that the proxy alters on purpose, for one visitor: some are held back, others never come or come broken.

Without an `Alteration` the proxy passes everything on as it is. Documents are never altered.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from mitmproxy import http

from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import parts_of

BROKEN_SCRIPT = b'"use strict";\n(function () {\n  var manager = {'
"""The beginning of a script, as it comes where a transfer was cut short: no browser runs any of it."""

_KEY = "consentinel.altered"
"""The key under which a flow keeps what was done with it."""

CONNECTIONS, IN_ALL = 6, 32
"""How many connections browsers open to one host, and to one proxy: a request beyond them waits in the browser."""

UNKEPT = {"cache-control": "no-store", "access-control-allow-origin": "*"}
"""Headers of the harness's own answers: no cache keeps them, and any page may read them."""


class Manner(Enum):
    """What becomes of a request. `HELD_BACK` and `SLOWED` pass on in the end; `WITHHELD` is held and then ended."""

    HELD_BACK = "held back by the harness"
    WITHHELD = "held back by the harness and never answered"
    SLOWED = "slowed down by the harness"
    ENDED = "connection ended by the harness"
    FAILED = "answered by the harness: an error of the server (500)"
    BROKEN = "answered by the harness: a script that breaks off"


def alteration_of(flow: http.HTTPFlow) -> str:
    """Return what the harness did with a request, in words; empty where it passed it on as it was."""
    return str(flow.metadata.get(_KEY, ""))


def note(flow: http.HTTPFlow, words: str) -> None:
    """Have the record say what the harness does with a request."""
    flow.metadata[_KEY] = words


@dataclass(slots=True)
class Alteration:
    """What the proxy does with the requests to some addresses of one visitor. Filled on the proxy's thread.

    `concerns` says of an address whether it is meant. `applied` counts the requests that were altered. From `let_go`
    until `hold_back` no request is held back: what HELD_BACK and SLOWED mean passes, what WITHHELD means is ended.
    """

    concerns: Callable[[str], bool]
    manner: Manner
    applied: int = 0
    _held: dict[str, http.HTTPFlow] = field(default_factory=dict)
    _found: dict[str, float] = field(default_factory=dict)
    """The moments of page time at which those that are held back were found to be, by their ids."""
    _ended: set[str] = field(default_factory=set)
    """The addresses of those that were held back and ended, until `hold_back`."""
    _loop: asyncio.AbstractEventLoop | None = None
    _is_over: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def apply(self, flow: http.HTTPFlow) -> None:
        """Alter a request whose head has come, if it is meant."""
        if is_document(flow.request) or not self.concerns(url_of(flow.request)):
            return
        with self._lock:
            if self.manner in (Manner.HELD_BACK, Manner.SLOWED) and self._is_over:
                return
            self.applied += 1
            note(flow, self.manner.value)
            match self.manner:
                case Manner.HELD_BACK | Manner.SLOWED | Manner.WITHHELD if not self._is_over and not self._repeats(
                    flow
                ):
                    self._loop = asyncio.get_running_loop()
                    self._held[flow.id] = flow
                    flow.intercept()
                case Manner.FAILED:
                    flow.response = http.Response.make(500, b"", {**UNKEPT, "content-type": "text/plain"})
                case Manner.BROKEN:
                    flow.response = http.Response.make(
                        200, BROKEN_SCRIPT, {**UNKEPT, "content-type": "text/javascript"}
                    )
                case _:
                    flow.kill()

    def holds(self, url: str = "") -> bool:
        """Return whether a request to this address is held back at this moment; without one, whether any is."""
        with self._lock:
            return any(not url or url_of(flow.request) == url for flow in self._held.values())

    def slows(self) -> bool:
        """Return whether each request that is meant is held back from now on, and passed on later."""
        return self.manner is Manner.SLOWED and not self._is_over

    def occupies(self, url: str) -> bool:
        """Return whether so many requests are held back that the browser opens no connection for this address."""
        with self._lock:
            held = Counter(parts_of(url_of(flow.request)).netloc for flow in self._held.values())
        return held[parts_of(url).netloc] >= CONNECTIONS or held.total() >= IN_ALL

    def found(self, moment: float) -> None:
        """Note this moment of page time for each that is held back and has none yet."""
        with self._lock:
            for number in self._held:
                self._found.setdefault(number, moment)

    def first(self) -> float | None:
        """Return the earliest moment that was noted of those that are held back; None if none was."""
        with self._lock:
            return min((self._found[number] for number in self._held if number in self._found), default=None)

    def held(self, until: float = math.inf) -> list[str]:
        """Return the ids of the flows that are held back, in the order of their addresses: of those that were found by
        then, or of all."""
        with self._lock:
            flows = [flow for number, flow in self._held.items() if self._found.get(number, math.inf) <= until]
        return [flow.id for flow in sorted(flows, key=lambda flow: (url_of(flow.request), flow.timestamp_created))]

    def pass_on(self, number: str) -> None:
        """Pass on one that is held back, by its id, or end it; others stay."""
        with self._lock:
            flow = self._held.pop(number, None)
            self._found.pop(number, None)
            if flow is not None and self.manner is Manner.WITHHELD:
                self._ended.add(url_of(flow.request))
        if flow is not None:
            self._call(flow)

    def hold_back(self) -> None:
        """From now on requests are held back again."""
        with self._lock:
            self._is_over = False
            self._ended.clear()

    def let_go(self) -> None:
        """Pass on what is held back, or end it."""
        with self._lock:
            self._is_over = True
            flows = list(self._held.values())
            self._held.clear()
            self._found.clear()
        for flow in flows:
            self._call(flow)

    def _repeats(self, flow: http.HTTPFlow) -> bool:
        """Return whether it asks again for what was held back and ended.

        Firefox does so by itself, over a new connection.
        """
        return url_of(flow.request) in self._ended

    def _call(self, flow: http.HTTPFlow) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._release, flow)

    def _release(self, flow: http.HTTPFlow) -> None:
        flow.resume()
        if self.manner is Manner.WITHHELD and flow.killable:
            flow.kill()


def is_document(request: http.Request) -> bool:
    """Return whether a page is asked for; over plain HTTP, also a frame.

    Browsers do not say there what a request is for, but only that a secure page is welcome instead of this one.
    """
    destination = request.headers.get("sec-fetch-dest", "")
    return destination == "document" or (not destination and "upgrade-insecure-requests" in request.headers)
