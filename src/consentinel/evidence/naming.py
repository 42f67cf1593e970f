"""Which style sheet or script names the address that an element or a style has asked for.

Browsers tell of no script behind what styles ask for, or what a script adds to the page as text, and the referrer that
another host is sent is the page's host alone. What the visitor was answered before holds the address, or its host.
Source: Referrer Policy, sections 8.2 and 8.3 (what a style sheet or an element sends).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

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


class _Answer:
    """An answer that may name addresses. It is decoded once, when it is first looked through."""

    def __init__(self, flow: http.HTTPFlow, response: http.Response) -> None:
        self.came = response.timestamp_start
        self._request = flow.request
        self._response = response

    @property
    def url(self) -> str:
        """The address that was answered."""
        return url_of(self._request)

    @cached_property
    def is_document(self) -> bool:
        """Whether it is HTML."""
        return "html" in self._kind

    @cached_property
    def text(self) -> bytes:
        """What it says, in the bytes of its charset; empty of what names nothing."""
        if not self.is_document and not any(name in self._kind for name in _NAMES):
            return b""
        if len(self._response.raw_content or b"") > LARGEST:
            return b""
        return self._response.get_content(strict=False) or b""

    @cached_property
    def _kind(self) -> str:
        return str(self._response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def with_names(requests: Sequence[Request], sources: Sequence[http.HTTPFlow | None]) -> list[Request]:
    """Return the requests with `named_by`, where something is known. `sources` holds the flow of each request."""
    found, answers = list[Request](), list[_Answer]()
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
        if flow.response is not None:
            answers.append(_Answer(flow, flow.response))
    return found


def _is_in_question(request: Request) -> bool:
    """Return whether an element or a style asked another host, and nothing but the page's own host is known of it."""
    is_elements = not request.initiator and request.destination not in _BY_SCRIPT
    return is_elements and host_of(request.referer or request.page) != request.host and path_of(request.referer) in "/"


def _named_by(request: Request, answers: Sequence[_Answer]) -> str:
    """Return the address of the newest answer that names this one; empty where a document does, or nothing.

    The whole address counts before what stands before its query, and that before host and path apart. A document that
    names the host may have the rest from anywhere. A script that names it without the path may keep away from it.
    """
    whole = without_fragment(request.asked or request.url).partition("//")[2]
    place = whole.partition("?")[0]
    host, slash, path = place.partition("/")
    # the host is in all that is looked for, and written alike everywhere: most answers are done with at one look
    before = [one for one in reversed(answers) if one.came <= request.at and host.encode() in one.text]
    for parts in ((whole,), (place,), (host, slash + path)):
        if any(one.is_document and _holds(one.text, parts[0]) for one in before):
            return ""
        for one in before:
            if all(len(part) > 1 and _holds(one.text, part) for part in parts):
                return one.url
    return ""


def _holds(text: bytes, part: str) -> bool:
    """Return whether a text holds a part of an address, as it is, as HTML has it, or as JSON may."""
    return any(one.encode() in text for one in (part, part.replace("&", "&amp;"), part.replace("/", "\\/")))
