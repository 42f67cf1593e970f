"""Clean shops whose pages behave in ways of their own: stores, prompts, workers, patched built-ins."""

from __future__ import annotations

from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop


class Plain(Shop):
    """The shop as it is."""


class FeatureTest(Shop):
    """Decides by chance between two versions of its pages, and keeps which."""

    needed = ("choice", "ab_variant")
    early = """if (!document.cookie.includes('ab_variant='))
      document.cookie = `ab_variant=${Math.random() < .5 ? 'A' : 'B'}; path=/; max-age=86400`;"""


class InTwoCookies(Shop):
    """Keeps the choice as JSON in one cookie and its version in another."""

    needed = ("choice", "choice_version")
    functions: ClassVar[dict[str, str]] = {
        "chosen": """function chosen() {
  const kept = read("choice");
  return kept ? (JSON.parse(decodeURIComponent(kept)).categories.includes("statistics") ? "all" : "none") : undefined;
}""",
        "remember": """function remember(choice) {
  const categories = choice === "all" ? ["needed", "statistics"] : ["needed"];
  const kept = {v: 3, categories, at: new Date().toISOString()};
  document.cookie = `choice=${encodeURIComponent(JSON.stringify(kept))}; path=/; max-age=15552000`;
  document.cookie = "choice_version=3; path=/; max-age=15552000";
}""",
    }


class Rewriting(Shop):
    """Writes the cookie of the choice on each page anew, with what it held and its first end."""

    functions: ClassVar[dict[str, str]] = {
        "chosen": """function chosen() { return (read("choice") || "").split(".")[0] || undefined; }""",
        "remember": """function remember(choice) {
  const until = Date.now() + 15552000000;
  document.cookie = `choice=${choice}.${until}; path=/; expires=${new Date(until).toUTCString()}`;
}""",
    }
    late = """const kept = read("choice");
if (kept) document.cookie = `choice=${kept}; path=/; expires=${new Date(+kept.split(".")[1]).toUTCString()}`;"""


class Reloading(Shop):
    """Calls the page up anew after each choice."""

    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  const tag = document.createElement("script");
  tag.src = "http://count.localhost:[[port]]/tag.js";
  document.head.append(tag);
}""",
        "decided": "function decided() { location.reload(); }",
    }
    script = Shop.script.replace('if (choice === "all" && before !== "all") track();', "")


class Hashed(Shop):
    """One document whose pages are fragments of its address."""

    articles = ("/#/tea", "/#/salt", "/#/soap")
    late = """const main = document.querySelector("main"), first = main.innerHTML;
const route = () => {
  const name = location.hash.slice(2);
  const words = "<p>Some words about it, for whoever comes to read.</p>";
  main.innerHTML = name ? `<h1>${name.replace(/\\W/g, "")}</h1>${words}` : first;
};
addEventListener("hashchange", route); route();"""


class Worker(Shop):
    """A service worker keeps its pages for later."""

    late = "if (navigator.serviceWorker) navigator.serviceWorker.register('/worker.js').catch(() => 0);"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/worker.js":
            return Answer(
                """addEventListener("install", (event) => { skipWaiting(); });
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.mode === "navigate") event.respondWith(fetch(event.request));
});""",
                "text/javascript",
            )
        return None


class FullStore(Shop):
    """Tries how much the local storage holds, until it throws, and clears up."""

    early = """const much = "x".repeat(1 << 20);
try { for (let n = 0; n < 12; n++) localStorage.setItem(`probe${n}`, much); } catch (full) {}
for (const name of Object.keys(localStorage)) if (name.startsWith("probe")) localStorage.removeItem(name);"""


class Names(Shop):
    """Keeps in the window's name which pages were read, and in the session's storage where they were left."""

    needed = ("choice",)
    early = """window.name = JSON.stringify({read: 1}); sessionStorage.setItem("scroll", "0");
history.replaceState({place: 1}, "");"""
    written = ""

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nsession_storage = ["scroll"]')


class TwoCounters(Shop):
    """Two measuring services live on one host, told apart by their paths."""

    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  for (const path of ["/tag.js", "/heat/tag.js"]) {
    const tag = document.createElement("script");
    tag.src = `http://count.localhost:[[port]]${path}`;
    document.head.append(tag);
  }
}"""
    }

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/heat/tag.js":
            return Answer(
                "fetch('http://count.localhost:[[port]]/heat/ping', {mode: 'no-cors', method: 'POST', body: 'seen'})"
            )
        return None


class Greeting(Shop):
    """Asks three things by the browser's own boxes, and would print."""

    late = """addEventListener("load", () => setTimeout(() => {
  alert("Welcome"); confirm("Are you well?"); prompt("Your name?"); print();
}, 50));"""


class Permissions(Shop):
    """Asks to be allowed to show notifications and where the visitor is, and would play and record."""

    late = """try { Notification.requestPermission().catch(() => 0); } catch (none) {}
try { navigator.geolocation.getCurrentPosition(() => 0, () => 0); } catch (none) {}
try { navigator.mediaDevices?.getUserMedia({audio: true}).catch(() => 0); } catch (none) {}
try { navigator.clipboard?.readText().catch(() => 0); } catch (none) {}"""


class OldLibrary(Shop):
    """An old library gives arrays and strings a `toJSON` of their own, and `$` and `Element` methods of theirs."""

    early = """Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]"; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Object.prototype.inherited = function () { return 1; };
Element.prototype.remove = function () { this.parentNode && this.parentNode.removeChild(this); return this; };
window.$ = window.$$ = (id) => document.getElementById(id);"""


class Patching(Shop):
    """Replaces what its scripts call: fetch, console, the cookie's setter, the storage's methods, timers."""

    early = """for (const name of ["log", "debug", "error", "warn"]) console[name] = () => {};
const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
Object.defineProperty(document, "cookie", {get: () => cookie.get.call(document), set: (text) => {
  if (!/^_ga=/.test(text) || /choice=all/.test(cookie.get.call(document))) cookie.set.call(document, text);
}});
const put = Storage.prototype.setItem;
Storage.prototype.setItem = function (name, value) { return put.call(this, name, String(value)); };
const ask = window.fetch; window.fetch = (...all) => ask(...all);
const later = window.setTimeout; window.setTimeout = (what, when, ...more) => later(what, when, ...more);
window.Map = class extends Map {}; window.Set = class extends Set {};
Object.freeze(Storage.prototype);""".replace("const ask", "const asked").replace("=> ask(", "=> asked(")


class Sandboxed(Shop):
    """Shows two frames in sandboxes: one of its own that may not store, one written in place."""

    tail = """<iframe sandbox="allow-scripts" src="/box" title="Box" width="90" height="30"></iframe>
<iframe sandbox srcdoc="&lt;p&gt;Boxed&lt;/p&gt;" title="Other box" width="90" height="30"></iframe>
<iframe src="about:blank" title="None" hidden></iframe>"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/box":
            return Answer("<!doctype html><p>Box</p><script>try { localStorage.x = 1; } catch (none) {}</script>")
        return None


class Endless(Shop):
    """Adds to the page whenever its end comes near."""

    late = """let rows = 0;
addEventListener("scroll", () => {
  if (rows < 400 && innerHeight + scrollY > document.body.scrollHeight - 200)
    for (let n = 0; n < 20; n++, rows++) {
      const row = document.createElement("p");
      row.textContent = `Row ${rows}`;
      document.querySelector("main").append(row);
    }
});"""

    def main(self, path: str) -> str:
        return super().main(path) + "<p style='height: 90vh'>A tall one.</p>" * 2


class NewTabs(Shop):
    """Its links open new tabs."""

    def main(self, path: str) -> str:
        return super().main(path).replace("<a ", '<a target="_blank" rel="noopener" ')


class Leaving(Shop):
    """Asks whether one really wants to leave, once its page was touched, and says good-bye to itself."""

    late = """addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = ""; });
addEventListener("pagehide", () => navigator.sendBeacon("/bye"));"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.path == "/bye" else None


class LeftBehind(Shop):
    """Leaves the analytics cookie, untouched, where consent is withdrawn, as the policy allows."""

    functions: ClassVar[dict[str, str]] = {"forget": "function forget() {}"}


class MetaCookie(Shop):
    """Sets a cookie by a meta element, which no browser heeds any more, and prefetches its next page."""

    head = """<meta http-equiv="Set-Cookie" content="_ga=GA1.1.1.2; path=/"><link rel="prefetch" href="/tea">
<link rel="preload" href="/site.css" as="style"><link rel="stylesheet" href="/site.css">"""

    def answer(self, asked: Asked) -> Answer | None:
        return Answer("body { margin: 8px; }", "text/css") if asked.path == "/site.css" else None


class Throwing(Shop):
    """Its script throws an error on each page, and rejects a promise that nobody waits for."""

    late = "setTimeout(() => { throw new Error('oops'); }, 20); Promise.reject(new Error('none'));"


class ShownAhead(Shop):
    """Chromium renders the pages behind all links ahead, and shows them in the open page's place."""

    tail = """<script type="speculationrules">
{"prerender": [{"where": {"href_matches": "/*"}, "eagerness": "immediate"}]}
</script>"""


class NoDrawing(Shop):
    """A drawing is not there any more; the page shows a text in its place."""

    tail = '<object data="/gone.svg" type="image/svg+xml">A drawing of the shop</object>'
