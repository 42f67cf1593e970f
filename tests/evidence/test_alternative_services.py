"""A site that offers HTTP/3 by `Alt-Svc`, and speaks it, is visited by the recording proxy nevertheless."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.proxy import RecordingProxy
from consentinel.site.profile import Profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving import QuietHandler, Server, listening
from tests.serving_h3 import serving_h3
from tests.verdicts.builders import PROFILE


@pytest.fixture(scope="module")
def proxy(
    tmp_path_factory: pytest.TempPathFactory, first_wire: RecordingProxy
) -> Iterator[tuple[RecordingProxy, trustme.CA]]:
    authority, trust = trustme.CA(), tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(trust)
    made = RecordingProxy(trust=trust, beside=first_wire)
    yield made, authority
    made.close()


@pytest.mark.browser
def test_no_page_goes_around_the_wire(
    shared_browsers: BrowserPool, spec: BrowserSpec, proxy: tuple[RecordingProxy, trustme.CA], tmp_path: Path
) -> None:
    wire, authority = proxy
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate, keyed = authority.issue_cert("shop.localhost"), tmp_path / "shop.pem"
    certificate.configure_cert(context)
    certificate.private_key_and_cert_chain_pem.write_to_path(keyed)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")

    class Shop(QuietHandler):
        def do_GET(self) -> None:
            services = f'h3=":{server.server_port}"; ma=3600, h3="other.localhost:{server.server_port}"; ma=3600'
            self.send_response(200)
            self.send_header("Alt-Svc", services)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<title>Shop</title><link rel=icon href=data:,><main>Some words</main>")

    server = Server(Shop)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with listening(server), serving_h3(server.server_port, "shop.localhost", keyed, tmp_path / "ca.pem") as offered:
        assert offered.ask() == b"by HTTP/3", "who follows the offer gets there"
        before = offered.senders
        url = f"https://shop.localhost:{server.server_port}"
        resources = Resources(shared_browsers, spec, wire, horizon=0.5)
        visitor = Visitor("visitor", resources, _shop(url))
        try:
            for path in ("/one", "/two", "/three"):
                visitor.visit(f"{url}{path}", f"visits {path}")
            answered = {request.url: request.status for request in visitor.timeline.requests}
        finally:
            visitor.leave()
        assert [answered.get(f"{url}{path}") for path in ("/one", "/two", "/three")] == [200, 200, 200]
        assert len(before) == 1
        assert offered.senders == before


def _shop(url: str) -> Profile:
    site = PROFILE.site.model_copy(update={"base_url": url, "hosts": ("shop.localhost",)})
    return PROFILE.model_copy(update={"site": site})
