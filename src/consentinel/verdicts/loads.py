"""With which load of a page each request was sent.

A single-page site gives the one document that was loaded other addresses, for which no document is asked: what it sends
under them belongs to the load that has brought it. A page that is left sends its last words when the next document has
been asked for and before it has come.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from consentinel.evidence.guarded import host_of, without_fragment
from consentinel.evidence.records import Request

Load = tuple[str, int]
"""A load of a page: its address, and which of its loads it is."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses of answers that lead on to another address (RFC 9110, section 15.4)."""


class Loads:
    """The loads of pages in a visitor's requests, which are in the order of their moments."""

    def __init__(self, requests: Iterable[Request]) -> None:
        self._asked: defaultdict[str, list[float]] = defaultdict(list)
        self._came: dict[Load, float] = {}
        self._order: list[tuple[float, Load]] = []
        for one in requests:
            if one.document:
                page = without_fragment(one.url)
                self._asked[page].append(one.at)
                if one.status not in REDIRECTS:
                    load = (page, len(self._asked[page]))
                    came = self._came[load] = one.at if one.answered is None else one.answered
                    if one.is_page:
                        self._order.append((came, load))
        self._order.sort()

    @property
    def last(self) -> Load | None:
        """The load that came last; None where no page came."""
        return self._order[-1][1] if self._order else None

    def of(self, request: Request) -> Load | None:
        """Return the load that a request belongs to; None where nobody knows which page has sent it."""
        page = without_fragment(request.url if request.document else request.page or _own_referrer(request))
        if not page:
            return None
        load = (page, bisect_right(self._asked.get(page, ()), request.at))
        if request.document or self._came.get(load, request.at + 1) <= request.at:
            return load
        before = bisect_right(self._order, (request.at, ("\U0010ffff", 0)))
        return self._order[before - 1][1] if before else load


def _own_referrer(request: Request) -> str:
    """Return the page that a request names to its own host, empty where it names none: others are told less."""
    return request.referer if host_of(request.referer) == request.host else ""
