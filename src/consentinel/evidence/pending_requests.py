"""Counts requests that a script has made and that neither browser nor proxy has reported yet.

A browser reports a request when its headers leave, which takes a connection first; the proxy sees it later still.
The preload script notes it at once. A page with such a request is not at rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from consentinel.evidence.guarded import without_fragment

UNSEEN = 2.0
"""Seconds of wall time within which a request shows, once a script has made it; what does not was never sent."""

LONGEST = 512
"""Characters of an address that a note holds."""

_ELEMENTS = frozenset({"script", "img", "iframe"})


def announces(operation: str, element: str) -> bool:
    """Return whether a note of this kind says that a request is about to be sent, now and by itself."""
    return operation in ("beacon", "xhr") or (operation == "element" and element in _ELEMENTS)


@dataclass(slots=True)
class PendingRequests:
    """Counts by address the requests that scripts made and those that the browser reported. Filled on the reader's
    thread."""

    made: Counter[str] = field(default_factory=Counter)
    reported: Counter[str] = field(default_factory=Counter)
    _ends_there: set[str] = field(default_factory=set)
    _latest: dict[str, float] = field(default_factory=dict)

    def make(self, url: str, *, ends_there: bool = False) -> None:
        """Count a request that a script made. One that `ends_there` has no answer that the page waits for."""
        if url.startswith("http"):
            address = without_fragment(url)
            self.made[address] += 1
            self._latest[address] = time.monotonic()
            (self._ends_there.add if ends_there else self._ends_there.discard)(address)

    def withdraw(self, url: str) -> None:
        """Uncount a request that the browser puts off until the visitor scrolls there."""
        address = without_fragment(url)
        if address in self._latest:  # where it is not, it was given up before
            self.made[address] -= 1

    def report(self, url: str) -> None:
        """Count a request that the browser reported."""
        self.reported[without_fragment(url)] += 1

    def unseen(self, passed: Mapping[str, int]) -> list[str]:
        """Return the addresses that the browser has not reported; `passed` are the proxy's, with their number.

        The proxy may have the response before the browser reports the request; then a script has yet to run, a frame
        yet to load. The proxy's count is enough where nothing follows; a browser may never report such requests.
        """
        for url, since in self._latest.copy().items():
            shown = _number(self.reported, url)
            if url in self._ends_there:
                shown = max(shown, _number(passed, url))
            if shown < self.made[url] and time.monotonic() - since < UNSEEN:
                continue
            self.made[url] = shown
            del self._latest[url]
        return list(self._latest)


def _number(counted: Mapping[str, int], url: str) -> int:
    if len(url) < LONGEST:
        return counted.get(url, 0)
    return sum(number for address, number in dict(counted).items() if address.startswith(url))
