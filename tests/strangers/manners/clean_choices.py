"""Clean shops that keep a choice, open their settings, count or stand where few do."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.strangers.manners.shop import COUNT, SHOP, Answer, Asked, Shop

VENDORS = "vendors.localhost"

LAYERS = """<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<div id="first"><p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button>
<button id="more">Settings</button></div>
<div id="second" hidden><h2>Cookie settings</h2><label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="stats"> Statistics</label> <button id="save">Save settings</button></div></div>"""

TURN = """const layer = (second) => {
  element("first").hidden = second; element("second").hidden = !second;
  element("stats").checked = chosen() === "all";
};
element("more").onclick = () => layer(true);
element("save").onclick = () => decide(element("stats").checked ? "all" : "none");
element("again").onclick = () => { show(); layer(true); };"""


class InDatabase(Shop):
    """Keeps the choice in IndexedDB, which it reads before it asks."""

    functions: ClassVar[dict[str, str]] = {
        "chosen": "let kept; function chosen() { return kept; }",
        "remember": """function remember(choice) {
  kept = choice;
  base("readwrite").then((at) => at.put(choice, "choice"));
}
const base = (mode) => new Promise((done) => {
  const opening = indexedDB.open("shop", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onsuccess = () => done(opening.result.transaction("kept", mode).objectStore("kept"));
});""",
    }
    script = Shop.script.replace(
        'if (!chosen()) show(); else if (chosen() === "all") track();',
        """indexedDB.databases().then((all) => {
  if (!all.length) return show();
  base("readonly").then((at) => {
    const asked = at.get("choice");
    asked.onsuccess = () => { kept = asked.result; if (!kept) show(); else if (kept === "all") track(); };
  });
});""",
    )


class SettingsInWindow(Shop):
    """The settings open in a window of their own, and tell the page what was chosen there."""

    late = """element("again").onclick = () => { open("/settings", "settings", "width=400,height=300"); };
addEventListener("message", (event) => { if (event.data.consent) decide(event.data.consent); });"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or asked.path != "/settings":
            return None
        return Answer("""<!doctype html><html lang="en"><title>Cookie settings</title><link rel="icon" href="data:,">
<form id="settings"><h1>Cookie settings</h1><label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="stats"> Statistics</label> <button>Save settings</button></form><script>
document.getElementById("stats").checked = document.cookie.includes("choice=all");
document.getElementById("settings").onsubmit = (event) => {
  event.preventDefault();
  opener.postMessage({consent: document.getElementById("stats").checked ? "all" : "none"}, location.origin);
  close();
};</script>""")


class SettingsFromVendors(Shop):
    """The list of vendors comes from a service's host as soon as the settings open."""

    partners = (VENDORS,)
    banner = LAYERS
    late = f"""{TURN}
for (const id of ["more", "again"]) element(id).addEventListener("click", () => fetch("http://{VENDORS}:[[port]]/list"));"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == VENDORS:
            return Answer("[]", "application/json", headers=[("Access-Control-Allow-Origin", "*")])
        return None


class ClosedByCross(Shop):
    """The banner can be closed by a cross: nothing is kept, and the next page asks again."""

    banner = Shop.banner.replace("<p>", '<button id="x" aria-label="Close" style="float:right">&times;</button><p>')
    late = 'element("x").onclick = () => hide();'


class CrossRefuses(ClosedByCross):
    """The cross of the banner refuses, and says so."""

    banner = ClosedByCross.banner.replace('aria-label="Close"', 'aria-label="Close and refuse all"')
    late = 'element("x").onclick = () => decide("none");'


class Longest(Shop):
    """Once all is accepted, one cookie is as long as browsers take, and one is longer, which no browser keeps."""

    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  const id = read("_ga") || "GA1.1." + Math.floor(Math.random() * 1e9) + ".".padEnd(4080, "1");
  document.cookie = `_ga=${id.slice(0, 4093)}; path=/; max-age=31536000`;
  document.cookie = `_gat=${"1".repeat(4093)}; path=/; max-age=60`;
  new Image().src = `http://count.localhost:[[port]]/collect?cid=${id.slice(0, 40)}`;
}""",
    }


class Partitioned(Shop):
    """Once all is accepted, a frame of the counter keeps a cookie for this site alone."""

    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  const frame = document.createElement("iframe");
  frame.title = "Counter"; frame.hidden = true; frame.src = "http://count.localhost:[[port]]/frame";
  document.body.append(frame);
}""",
    }

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != COUNT or asked.path != "/frame":
            return None
        kept = asked.cookies.get("__Host-count") or secrets.token_hex(8)
        terms = "Path=/; Max-Age=86400; Secure; HttpOnly; SameSite=None; Partitioned"
        return Answer("<!doctype html><title>Count</title>", headers=[("Set-Cookie", f"__Host-count={kept}; {terms}")])


class AlwaysOn(Shop):
    """Counts visits without anything that tells visitors apart, which its settings say is always on."""

    banner = LAYERS.replace(
        '</label>\n<label><input type="checkbox" id="stats"> Statistics</label>',
        """</label>
<label><input type="checkbox" checked disabled> Statistics without cookies</label> <small>Always on.</small>
<label><input type="checkbox" id="stats"> Marketing</label>""",
    )
    late = TURN
    tail = '<img src="/stats/matomo.php?idsite=1&rec=1" alt="" width="1" height="1">'
    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  document.cookie = `_fbp=fb.1.${Date.now()}.${Math.floor(Math.random() * 1e9)}; path=/; max-age=7776000`;
}""",
        "forget": 'function forget() { document.cookie = "_fbp=; path=/; max-age=0"; }',
    }

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.path == "/stats/matomo.php" else None


class BelowPath(Shop):
    """Lives below a path of a host that is not its own: everything above it is somebody else's."""

    at = "/~shop/"
    articles = ("/~shop/tea", "/~shop/salt", "/~shop/soap")
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}; path=/~shop/; max-age=15552000`;
}""",
    }

    def page(self, asked: Asked) -> str:
        return super().page(asked).replace('href="/cookies"', 'href="/~shop/cookies"')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path in (self.at, "/~shop/cookies", *self.articles):
            return Answer(self.page(asked))
        return Answer("<h1>There is no such page</h1>", status=404)


class ByCountry(Shop):
    """The front page leads to that of the visitor's country, which a cookie keeps for the next time."""

    needed = ("choice", "country")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/":
            country = asked.cookies.get("country", "de")
            kept = ("Set-Cookie", f"country={country}; Path=/; Max-Age=2592000; SameSite=Lax")
            return Answer(status=302, headers=[("Location", f"/{country}/"), kept, ("Vary", "Cookie")])
        return Answer(self.page(asked)) if asked.host == SHOP and asked.path == "/de/" else None


class WithItsIdentifier(Shop):
    """Writes its cookie before any choice, with an identifier of the consent in letters and a default of each kind."""

    needed = ("cookieyes-consent",)
    functions: ClassVar[dict[str, str]] = {
        "chosen": """const pairs = (read("cookieyes-consent") || "").split(",").map((one) => one.split(":"));
const kept = Object.fromEntries(pairs);
const kinds = ["functional", "analytics", "performance", "advertisement", "other"];
const keep = () => {
  const text = Object.entries(kept).filter(([name]) => name).map((one) => one.join(":")).join(",");
  document.cookie = `cookieyes-consent=${text}; path=/; max-age=15552000; SameSite=Strict`;
};
if (!kept.consentid) {
  const drawn = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)));
  Object.assign(kept, { consentid: btoa(drawn).replace(/[^a-z]/gi, "x"), consent: "", action: "", necessary: "yes" });
  for (const kind of kinds) kept[kind] = "no";
  keep();
}
function chosen() { return kept.action && (kept.analytics === "yes" ? "all" : "none"); }""",
        "remember": """function remember(choice) {
  for (const name of ["consent", ...kinds]) kept[name] = choice === "all" ? "yes" : "no";
  kept.action = "yes";
  keep();
}""",
    }

    def profile(self) -> str:
        return super().profile().replace('name = "choice"', 'name = "cookieyes-consent"')
