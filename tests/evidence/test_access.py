"""Access headers: each of the site's own hosts is sent them, nobody else is, and the record holds none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import urllib3

from consentinel.evidence.access import Access, basic
from consentinel.evidence.proxy import RecordingProxy, Tap
from consentinel.evidence.route import DIRECT, Route
from consentinel.site.hosts import covered
from consentinel.visitor.http_session import session
from tests.serving import QuietHandler, Server, listening

HOSTS = ("shop.localhost", "*.media.localhost")
HEADERS = (basic("mia", "p\u00e4ss:word"), ("X-Preview", "yes"))
OWN = ("shop.localhost", "one.media.localhost", "two.media.localhost")
OTHERS = ("cdn.localhost", "shop.localhost.other.localhost", "notshop.localhost")


class Echo(QuietHandler):
    """Answers with what it was sent to be let in."""

    def do_GET(self) -> None:
        self.send_response(302 if self.path.startswith("/to/") else 200)
        if self.path.startswith("/to/"):
            self.send_header("Location", f"http://{self.path.removeprefix('/to/')}/")
        self.end_headers()
        self.wfile.write(repr([self.headers["Authorization"], self.headers["X-Preview"]]).encode())


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening(Server(Echo)) as server:
        yield server.server_port


@pytest.fixture(scope="module")
def way() -> Route:
    return replace(DIRECT, access=Access(HEADERS, lambda host: covered(HOSTS, host)))


@pytest.fixture
def tap(way: Route) -> Iterator[Tap]:
    proxy = RecordingProxy(route=way)
    yield proxy.tap()
    proxy.close()


def test_each_of_the_sites_own_hosts_is_signed_in_at_and_no_other(port: int, tap: Tap) -> None:
    sent = repr([value for _, value in HEADERS]).encode()
    with urllib3.ProxyManager(f"http://{tap.host}:{tap.port}") as pool:
        for host in (*OWN, *OTHERS):
            answer = pool.request("GET", f"http://{host}:{port}/", timeout=10, retries=False)
            assert answer.data == (sent if host in OWN else b"[None, None]"), host
    assert len(tap.flows) == len(OWN) + len(OTHERS)
    for flow in tap.flows:
        assert not {"authorization", "x-preview"} & {name.lower() for name in flow.request.headers}


def test_a_redirect_to_another_host_takes_nothing_along(port: int, way: Route) -> None:
    with session(None, way) as http:
        assert http.get(f"http://{OWN[0]}:{port}/to/{OTHERS[0]}:{port}", timeout=10).text == "[None, None]"
        there = http.get(f"http://{OTHERS[0]}:{port}/to/{OWN[1]}:{port}", timeout=10).text
        assert there == repr([value for _, value in HEADERS])
