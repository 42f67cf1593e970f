"""Answers that the proxy gives in place of services, so that a run appears in nobody's statistics.

What counts visitors is answered: messages (POST, beacons), pictures, and what scripts fetch without reading the answer,
or with something in the query. Scripts, style sheets, frames and pages still come from the service itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mitmproxy import http

from consentinel.evidence.alterations import UNKEPT, note
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.records import HELD

DOT = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00"
    b"\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A transparent GIF of one pixel."""

_FETCHED = ("empty", "report", "ping")
_NAVIGATION = ("document", "iframe", "frame", "embed", "object")


@dataclass(frozen=True, slots=True)
class StandIn:
    """Answers for services. `serves` says whether an address is one of theirs."""

    serves: Callable[[str], bool]

    def apply(self, flow: http.HTTPFlow) -> None:
        """Answer a request whose head has come, if it counts a visitor. Its body is recorded all the same."""
        if counts_visitors(flow.request) and self.serves(url_of(flow.request)):
            flow.response = _answer(flow.request)
            note(flow, HELD)


def counts_visitors(request: http.Request) -> bool:
    """Return whether a request is of the kind that collects: by its method, and by what its answer is for."""
    purpose = request.headers.get("sec-fetch-dest", "")
    if purpose in _NAVIGATION:
        return False
    if request.method not in ("GET", "HEAD"):
        return True
    if _is_picture(request, purpose):
        return True
    is_unread = request.headers.get("sec-fetch-mode") == "no-cors"
    return purpose in _FETCHED and (is_unread or "?" in request.path)


def _is_picture(request: http.Request, purpose: str) -> bool:
    """Return whether a picture is asked for. Over plain HTTP only the accepted types say so."""
    return purpose == "image" or (not purpose and request.headers.get("accept", "").startswith("image/"))


def _answer(request: http.Request) -> http.Response:
    origin = request.headers.get("origin", "*")
    headers = {**UNKEPT, "access-control-allow-origin": origin}
    if origin != "*":
        headers["access-control-allow-credentials"] = "true"
    if request.method == "OPTIONS":  # a preflight (Fetch, section 4.8)
        headers["access-control-allow-methods"] = request.headers.get("access-control-request-method", "POST")
        headers["access-control-allow-headers"] = request.headers.get("access-control-request-headers", "")
    if request.method == "GET" and _is_picture(request, request.headers.get("sec-fetch-dest", "")):
        return http.Response.make(200, DOT, {**headers, "content-type": "image/gif"})
    return http.Response.make(204, b"", headers)
