"""A site that speaks HTTP/2 is spoken to as the browser would speak to it."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Iterator
from contextlib import closing

import pytest
import trustme

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.proxy import RecordingProxy, Tap
from consentinel.evidence.request_merge import merge
from consentinel.evidence.secrets import Secrets
from consentinel.pytest_plugin.har import traffic
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving_h2 import H1, H2, Answered, Asked, serving_h2
from tests.verdicts.builders import PROFILE

LIMIT = 10.0


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def proxy(
    authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory, first_wire: RecordingProxy
) -> Iterator[RecordingProxy]:
    trust = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trust)
    made = RecordingProxy(trust=trust, beside=first_wire)
    yield made
    made.close()


def certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.localhost").configure_cert(context)
    return context


def told(asked: Asked) -> Answered:
    if asked.path == "/nothing":
        return Answered(status=204)
    said = [asked.protocol, asked.headers.get(":authority", ""), asked.headers.get("cookie", ""), asked.body.decode()]
    headers = {"content-type": "application/json", "set-cookie": "session=1"}
    return Answered(json.dumps(said).encode(), headers, hint="</a.css>; rel=preload" if asked.path == "/two" else "")


def connected(tap: Tap, port: int, offered: tuple[str, ...]) -> http.client.HTTPSConnection:
    """A connection that offers these protocols, as a browser's does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols([*offered])
    connection = http.client.HTTPSConnection(tap.host, tap.port, timeout=LIMIT, context=context)
    connection.set_tunnel("shop.localhost", port)
    return connection


def test_a_site_that_speaks_http2_alone_is_visited_and_recorded(proxy: RecordingProxy, authority: trustme.CA) -> None:
    tap = proxy.tap()
    with serving_h2(told, certified(authority)) as port, closing(connected(tap, port, (H2, H1))) as browser:
        for path, body in (("/one", None), ("/two", b"said"), ("/nothing", None), ("/three", None)):
            browser.request("POST" if body else "GET", path, body, {"Cookie": "a=1; b=2"})
            answer = browser.getresponse()
            content = answer.read()
            assert answer.version == 11
            assert not answer.will_close  # the next request needs no connection of its own
            if answer.status == 200:
                assert json.loads(content) == [H2, f"shop.localhost:{port}", "a=1; b=2", (body or b"").decode()]
        requests = merge((), tap.flows)
        assert [request.status for request in requests] == [200, 200, 204, 200]
        assert {cookie.name for request in requests for cookie in request.set_cookies} == {"session"}
        assert len({flow.server_conn.id for flow in tap.flows}) == 1
        assert tap.missed == []
        for entry in traffic(tap, Secrets(), show_values=True)["log"]["entries"]:
            assert entry["response"]["httpVersion"] == "HTTP/2.0"
            assert "transfer-encoding" not in {header["name"].lower() for header in entry["response"]["headers"]}


@pytest.mark.parametrize(("offered", "spoken"), [((H2, H1), H2), ((H1,), H1), ((), None)])
def test_a_site_is_offered_what_the_browser_offers(
    proxy: RecordingProxy, authority: trustme.CA, offered: tuple[str, ...], spoken: str | None
) -> None:
    context = certified(authority)
    with serving_h2(told, context, (H2, H1)) as port, closing(connected(proxy.tap(), port, offered)) as browser:
        browser.request("GET", "/one")
        answer = browser.getresponse()
        assert answer.status == (200 if spoken else 502)
        if spoken:
            assert json.loads(answer.read())[0] == spoken


PAGE = b"""<!doctype html><title>Shop</title><link rel="icon" href="data:,"><p>Some words</p>
<script src="/one.js"></script><script>
  fetch("/saved", {method: "POST", body: "said"}).then((answer) => answer.text()).then((text) => {
    document.cookie = `read=${text}`;
  });
  new WebSocket(location.href.replace("https", "wss").replace("/page", "/socket"));
</script>"""


@pytest.mark.browser
def test_pages_come_by_http2_and_sockets_do_not(
    shared_browsers: BrowserPool, spec: BrowserSpec, proxy: RecordingProxy, authority: trustme.CA
) -> None:
    came: list[tuple[str, str]] = []

    def shop(asked: Asked) -> Answered:
        came.append((asked.path, asked.protocol))
        if asked.path == "/page":
            return Answered(PAGE, {"content-type": "text/html", "set-cookie": "page=1"})
        return Answered(asked.body, {"content-type": "text/javascript", "set-cookie": f"{asked.path[1:]}=1"})

    with serving_h2(shop, certified(authority), (H2, H1)) as port:
        url = f"https://shop.localhost:{port}"
        resources = Resources(shared_browsers, spec, proxy, horizon=0.5)
        site = PROFILE.site.model_copy(update={"base_url": url, "hosts": ("shop.localhost",)})
        visitor = Visitor("visitor", resources, PROFILE.model_copy(update={"site": site}))
        try:
            visitor.visit(f"{url}/page", "visits the page")
            timeline = visitor.timeline
        finally:
            visitor.leave()
    assert set(came) == {("/page", H2), ("/one.js", H2), ("/saved", H2), ("/socket", H1)}
    assert timeline.state is not None
    assert {item.name for item in timeline.state.items} >= {"page", "one.js", "saved", "read"}
    assert {request.body.text for request in timeline.requests if request.method == "POST"} == {"said"}
    assert all(rest.complete for rest in timeline.settled)
