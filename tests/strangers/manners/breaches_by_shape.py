"""Shops whose one fault is where it hides: in a worker, in 32 bits, in a host's name, under a path of their own."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.strangers.manners.breach import IDENTIFIER, Breach
from tests.strangers.manners.shop import SHOP, Answer, Asked

DEVICE = """const device = async (most) => {
  const canvas = new OffscreenCanvas(80, 30), context = canvas.getContext("2d");
  context.fillText("salt and soap", 4, 20);
  const drawn = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  const read = new TextEncoder().encode(drawn.join() + navigator.hardwareConcurrency);
  const bytes = [...new Uint8Array(await crypto.subtle.digest("SHA-256", read))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, most);
};"""

SEND = 'navigator.sendBeacon("/api/seen", JSON.stringify({page: location.pathname, device: data}));'


class _Device(Breach):
    """A shop that tells its own server a digest of the device; `worker` is a script of its own."""

    broken = "fingerprint of the device"
    seen_in = "made_up_for"
    worker: ClassVar[str] = ""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path not in ("/api/seen", "/seen.js"):
            return None
        return Answer(status=204) if asked.path == "/api/seen" else Answer(DEVICE + self.worker, "text/javascript")


class ByWorker(_Device):
    """A worker computes it, and the page tells it."""

    worker = "device(64).then(postMessage);"
    late = f'new Worker("/seen.js").onmessage = ({{data}}) => {SEND}'


class BySharedWorker(_Device):
    """A worker that all pages share computes it."""

    worker = "onconnect = ({ports}) => device(64).then((one) => ports[0].postMessage(one));"
    late = f'new SharedWorker("/seen.js").port.onmessage = ({{data}}) => {SEND}'


class InFewBits(_Device):
    """Eight digits of it are told."""

    late = f"{DEVICE}device(8).then((data) => {SEND.rstrip(';')});"


class _ToldPartner(Breach):
    """A shop that tells a technical partner the number of its session, with each page."""

    broken = "recognises"
    seen_in = "made_up_for"
    partners = ("*.cdn.localhost",)
    needed = ("choice", "sid")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host.endswith("cdn.localhost"):
            return Answer(status=204)
        answer = self.shop(asked)
        if asked.host == SHOP and "sid" not in asked.cookies:
            answer.headers.append(("Set-Cookie", f"sid={secrets.token_hex(16)}; Path=/"))
        return answer


class InHost(_ToldPartner):
    """The partner's host is called by it."""

    late = "new Image().src = `http://u${read('sid')}.cdn.localhost:[[port]]/p.gif`;"


class InSubprotocol(_ToldPartner):
    """The protocol of a socket is called by it."""

    late = "new WebSocket('ws://live.cdn.localhost:[[port]]/s', `v${read('sid')}`);"


class InHistory(Breach):
    """Restores an identifier from the tab's history after all cookies were removed."""

    broken = "uid"
    needed = ("choice", "uid")
    late = f"""const kept = (history.state || {{}}).uid || read("uid") || {IDENTIFIER};
history.replaceState({{uid: kept}}, "");
document.cookie = `uid=${{kept}}; path=/; max-age=9000000`;"""
    seen_in = "functionality_identifier_comes_back"


class _Hit(Breach):
    """A shop that takes what a service would be told itself, whatever was chosen."""

    broken = "without consent"
    seen_in = "every_page or made_up_for"

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.host == SHOP and asked.path.startswith("/m/") else None


class LikeMatomo(_Hit):
    """Statistics under another name."""

    late = """new Image().src = `/m/p?${new URLSearchParams({
  idsite: 1, rec: 1, action_name: document.title, url: location.href, rand: Math.random(), res: "1280x720",
})}`;"""


class LikeTikTok(_Hit):
    """An advertising network's event, in JSON; the category is another one than the profile's."""

    broken = "The advertising service"
    late = """navigator.sendBeacon("/m/t", JSON.stringify({
  event: "Pageview", timestamp: new Date().toISOString(),
  context: {page: {url: location.href}, pixel: {code: "CABCDEFGHIJKLMNOPQRS"}},
}));"""

    def profile(self) -> str:
        return super().profile().replace("[pages]", '[categories.advertising]\nlabel = "Advertising"\n[pages]')


class PackedHit(_Hit):
    """A hit of Google Analytics, packed into one value."""

    late = """const hit = {v: 2, tid: "G-AB12CD34EF", cid: `${Date.now() % 1e9}.17`, en: "page_view"};
new Image().src = `/m/x?q=${encodeURIComponent(btoa(new URLSearchParams(hit)))}`;"""
