"""A page that tells its tags about consent in each way that pages do it. Standard library alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import QuietHandler, Server, listening

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<script>
  const untouched = typeof window.dataLayer === "undefined";
  var dataLayer = window.dataLayer || [];
  function gtag() { dataLayer.push(arguments); }
  gtag("consent", "default", { ad_storage: "denied", analytics_storage: "denied", wait_for_update: 500 });
  gtag("consent", "default", { ad_storage: "granted", region: ["US-TX", "US-CA"] });
</script><script src="/tag.js"></script></head><body><main><h1>Shop</h1><p>Words about things to buy.</p></main>
<script>
  gtag("js", new Date());
  dataLayer.push(["consent", "update", { ad_storage: "granted" }]);
  dataLayer.push({ event: "consent", ad_storage: "granted" });
  const counts = dataLayer.push(1, 2) === dataLayer.length;
  gtag("consent", "update", { analytics_storage: "granted", ad_storage: { toString() { throw 1; } } });
  const right = untouched && counts && Array.isArray(dataLayer) && handed.length === 8
    && Object.keys(dataLayer).every((key) => String(Number(key)) === key)
    && String(Array.prototype.push) === String(seenPush);
  window.dataLayer = [];
  gtag("consent", "update", { ad_user_data: "denied" });
  const listeners = [];
  let said = "";
  const api = function (command, version, callback) {
    if (command !== "addEventListener") throw new Error(command);
    listeners.push(callback);
    callback({ tcString: said, gdprApplies: true, eventStatus: "cmpuishown", listenerId: listeners.length }, true);
  };
  window.__tcfapi = api;
  window.__gpp = (command, callback) => callback({ eventName: "signalStatus", pingData: { gppString: "DBAA",
    applicableSections: [7] } }, true);
  addEventListener("load", () => {
    said = "CHOICE";
    const callers = listeners.map(String);
    listeners.forEach((told) => told({ tcString: said, gdprApplies: true, eventStatus: "useractioncomplete" }, true));
    const same = window.__tcfapi === api && callers.every((text) => text.includes("[native code]"));
    document.title = right && same ? "unchanged" : "changed";
  });
</script><iframe src="/frame" title="frame"></iframe></body></html>"""

TAG = """var handed = dataLayer.slice(), seenPush = dataLayer.push, original = dataLayer.push;
dataLayer.push = function () {
  handed.push(...arguments);
  return original.apply(dataLayer, arguments);
};"""

FRAME = """<!doctype html><title>Frame</title><script>
(window.dataLayer = window.dataLayer || []).push(function () { return arguments; }("consent", "default", {}));
const waiting = [];
window.__tcfapi = (...call) => call.length ? waiting.push(call) : waiting;
fetch("/events", { method: "POST", body: "en=a&gcs=G100\\nen=b&gcs=G110" }).then(() => {
  const handed = window.__tcfapi();
  window.__tcfapi = (command, version, callback) =>
    callback({ tcString: "FRAME", gdprApplies: false, eventStatus: "tcloaded" }, true);
  handed.forEach((call) => window.__tcfapi(...call));
});
</script>"""

PROFILE = """
[site]
name = "Shop"
base_url = "http://shop.localhost:%(port)d"
hosts = ["shop.localhost"]
[consent]
manager = "auto"
[consent.stored]
name = "choice"
[categories.functionality]
label = "Needed"
refusable = false
[categories.analytics]
label = "Analytics"
[signals]
google_consent_mode = true
"""

_SERVED = {"/": ("text/html", PAGE), "/tag.js": ("text/javascript", TAG), "/frame": ("text/html", FRAME)}


class _Handler(QuietHandler):
    def do_GET(self) -> None:
        kind, text = _SERVED.get(self.path, ("text/plain", ""))
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(204)
        self.end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[Path]:
    """Serve the page; the file of its profile."""
    with listening(Server(_Handler)) as server:
        file = folder / "profile.toml"
        file.write_text(PROFILE % {"port": server.server_port}, encoding="utf-8")
        yield file
