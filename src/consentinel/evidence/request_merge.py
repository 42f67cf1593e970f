"""Merges the browser's requests and the proxy's into one list.

The wire is the truth of what was sent. The browser adds which page caused it and what in the page did. A request
that only the browser knows was answered from its cache or never left; it counts only where there is no wire.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mitmproxy import http

from consentinel.evidence.acceptance import Setting, refusal
from consentinel.evidence.alterations import alteration_of
from consentinel.evidence.cookies import parse_cookie_header, parse_set_cookie, value_text
from consentinel.evidence.departure import AS_SHOWN
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import joined, without_fragment
from consentinel.evidence.matching import matched_alike
from consentinel.evidence.naming import with_names
from consentinel.evidence.payload import body_fields, message_fields, own_headers
from consentinel.evidence.records import (
    MESSAGE,
    Request,
    SetCookie,
    Source,
    Value,
)
from consentinel.evidence.reported import Sent
from consentinel.evidence.stack_trace import script_of

_KEY = "consentinel.asked"
"""The key under which a flow that is over keeps what its request says, None until that is read."""

WISHES = ("dnt", "sec-gpc", "sec-fetch-storage-access", "sec-purpose")
"""Headers by which a browser says what its visitor wishes, whether a frame has access to its cookies, or what for."""


def merge(
    sent: Sequence[Sent], flows: Iterable[http.HTTPFlow] | None, elsewhere: str = "", engine: str = ""
) -> list[Request]:
    """Return the requests of a visitor; `flows` is None where nothing recorded the wire.

    `elsewhere` is the address of the harness's own page, which is no part of any site. `engine` is the browser whose
    rules decide which cookies are taken. Where a link said that it leads, the visitor went of their own will.
    """
    if flows is None:
        asked = [one for one in sent if not _from_cache(one) and one.params["request"]["url"] != elsewhere]
        return [_from_browser(one, engine) for one in asked]
    seen = [flow for flow in flows if flow.request.method != "CONNECT" and _asked(flow).url != elsewhere]
    told = [one for one in sent if not _from_cache(one)]
    match = matched_alike(
        [((flow.request.method, _asked(flow).url), flow.request.timestamp_start) for flow in seen],
        [((one.params["request"]["method"], without_fragment(one.url)), one.at) for one in told],
    )
    requests: list[Request] = []
    sources: list[http.HTTPFlow | None] = []
    led_to: dict[str, Request] = {}
    for place, flow in enumerate(seen):
        if alteration_of(flow) == AS_SHOWN:
            continue
        former = led_to.pop(_asked(flow).url, None)
        request = _from_wire(flow, told[match[place]] if place in match else None, former, engine)
        requests.append(_redirected(request, former) if former else request)
        messages = list(_messages(flow, requests[-1]))
        sources += [flow, *[None] * len(messages)]
        if flow.response is not None and 300 <= flow.response.status_code < 400:
            target = joined(request.url, flow.response.headers.get("location", ""))
            led_to[without_fragment(target)] = requests[-1]
        requests += messages
    return with_names(requests, sources)


def _redirected(request: Request, former: Request) -> Request:
    """Return a redirected request with the initiator and page of the first request, which no browser reports."""
    return replace(
        request,
        asked=former.asked or former.url,
        initiator=request.initiator or former.initiator,
        page=request.page or former.page,
    )


def _from_cache(sent: Sent) -> bool:
    return bool(sent.answer and sent.answer.get("response", {}).get("fromCache"))


def _from_wire(flow: http.HTTPFlow, sent: Sent | None, former: Request | None, engine: str) -> Request:
    asked, response = _asked(flow), flow.response
    is_page = asked.destination == "document" or (not asked.destination and sent is not None and sent.is_page)
    request = replace(
        asked,
        page=sent.page if sent else "",
        initiator=_initiator(sent.params) if sent else "",
        document=is_page,
        destination=asked.destination or _destination(sent, is_page=is_page),
        altered=alteration_of(flow),
    )
    if response is None:
        return request
    answered = response.timestamp_start or asked.at
    cookies: tuple[SetCookie, ...] = ()
    if lines := response.headers.get_all("set-cookie"):
        page = request.page or (former.page if former else "")
        setting = Setting(asked.url, page or asked.referer, engine, is_page)
        is_certain = bool(page) and _keeps_cookies(flow.request, is_page)
        cookies = _cookies(lines, setting, answered, is_certain=is_certain)
    return replace(
        request,
        status=response.status_code,
        content_type=response.headers.get("content-type", ""),
        set_cookies=cookies,
        answered=answered,
        etag=Value(response.headers.get("etag", "")),
        last_modified=Value(response.headers.get("last-modified", "")),
    )


def note_end(flow: http.HTTPFlow) -> None:
    """Note that the answer has come whole, and what was added to the request has been taken out of the record again."""
    flow.metadata[_KEY] = None


def _asked(flow: http.HTTPFlow) -> Request:
    """Return what a request itself says. One that is over is read once: a record is merged many times."""
    known = flow.metadata.get(_KEY)
    if isinstance(known, Request):
        return known
    request = flow.request
    asked = Request(
        at=request.timestamp_start,
        url=url_of(request),
        method=request.method,
        source=Source.WIRE,
        cookies=parse_cookie_header("; ".join(request.headers.get_all("cookie"))),
        referer=request.headers.get("referer", ""),
        body=Value((request.get_text(strict=False) or "")[:65536]),
        destination=request.headers.get("sec-fetch-dest", ""),
        fields=_valued(body_fields(request)),
        headers=_valued(own_headers(request)),
        wishes=tuple((name, request.headers[name]) for name in WISHES if name in request.headers),
        if_none_match=Value(request.headers.get("if-none-match", "")),
        if_modified_since=Value(request.headers.get("if-modified-since", "")),
    )
    if _KEY in flow.metadata:
        flow.metadata[_KEY] = asked
    return asked


def _destination(sent: Sent | None, *, is_page: bool) -> str:
    """Return what the browser says that an answer is for, over plain HTTP.

    A frame's document is not told from a page's.
    """
    said = sent.destination if sent else ""
    return "" if said == "document" and not is_page else said


def _messages(flow: http.HTTPFlow, opening: Request) -> Iterator[Request]:
    """Yield what the page sent over a socket, each message as a request of its own (RFC 6455)."""
    for message in flow.websocket.messages if flow.websocket else ():
        if message.from_client:
            said = _valued(message_fields(bytes(message.content)))
            sent = replace(opening, at=message.timestamp, method=MESSAGE, fields=said)
            yield replace(sent, cookies=(), set_cookies=(), headers=(), referer="", answered=None)


def _valued(fields: Iterable[tuple[str, str]]) -> tuple[tuple[str, Value], ...]:
    return tuple((name, Value(value)) for name, value in fields)


def _cookies(headers: Iterable[str], setting: Setting, at: float, *, is_certain: bool) -> tuple[SetCookie, ...]:
    found = ((header, parse_set_cookie(header, setting.url, at)) for header in headers)
    return tuple(
        replace(cookie, refused=refusal(header, setting), certain=is_certain)
        for header, cookie in found
        if cookie is not None
    )


def _keeps_cookies(request: http.Request, is_page: bool) -> bool:
    """Return whether a browser surely takes cookies from the answer.

    A script can ask to go without (Fetch, section 2.2.5). A script's request that carries cookies does not go without.
    """
    destination, mode = request.headers.get("sec-fetch-dest", ""), request.headers.get("sec-fetch-mode", "")
    is_scripts = destination in ("", "empty")
    if request.headers.get("sec-fetch-site") == "same-origin":
        return is_page or not is_scripts or "cookie" in request.headers
    return is_page or (not is_scripts and mode in ("navigate", "no-cors"))


def _from_browser(sent: Sent, engine: str) -> Request:
    request = sent.params["request"]
    headers = {header["name"].lower(): value_text(header["value"]) for header in request.get("headers", [])}
    setting = Setting(request["url"], sent.page, engine, sent.is_page)
    status, content_type, lines = None, "", []
    if sent.answer and "response" in sent.answer:
        response = sent.answer["response"]
        status, content_type = response.get("status"), response.get("mimeType", "")
        for header in response.get("headers", []):
            if header["name"].lower() == "set-cookie":
                lines += value_text(header["value"]).split("\n")
    return Request(
        at=sent.at,
        url=request["url"],
        method=request["method"],
        source=Source.BROWSER,
        page=sent.page,
        cookies=parse_cookie_header(headers.get("cookie", "")),
        referer=headers.get("referer", ""),
        status=status,
        content_type=content_type,
        set_cookies=_cookies(lines, setting, sent.at, is_certain=False),
        initiator=_initiator(sent.params),
        document=sent.is_page,
    )


def _initiator(params: Mapping[str, Any]) -> str:
    initiator = params.get("initiator") or {}
    frames = (initiator.get("stackTrace") or {}).get("callFrames") or []
    lines = [f"at ({frame['url']}:{frame['lineNumber'] + 1}:{frame['columnNumber']})" for frame in frames]
    return script_of("\n".join(lines))
