"""The proxy answers in place of services: what counts a visitor reaches nobody, and is recorded whole."""

from __future__ import annotations

import pytest
from mitmproxy import http
from mitmproxy.test import tflow, tutils

from consentinel.evidence.records import HELD
from consentinel.evidence.request_merge import merge
from consentinel.evidence.stand_in import DOT, StandIn, counts_visitors

SERVICE = "https://metrics.example/hit?id=1"


def flow(method: str = "GET", url: str = SERVICE, *, body: bytes = b"", **headers: str) -> http.HTTPFlow:
    fields = http.Headers([(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()])
    made = tflow.tflow(req=tutils.treq(method=method.encode(), content=body, headers=fields))
    made.request.url = url
    made.response = None
    return made


@pytest.mark.parametrize(
    ("method", "url", "headers", "counts"),
    [
        ("POST", SERVICE, {"sec_fetch_dest": "empty"}, True),
        ("POST", "https://metrics.example/hit", {}, True),
        ("OPTIONS", SERVICE, {"sec_fetch_dest": "empty"}, True),
        ("GET", SERVICE, {"sec_fetch_dest": "image"}, True),
        ("GET", SERVICE, {"accept": "image/avif,image/webp,*/*"}, True),
        ("GET", SERVICE, {"sec_fetch_dest": "empty", "sec_fetch_mode": "cors"}, True),
        ("GET", "https://metrics.example/hit", {"sec_fetch_dest": "empty", "sec_fetch_mode": "no-cors"}, True),
        ("GET", "https://metrics.example/settings.json", {"sec_fetch_dest": "empty", "sec_fetch_mode": "cors"}, False),
        ("GET", SERVICE, {"sec_fetch_dest": "script"}, False),
        ("GET", SERVICE, {"sec_fetch_dest": "style"}, False),
        ("GET", SERVICE, {"sec_fetch_dest": "iframe"}, False),
        ("POST", SERVICE, {"sec_fetch_dest": "document"}, False),
        ("GET", SERVICE, {"accept": "*/*"}, False),
    ],
)
def test_what_counts_a_visitor_is_told_from_what_a_page_needs(
    method: str, url: str, headers: dict[str, str], counts: bool
) -> None:
    assert counts_visitors(flow(method, url, body=b"", **headers).request) is counts


def test_a_picture_gets_a_dot_and_a_message_nothing() -> None:
    stand_in = StandIn(lambda url: "metrics" in url)
    picture = flow(sec_fetch_dest="image")
    message = flow("POST", body=b"cid=7", sec_fetch_dest="empty", origin="https://shop.example")
    elsewhere = flow("POST", url="https://shop.example/basket")
    for one in (picture, message, elsewhere):
        stand_in.apply(one)
    assert picture.response is not None
    assert picture.response.content == DOT
    assert message.response is not None
    assert message.response.status_code == 204
    assert message.response.headers["access-control-allow-origin"] == "https://shop.example"
    assert elsewhere.response is None
    recorded = merge((), [picture, message])
    assert [one.altered for one in recorded] == [HELD, HELD]
    assert recorded[1].body.text == "cid=7"


def test_a_preflight_is_allowed() -> None:
    asked = flow("OPTIONS", origin="https://shop.example", access_control_request_headers="x-id")
    StandIn(lambda _: True).apply(asked)
    assert asked.response is not None
    assert asked.response.headers["access-control-allow-headers"] == "x-id"
