"""The recording proxy: whose traffic is whose, how answers pass, and that it leaves nothing behind."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from consentinel.evidence.proxy import RecordingProxy, Tap
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from tests.deployed import site
from tests.descriptors import descriptors, where_listed

__all__ = ["site"]

pytestmark = pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")

LIMIT = 10.0
"""Seconds that an answer may take on a busy machine."""


@pytest.fixture
def wires(site: RunningSite) -> Iterator[tuple[RecordingProxy, RecordingProxy]]:
    both = RecordingProxy(trust=Path(site.ca_pem)), RecordingProxy(trust=Path(site.ca_pem))
    yield both
    for wire in both:
        wire.close()


def through(tap: Tap) -> urllib3.ProxyManager:
    # The proxy's own authority is nobody's concern here; the site's is verified by the proxy.
    return urllib3.ProxyManager(f"http://{tap.host}:{tap.port}", cert_reqs="CERT_NONE")


def ask(tap: Tap, url: str, **headers: str) -> int:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    with through(tap) as pool:
        return pool.request("GET", url, headers=told, timeout=LIMIT, retries=False).status


def passed(tap: Tap) -> list[str]:
    return [flow.request.path for flow in tap.flows]


def test_two_wires_in_one_process_record_what_is_theirs(
    site: RunningSite, wires: tuple[RecordingProxy, RecordingProxy]
) -> None:
    taps = [wire.tap() for wire in wires]
    for tap, means in zip(taps, ("one", "two"), strict=True):
        assert ask(tap, site.url(hosts.CONTROL, f"/plant/{means}")) == 200
    assert [passed(tap) for tap in taps] == [["/plant/one"], ["/plant/two"]]


def test_what_a_browser_asks_for_itself_passes_and_is_not_recorded(
    site: RunningSite, wires: tuple[RecordingProxy, RecordingProxy]
) -> None:
    tap = wires[0].tap()
    assert ask(tap, site.url(hosts.CONTROL, "/plant/own"), sec_fetch_site="none", sec_fetch_dest="empty") == 200
    assert ask(tap, site.url(hosts.CONTROL, "/plant/one"), sec_fetch_site="same-origin", sec_fetch_dest="empty") == 200
    assert passed(tap) == ["/plant/one"]
    assert list(tap.addresses) == [site.url(hosts.CONTROL, "/plant/one")]


@where_listed
def test_a_wire_that_is_closed_leaves_no_descriptor_open(site: RunningSite) -> None:
    before = descriptors()
    wires = [RecordingProxy(trust=Path(site.ca_pem)) for _ in range(2)]
    for wire in wires:
        assert ask(wire.tap(), site.url(hosts.CONTROL, "/plant/one")) == 200
    for wire in wires:
        wire.close()
    assert descriptors() - before == set()


def test_an_answer_without_an_end_passes_as_it_comes_and_is_not_waited_for(
    site: RunningSite, wires: tuple[RecordingProxy, RecordingProxy]
) -> None:
    tap = wires[0].tap()
    with through(tap) as pool:
        url = site.url(hosts.CONTROL, "/corners/stream")
        answer = pool.request("GET", url, timeout=LIMIT, retries=False, preload_content=False)
        assert next(answer.stream(8)).startswith(b"data:")
        assert tap.in_flight == {}
        answer.close()


def test_the_body_of_an_answer_is_recorded_as_it_passed(
    site: RunningSite, wires: tuple[RecordingProxy, RecordingProxy]
) -> None:
    tap, ended = wires[0].tap(), threading.Event()
    tap.on_change = lambda _what, _flight: ended.set() if tap.flows and not tap.in_flight else None
    assert ask(tap, site.url(hosts.CONTROL, "/plant/one")) == 200
    assert ended.wait(LIMIT)
    (flow,) = tap.flows
    assert flow.response is not None
    assert flow.response.text == "ok"


def test_the_connections_of_a_visitor_who_has_left_are_ended(
    site: RunningSite, wires: tuple[RecordingProxy, RecordingProxy]
) -> None:
    wire = wires[0]
    tap = wire.tap()
    with socket.create_connection(tap.address, LIMIT) as kept_open:
        kept_open.sendall(f"CONNECT {hosts.CONTROL}:{site.port} HTTP/1.1\r\n\r\n".encode())
        assert kept_open.recv(1024).startswith(b"HTTP/1.1 200")
        wire.untap(tap)
        assert kept_open.recv(1024) == b""
    following = wire.tap()
    assert following.port == tap.port
    assert ask(following, site.url(hosts.CONTROL, "/plant/one")) == 200


def test_a_port_that_is_handed_back_after_the_proxy_has_ended_is_no_error(site: RunningSite) -> None:
    wire = RecordingProxy(trust=Path(site.ca_pem))
    tap = wire.tap()
    wire.close()
    wire.untap(tap)
