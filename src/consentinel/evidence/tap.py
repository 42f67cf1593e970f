"""One visitor's port of the recording proxy, and all that has passed through it."""

from __future__ import annotations

import math
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from mitmproxy import http

from consentinel.evidence.alterations import Alteration
from consentinel.evidence.departure import Departure
from consentinel.evidence.standing import Flight, Memory

_SECONDS = re.compile(r"\s*(\d+)", re.ASCII)


@dataclass(slots=True)
class Tap:
    """One visitor's port, and all that has passed through it: `addresses` counts those of `flows`.

    Times are seconds since the epoch. `on_change` is called when a request leaves and when an answer is complete.
    `memory` is the whole worker's.
    """

    host: str
    port: int
    since: float
    flows: list[http.HTTPFlow] = field(default_factory=list)
    addresses: Counter[str] = field(default_factory=Counter)
    in_flight: dict[str, Flight] = field(default_factory=dict)
    on_change: Callable[[str, Flight], None] = lambda what, flight: None
    memory: Memory = field(default_factory=Memory)
    missed: list[str] = field(default_factory=list)
    """What passed and could not be noted, as doubts."""
    alteration: Alteration | None = None
    """What the proxy alters on purpose for this visitor."""
    lead_in: str = ""
    """What the scripts of this visitor's workers are made to begin with; empty for nothing."""
    departure: Departure | None = None
    """The link by which this visitor would leave the site at this moment."""
    refreshes: dict[str, float] = field(default_factory=dict)
    """When a document is to be loaded anew by its answer's header `Refresh`, by its address and `time.monotonic`."""

    def close(self) -> None:
        """Record nothing more; the port stays this visitor's until it is handed back."""
        self.since = math.inf
        if self.alteration is not None:
            self.alteration.let_go()

    def holds(self, url: str = "") -> bool:
        """Return whether the proxy holds back a request to this address; without one, whether it holds back any."""
        return self.alteration is not None and self.alteration.holds(url)

    def is_full(self, url: str) -> bool:
        """Return whether what the proxy holds back leaves the browser no connection for this address."""
        return self.alteration is not None and self.alteration.occupies(url)

    def note_refresh(self, url: str, header: str) -> None:
        """Note the header `Refresh` of an answer, empty where it has none (HTML, section 4.2.5.3, "shared declarative
        refresh steps")."""
        self.refreshes.pop(url, None)
        if seconds := _SECONDS.match(header):
            self.refreshes[url] = time.monotonic() + float(seconds[1])

    @property
    def address(self) -> tuple[str, int]:
        """Where the browser finds this port."""
        return (self.host, self.port)
