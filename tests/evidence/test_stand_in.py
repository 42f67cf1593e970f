"""The proxy answers in place of services: what counts a visitor reaches nobody, and is recorded whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import urllib3
from mitmproxy import http
from mitmproxy.test import tflow, tutils

from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.records import HELD
from consentinel.evidence.request_merge import merge
from consentinel.evidence.stand_in import DOT, StandIn, counts_visitors
from tests.serving import QuietHandler, Server, listening

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


def posted(proxy: tuple[str, int], url: str) -> int:
    """The status of the answer to a message."""
    with urllib3.ProxyManager(f"http://{proxy[0]}:{proxy[1]}") as pool:
        return pool.request("POST", url, retries=False, timeout=10).status


def test_what_pages_send_when_their_visitor_leaves_reaches_nobody_either() -> None:
    reached: list[str] = []

    class Service(QuietHandler):
        def do_POST(self) -> None:
            reached.append(self.path)
            self.send_response(204)
            self.end_headers()

    proxy = RecordingProxy()
    try:
        with listening(Server(Service)) as server:
            tap = proxy.tap(StandIn(lambda url: True))
            url = f"http://metrics.localhost:{server.server_port}/hit"
            leaving: tuple[Callable[[], object], ...] = (tap.close, partial(proxy.untap, tap))
            assert posted(tap.address, url) == 204
            for leave in leaving:
                leave()
                assert posted(tap.address, url) == 204
            assert reached == []
            assert len(tap.flows) == 1
            posted(proxy.tap().address, url)
            assert reached == ["/hit"], "the port is another visitor's by now, of whom services may hear"
    finally:
        proxy.close()
