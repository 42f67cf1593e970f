"""A site at an IPv6 address is reached by the recording proxy, and recorded under its address."""

from __future__ import annotations

import contextlib
import socket

import pytest
import urllib3

from consentinel.evidence.flow_address import url_of
from consentinel.evidence.guarded import host_of
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.request_merge import merge
from consentinel.evidence.route import route
from tests.serving import QuietHandler, Server, listening


class Server6(Server):
    address_family = socket.AF_INET6

    def __init__(self) -> None:
        super(Server, self).__init__(("::1", 0), Page)


class Page(QuietHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Set-Cookie", "session=1")
        self.end_headers()
        self.wfile.write(self.headers["Host"].encode())


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_an_address_in_brackets_and_a_name_that_is_resolved_to_one() -> None:
    with listening(Server6()) as server:
        port = server.server_port
        proxy = RecordingProxy(route=route(resolve=[f"shop.example:{port}:[::1]"], environ={}))
        try:
            tap = proxy.tap()
            with urllib3.ProxyManager(f"http://{tap.host}:{tap.port}") as pool:
                urls = [f"http://[::1]:{port}/", f"http://shop.example:{port}/"]
                answers = [pool.request("GET", url, retries=False, timeout=10) for url in urls]
            assert [answer.data.decode() for answer in answers] == [f"[::1]:{port}", f"shop.example:{port}"]
            recorded = [url_of(flow.request) for flow in tap.flows]
            assert recorded == urls
            assert [host_of(url) for url in recorded] == ["::1", "shop.example"]
            assert [*tap.addresses] == urls
            assert [request.url for request in merge([], tap.flows)] == urls
            assert tap.missed == []
        finally:
            proxy.close()
