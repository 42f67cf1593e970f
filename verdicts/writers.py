"""Who wrote an item: the response that carried `Set-Cookie`, or the script whose call the page's record holds."""

from __future__ import annotations

from urllib.parse import urlsplit

from evidence.records import Kind, Request, StoredItem, Write
from evidence.timeline import Timeline

_CLOCK_SLACK = 0.25
"""Seconds by which a write's and a reading's clocks may differ."""


def place(url: str) -> str:
    """An address without its query: what names a response in a sentence."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def who_wrote(timeline: Timeline, item: StoredItem, before: float) -> str:
    """The last one to write this item before a moment; empty when nobody was seen doing it."""
    wrote: tuple[float, str] = (0.0, "")
    for write in timeline.writes:
        if write.at <= before + _CLOCK_SLACK and writes_item(write, item):
            wrote = max(wrote, (write.at, write.script or write.frame))
    if item.kind is Kind.COOKIE:
        for request in timeline.requests:
            if request.at <= before + _CLOCK_SLACK and sets_item(request, item):
                wrote = max(wrote, (request.at, place(request.url)))
    return wrote[1]


def writes_item(write: Write, item: StoredItem) -> bool:
    """Whether this write is one to this item."""
    if write.kind is not item.kind or write.operation not in ("set", "open"):
        return False
    if write.kind is Kind.COOKIE:
        return write.name == item.name and _same_site(write.host, item.host)
    if write.kind is Kind.SERVICE_WORKER:
        return write.host == item.host
    if write.kind is Kind.CACHE:
        return write.host == item.host and write.name in ("", item.name)
    return write.name == item.name and write.host == item.host


def sets_item(request: Request, item: StoredItem) -> bool:
    """Whether the answer to this request sets this cookie."""
    return any(cookie.name == item.name and _same_site(cookie.host, item.host) for cookie in request.set_cookies)


def _same_site(one: str, other: str) -> bool:
    return one == other or one.endswith("." + other) or other.endswith("." + one)
