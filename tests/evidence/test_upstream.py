"""The recording proxy and plain requests behind a real upstream proxy that asks for a password."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
import trustme
import urllib3

from consentinel.evidence.proxy import RecordingProxy, Tap
from consentinel.evidence.route import Route, route
from consentinel.report.exit_codes import SETUP_FAILED
from consentinel.visitor.http_session import UpstreamFailure, session, why_no_answer
from tests.calls import call
from tests.serving import QuietHandler, Server, listening
from tests.upstream import PASSWORD, USER, Upstream, free_port, upstream_proxy

pytestmark = [
    pytest.mark.process,
    pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning"),
]

LIMIT = 30.0
SHOP = """
[site]
name = "Shop"
base_url = "http://shop.test/"
hosts = ["shop.test"]
[consent.stored]
name = "choice"
[categories.functionality]
label = "Needed"
refusable = false
"""


class Shop(QuietHandler):
    def do_GET(self) -> None:
        body = b"the shop"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Was-Asked", self.headers.get("Proxy-Authorization", "nothing"))
        if isinstance(self.connection, ssl.SSLSocket):
            shown: dict[str, Any] = self.connection.getpeercert() or {}
            self.send_header("X-Was-Shown", " ".join(name for _, name in shown.get("subjectAltName", ())))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[int]:
    server = Server(Shop)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with listening(server):
        yield server.server_port


class Ways:
    """A site on two ports that only the upstream proxy finds by name, and that proxy."""

    def __init__(self, upstream: Upstream, secure: int, trust: Path, client: Path) -> None:
        self.port, self.passed = upstream.port, upstream.passed
        self.secure, self.trust, self.client = secure, trust, client

    def route(self, user: str = USER, password: str = PASSWORD, no_proxy: str = "") -> Route:
        account = {"CONSENTINEL_UPSTREAM_USER": user, "CONSENTINEL_UPSTREAM_PASSWORD": password}
        return route(f"http://127.0.0.1:{self.port}", environ={**account, "NO_PROXY": no_proxy} if user else {})


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ways]:
    folder = tmp_path_factory.mktemp("upstream")
    authority = trustme.CA()
    trust, client = folder / "ca.pem", folder / "client.pem"
    authority.cert_pem.write_to_path(trust)
    authority.issue_cert("somebody@shop.test").private_key_and_cert_chain_pem.write_to_path(client)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode = ssl.CERT_OPTIONAL
    context.load_verify_locations(trust)
    authority.issue_cert("shop.test", "xn--bcher-kva.test").configure_cert(context)
    with serving() as plain, serving(context) as secure, upstream_proxy(folder, plain, secure) as upstream:
        yield Ways(upstream, secure, trust, client)


@contextmanager
def recording_by(trust: Path, way: Route) -> Iterator[Tap]:
    proxy = RecordingProxy(trust=trust, route=way)
    try:
        yield proxy.tap()
    finally:
        proxy.close()


def recording(ways: Ways, way: Route) -> AbstractContextManager[Tap]:
    return recording_by(ways.trust, way)


def ask(tap: Tap, url: str) -> urllib3.BaseHTTPResponse:
    with urllib3.ProxyManager(f"http://{tap.host}:{tap.port}", cert_reqs="CERT_NONE") as pool:
        headers = {"Accept": "*/*", "Sec-Fetch-Site": "cross-site"}
        return pool.request("GET", url, headers=headers, timeout=LIMIT, retries=False)


@pytest.mark.parametrize("url", ["https://shop.test/one", "http://shop.test/two", "http://shop.test:8080/three"])
def test_requests_of_the_recording_proxy_go_through_the_upstream_proxy(ways: Ways, url: str) -> None:
    with recording(ways, ways.route()) as tap:
        answer = ask(tap, url)
        assert (answer.status, answer.data) == (200, b"the shop")
        assert answer.headers["X-Was-Asked"] == "nothing"
        assert "CONNECT shop.test:443" in ways.passed() if url.startswith("https") else f"GET {url}" in ways.passed()
        (flow,) = tap.flows
        assert flow.request.pretty_url == url
        assert flow.request.host == "shop.test"
        assert "proxy-authorization" not in flow.request.headers
        assert tap.missed == []


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize(
    ("user", "told"), [("leo", "does not accept the user and password"), ("", "asks for a user and password")]
)
def test_a_wrong_password_is_a_fault_of_the_way_and_never_an_answer_of_the_site(
    ways: Ways, scheme: str, user: str, told: str
) -> None:
    with recording(ways, ways.route(user)) as tap:
        assert ask(tap, f"{scheme}://shop.test/").status == 502
        (flow,) = tap.flows
        assert flow.error is not None
        assert told in flow.error.msg
        assert tap.missed == [flow.error.msg]


@pytest.mark.parametrize("url", ["https://shop.test/", "http://shop.test/"])
def test_an_upstream_proxy_that_is_down_is_told_in_one_line(ways: Ways, url: str) -> None:
    way = route(f"http://127.0.0.1:{free_port()}", environ={})
    with recording(ways, way) as tap:
        assert ask(tap, url).status == 502
        (line,) = tap.missed
        assert "does not answer" in line
        assert "\n" not in line
    with session(ways.trust, way) as http, pytest.raises(UpstreamFailure, match="does not answer"):
        http.get(url, timeout=LIMIT)


def test_what_no_proxy_names_goes_around_the_upstream_proxy(ways: Ways) -> None:
    before = ways.passed()
    with recording(ways, ways.route(no_proxy="shop.test")) as tap:
        assert ask(tap, "https://shop.test:1/").status == 502  # nobody else knows that name
    assert ways.passed() == before


@pytest.mark.parametrize("url", ["https://shop.test/plain", "http://shop.test/plain"])
def test_plain_requests_go_through_the_upstream_proxy(ways: Ways, url: str) -> None:
    with session(ways.trust, ways.route()) as http:
        assert http.get(url, timeout=LIMIT).text == "the shop"
    with session(ways.trust, ways.route("leo")) as http, pytest.raises(UpstreamFailure, match="does not accept"):
        http.get(url, timeout=LIMIT)


def test_a_host_that_is_resolved_by_hand_is_reached_at_that_address(ways: Ways) -> None:
    names = ("shop.test", "bücher.test")
    way = route(resolve=[f"{name}:{ways.secure}:127.0.0.1" for name in names], environ={})
    with recording(ways, way) as tap:
        assert ask(tap, f"https://shop.test:{ways.secure}/").data == b"the shop"
        assert ask(tap, f"https://xn--bcher-kva.test:{ways.secure}/").data == b"the shop"
    with session(ways.trust, way) as http:
        assert http.get(f"https://bücher.test:{ways.secure}/", timeout=LIMIT).text == "the shop"
        with pytest.raises(requests.exceptions.SSLError):  # the name is still checked
            http.get(f"https://127.0.0.1:{ways.secure}/", timeout=LIMIT)


def test_a_server_that_asks_is_shown_the_client_certificate(ways: Ways) -> None:
    url = f"https://shop.test:{ways.secure}/"
    for certificate, shown in ((ways.client, "somebody@shop.test"), (None, "")):
        way = route(resolve=[f"shop.test:{ways.secure}:127.0.0.1"], client_certificate=certificate, environ={})
        with recording(ways, way) as tap:
            assert ask(tap, url).headers["X-Was-Shown"] == shown
        with session(ways.trust, way) as http:
            assert http.get(url, timeout=LIMIT).headers["X-Was-Shown"] == shown


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2])
def test_a_server_that_insists_on_a_client_certificate_is_told_so(tmp_path: Path, version: ssl.TLSVersion) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.verify_mode, context.maximum_version = ssl.CERT_REQUIRED, version
    context.load_verify_locations(tmp_path / "ca.pem")
    authority.issue_cert("shop.localhost").configure_cert(context)
    with serving(context) as port, session(tmp_path / "ca.pem") as http:
        url = f"https://shop.localhost:{port}/"
        with pytest.raises(requests.RequestException) as error:
            http.get(url, timeout=LIMIT)
    asks = r"asks? for a client certificate \(--client-cert FILE shows one\)"
    assert re.search(asks, why_no_answer(url, error.value))


def ended(ways: Ways, command: tuple[str, ...], upstream: str = "", password: str = "right") -> tuple[int, list[str]]:
    """How a command that goes by an upstream proxy ends, and the lines about that proxy."""
    way = ("--upstream", upstream or f"http://127.0.0.1:{ways.port}")
    account = {"CONSENTINEL_UPSTREAM_USER": "mia", "CONSENTINEL_UPSTREAM_PASSWORD": password}
    done = call(*command, *way, limit=300.0, environment=account)
    said = done.stdout + done.stderr
    assert password == "right" or password not in said
    assert "Traceback" not in said
    return done.returncode, [line for line in said.split("\n") if "upstream proxy" in line]


def running(folder: Path, scenarios: str = "") -> tuple[str, ...]:
    profile = folder / "shop.toml"
    profile.write_text(SHOP, encoding="utf-8")
    options = ("--site", str(profile), "--report", str(folder / "report"), "-k", scenarios, "--no-pictures")
    return ("pytest", "features/first_visit.feature", "-q", "-p", "no:cacheprovider", *options)


def drafting(folder: Path, *words: str) -> tuple[str, ...]:
    return ("consentinel", *words, "draft", "http://shop.test/", "-o", str(folder / "drafted.toml"))


COMMANDS: dict[str, tuple[Callable[[Path], tuple[str, ...]], int]] = {
    "run": (running, SETUP_FAILED),
    "draft": (drafting, SETUP_FAILED),
    "policy draft": (lambda folder: drafting(folder, "policy"), SETUP_FAILED),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_whose_upstream_proxy_fails_at_the_start_ends_with_one_line(
    ways: Ways, tmp_path: Path, name: str
) -> None:
    made, failed = COMMANDS[name]
    code, lines = ended(ways, made(tmp_path), password="wr0ng-w0rd")
    assert (code, len(lines)) == (failed, 1)
    assert "does not accept the user and password; check CONSENTINEL_UPSTREAM_USER" in lines[0]
    code, lines = ended(ways, made(tmp_path), f"http://127.0.0.1:{free_port()}", "wr0ng-w0rd")
    assert (code, len(lines)) == (failed, 1)
    assert "does not answer (Connection refused)" in lines[0]
    assert not (tmp_path / "drafted.toml").exists()


def test_a_policy_is_read_by_the_upstream_proxy(ways: Ways, tmp_path: Path) -> None:
    before = len(ways.passed())
    assert ended(ways, drafting(tmp_path, "policy")) == (0, [])
    assert ways.passed()[before:] == ["GET http://shop.test/"]
