"""Whatever form a partner's request has, an identifier in it is read."""

from __future__ import annotations

from threading import Thread

import pytest
from websockets.sync.server import ServerConnection, serve

from consentinel.verdicts import recognisable
from tests.strangers.truth_sites import CDN, SHOP, Answer, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

GZIP = """(async () => {
  const text = JSON.stringify({who: {distinct: session}, event: 'page'});
  const body = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
  await fetch(partner, {method: 'POST', body, mode: 'no-cors'});
})()"""

TOLD = {
    "gzip": GZIP,
    "json": "navigator.sendBeacon(partner, JSON.stringify({distinct: session}))",
    "multipart": "const form = new FormData; form.append('d', session); navigator.sendBeacon(partner, form)",
    "binary": "navigator.sendBeacon(partner, new Blob([new Uint8Array([10, 24, 255]), session]))",
    "path": "new Image().src = `${partner}/${session}/p.gif`",
    "header": "fetch(partner, {headers: {'X-Visitor': session}})",
    "socket": "const socket = new WebSocket(channel); socket.onopen = () => { socket.send(session); socket.close(); }",
}
"""How a partner is told the session."""


def speaking(means: str, session: str, channel: str = "") -> Answer:
    partner = f"http://{CDN}:{{port}}/e"
    return page(f"const partner = '{partner}', channel = '{channel}', session = {session}; {TOLD[means]}")


ALLOWED = Answer("", status=204, headers={"access-control-allow-origin": "*", "access-control-allow-headers": "*"})

KEPT = "sessionStorage.s || (sessionStorage.s = [...crypto.getRandomValues(new Uint8Array(12))].join('x'))"

DRAWN = "[...crypto.getRandomValues(new Uint8Array(12))].join('x')"


def _listen(socket: ServerConnection) -> None:
    for _ in socket:
        pass


@pytest.mark.parametrize(("session", "count"), [(KEPT, 1), (DRAWN, 0)], ids=["kept", "drawn anew"])
@pytest.mark.parametrize("means", TOLD)
def test_whatever_tells_a_partner_of_the_visitor_is_read(visit: Visit, means: str, session: str, count: int) -> None:
    with serve(_listen, "127.0.0.1", 0) as sockets:
        Thread(target=sockets.serve_forever, daemon=True).start()
        channel = f"ws://{CDN}:{sockets.socket.getsockname()[1]}/s"
        answers = {(SHOP, "/"): speaking(means, session, channel), (CDN, "/e"): ALLOWED}
        visitor, site = visit(answers)
        visitor.visit(site.url(), "comes again")
        stranger, _ = visit(answers)
        sockets.shutdown()
    verdict = recognisable.partners_cannot_recognise(visitor.timeline, stranger.timeline, visitor.profile, ())
    assert {one.host for one in verdict.findings} == ({CDN} if count else set())
