"""Says who wrote an item: the response that carried `Set-Cookie`, or the script whose call the page's record holds."""

from __future__ import annotations

from consentinel.evidence.addresses import without_query
from consentinel.evidence.records import Request, StoredItem
from consentinel.evidence.timeline import Timeline


def place(url: str) -> str:
    """Return an address without its query, which may hold identifiers.

    A sentence names a response or a script so.
    """
    return without_query(url)


def who_wrote(timeline: Timeline, item: StoredItem, before: float) -> str:
    """Return the last one to write this item before a moment; empty when nobody was seen doing it."""
    return timeline.attribution.of(item, before)


def who_removed(timeline: Timeline, item: StoredItem, at: float) -> str:
    """Return who removed an item that was written at a moment, before anybody could read it.

    It is empty when nobody was seen.
    """
    return timeline.attribution.remover_of(item, at, timeline.read_after(at))


def who_sent(timeline: Timeline, request: Request) -> str:
    """Return who caused a request.

    That is what the browser named, else the script that called a sender, else the style sheet or script that names the
    address, else the page that it came from.
    """
    seen = place(request.initiator) or timeline.attribution.sender_of(request) or place(request.named_by)
    return seen or place(request.referer or request.page)
