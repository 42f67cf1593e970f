"""A request as the browser reports it by BiDi, before it is merged with the proxy's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consentinel.evidence.guarded import number_of, without_fragment
from consentinel.evidence.standing import TO_A_SCRIPT

CHANNEL = "text/event-stream"
"""The type of an event stream, which stays open for as long as the page wants it (HTML, section 9.2)."""

_ENDLESS = ("multipart/x-mixed-replace", "audio/", "video/")
"""The types of answers that may have no end: pictures that replace each other (HTML, section 7.4.2), sound, video."""


def has_no_end(content_type: str, destination: str) -> bool:
    """Return whether an answer may have no end, so that its head suffices.

    A script that fetches sound waits for the end.
    """
    return destination != TO_A_SCRIPT and content_type.lower().startswith(_ENDLESS)


@dataclass(slots=True)
class Sent:
    """A request as BiDi reported it, and the event of its response once there is one."""

    key: str
    context: str
    page: str
    params: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None
    opened: Mapping[str, Any] | None = None
    """The event of the response's head; the body may still be on its way."""

    @property
    def url(self) -> str:
        """Where it went."""
        return str(self.params["request"]["url"])

    @property
    def at(self) -> float:
        """When the browser told of it, in seconds since the epoch; 0 where it says no moment."""
        return (number_of(self.params["timestamp"]) or 0.0) / 1000

    @property
    def is_script(self) -> bool:
        """Whether a document runs the response as a script. No event marks the end of a script that a worker runs."""
        request = self.params["request"]
        return request.get("destination") == "script" and request.get("initiatorType") is not None

    @property
    def is_channel(self) -> bool:
        """Whether the answer is an event stream."""
        return bool(self.opened and self.opened["response"].get("mimeType") == CHANNEL)

    @property
    def is_endless(self) -> bool:
        """Whether the answer may have no end, so that its head suffices."""
        kind = str(self.opened["response"].get("mimeType") or "") if self.opened else ""
        return has_no_end(kind, self.destination)

    @property
    def is_page(self) -> bool:
        """Whether it is a page itself. Over plain HTTP no header says so, unless the site is on this machine."""
        return bool(self.params.get("navigation")) and without_fragment(self.page) == without_fragment(self.url)

    @property
    def destination(self) -> str:
        """What the answer is for (Fetch, section 2.2.5), empty where it is unknown."""
        request = self.params["request"]
        if request.get("initiatorType") in ("fetch", "xmlhttprequest"):
            return TO_A_SCRIPT
        return str(request.get("destination") or "")
