"""Which style sheet or script names the address that an element or a style has asked for.

Browsers tell of no script behind what styles ask for, or what a script adds to the page as text, and the referrer that
another host is sent is the page's host alone. What the visitor was answered before holds the address, or its host.
Source: Referrer Policy, sections 8.2 and 8.3 (what a style sheet or an element sends).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mitmproxy import http

from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import host_of, path_of, without_fragment
from consentinel.evidence.records import Request

LARGEST = 1 << 21
"""Bytes of an answer that are looked through; a longer one names nothing."""

_NAMES = ("css", "javascript", "ecmascript", "json")
_BY_SCRIPT = frozenset({"", "empty", "document"})
"""What is asked for by scripts themselves, or by the visitor."""

_KEY = "consentinel.named_by"


def with_names(requests: Sequence[Request], sources: Sequence[http.HTTPFlow | None]) -> list[Request]:
    """Return the requests with `named_by`, where something is known. `sources` holds the flow of each request."""
    found, answers = list[Request](), list[http.HTTPFlow]()
    for request, flow in zip(requests, sources, strict=True):
        if flow is None:
            found.append(request)
            continue
        if _is_in_question(request):
            if _KEY not in flow.metadata:
                flow.metadata[_KEY] = _named_by(request, answers)
            found.append(replace(request, named_by=str(flow.metadata[_KEY])))
        else:
            found.append(request)
        answers.append(flow)
    return found


def _is_in_question(request: Request) -> bool:
    """Return whether an element or a style asked another host, and nothing but the page's own host is known of it."""
    is_elements = not request.initiator and request.destination not in _BY_SCRIPT
    return is_elements and host_of(request.referer or request.page) != request.host and path_of(request.referer) in "/"


def _named_by(request: Request, answers: Iterable[http.HTTPFlow]) -> str:
    """Return the address of the newest answer that names this one; empty where a document does, or nothing.

    The whole address counts before what stands before its query, and that before host and path apart. A document that
    names the host may have the rest from anywhere. A script that names it without the path may keep away from it.
    """
    before = [one for one in answers if one.response is not None and one.response.timestamp_start <= request.at]
    texts = [(one, _kind(one.response), _content(one.response)) for one in reversed(before) if one.response]
    whole = without_fragment(request.asked or request.url).partition("//")[2]
    place = whole.partition("?")[0]
    host, slash, path = place.partition("/")
    for parts in ((whole,), (place,), (host, slash + path)):
        if any("html" in kind and _holds(text, parts[0]) for _, kind, text in texts):
            return ""
        for flow, _, text in texts:
            if all(len(part) > 1 and _holds(text, part) for part in parts):
                return url_of(flow.request)
    return ""


def _holds(text: bytes, part: str) -> bool:
    """Return whether a text holds a part of an address, as it is, as HTML has it, or as JSON may."""
    return any(one.encode() in text for one in (part, part.replace("&", "&amp;"), part.replace("/", "\\/")))


def _kind(response: http.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _content(response: http.Response) -> bytes:
    """Return the text of an answer that may name addresses, in the bytes of its charset; empty of any other."""
    kind = _kind(response)
    if "html" not in kind and not any(name in kind for name in _NAMES):
        return b""
    if len(response.raw_content or b"") > LARGEST:
        return b""
    return response.get_content(strict=False) or b""
