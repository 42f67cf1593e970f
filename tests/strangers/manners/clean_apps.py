"""Clean shops built like today's applications: pages take each other's place, and parts of them come late."""

from __future__ import annotations

import json
from typing import ClassVar

from tests.strangers.manners.shop import SHOP, Answer, Asked, Shop

COUNTED = '<script src="http://count.localhost:[[port]]/tag.js"></script>'


class Turbo(Shop):
    """Pages take each other's place as with Turbo: the body is put in anew and its scripts run again, also on the way
    back from a copy; a link is fetched ahead where the pointer rests on it."""

    head = """<script>if (!window.turbo) {
  const kept = new Map(), ahead = new Map();
  const body = () => document.body.cloneNode(true);
  const inside = (event) => event.target.closest && event.target.closest("a[href^='/']");
  window.turbo = (made) => {
    for (const script of made.querySelectorAll("script")) {
      const again = document.createElement("script");
      if (script.src) again.src = script.src; else again.textContent = `{${script.textContent}}`;
      script.replaceWith(again);
    }
    document.body.replaceWith(made);
    scrollTo(0, 0);
  };
  const ask = (url) => {
    if (!ahead.has(url)) ahead.set(url, fetch(url, {headers: {"X-Sec-Purpose": "prefetch"}}).then((got) => got.text()));
    return ahead.get(url);
  };
  const go = async (url) => {
    const text = await ask(url);
    ahead.delete(url);
    const next = new DOMParser().parseFromString(text, "text/html");
    document.title = next.title;
    window.turbo(document.adoptNode(next.body));
  };
  document.addEventListener("mouseover", (event) => { const link = inside(event); if (link) ask(link.href); });
  document.addEventListener("click", (event) => {
    const link = inside(event);
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    kept.set(location.href, body());
    history.pushState({}, "", link.href);
    go(link.href);
  });
  addEventListener("popstate", () => {
    if (kept.has(location.href)) window.turbo(kept.get(location.href).cloneNode(true));
    go(location.href);
  });
}</script>"""
    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  if (window.counts) return;
  window.counts = true;
  const tag = document.createElement("script");
  tag.src = "http://count.localhost:[[port]]/tag.js";
  document.head.append(tag);
}"""
    }
    script = Shop.script.replace("const element", "var element")


class Fragments(Shop):
    """Parts of the page come from the server as with htmx: the banner after the load, the answer to a choice in its
    place; links bring the next page's body."""

    banner = '<div id="asks"></div>'
    script = """
const asks = document.getElementById("asks");
async function swap(path, body) {
  const headers = {"HX-Request": "true"};
  const got = await fetch(path, body ? {method: "POST", headers, body: new URLSearchParams(body)} : {headers});
  const text = await got.text();
  const doing = got.headers.get("HX-Trigger");
  asks.innerHTML = text;
  for (const button of asks.querySelectorAll("[hx-post]")) {
    button.onclick = () => swap(button.getAttribute("hx-post"), {choice: button.value});
  }
  if (doing === "accepted") {
    const tag = document.createElement("script");
    tag.src = "http://count.localhost:[[port]]/tag.js";
    document.head.append(tag);
  }
}
document.getElementById("again").onclick = () => swap("/part/settings");
swap("/part/banner");
"""
    part = """<div id="ask" style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<p>We use cookies.</p><button id="ok" hx-post="/part/choice" value="all">Accept all</button>
<button id="no" hx-post="/part/choice" value="none">Reject all</button></div>"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP or not asked.path.startswith("/part/"):
            return None
        chosen = asked.cookies.get("choice")
        if asked.path == "/part/choice":
            choice = "all" if b"all" in asked.body else "none"
            headers = [("Set-Cookie", f"choice={choice}; Path=/; Max-Age=15552000; HttpOnly")]
            if choice == "all":
                headers.append(("HX-Trigger", "accepted"))
            else:
                headers.append(("Set-Cookie", "_ga=; Path=/; Max-Age=0"))
            return Answer("<p role=status>Saved.</p>", headers=headers)
        if chosen and asked.path == "/part/banner":
            return Answer("", headers=[("HX-Trigger", "accepted")] if chosen == "all" else [])
        return Answer(self.part)


class OfflineShell(Shop):
    """Can be installed: a service worker answers each page with one shell, which draws it from data; the shell and the
    data are kept in a cache. Everything is declared."""

    head = '<link rel="manifest" href="/app.webmanifest">'
    late = "navigator.serviceWorker.register('/worker.js').catch(() => 0);"
    worker = """
addEventListener("install", (event) => event.waitUntil(
  caches.open("shell-v1").then((kept) => kept.addAll(["/shell", "/data/tea"])).then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(caches.match("/shell").then((shell) => shell || fetch(event.request)));
  } else if (url.pathname.startsWith("/data/")) {
    event.respondWith(caches.open("shell-v1").then(async (kept) => {
      const had = await kept.match(event.request);
      const comes = fetch(event.request).then((got) => { kept.put(event.request, got.clone()); return got; });
      return had || comes;
    }));
  }
});"""

    def page(self, asked: Asked) -> str:
        if asked.path != "/shell":
            return super().page(asked)
        draws = """<script>fetch(`/data${location.pathname}`).then((got) => got.json()).then((data) => {
  document.querySelector("main").innerHTML = data.html;
});</script></body>"""
        return super().page(asked).replace(self.main("/shell"), "<p>One moment</p>").replace("</body>", draws)

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        if asked.path == "/worker.js":
            return Answer(self.worker, "text/javascript")
        if asked.path == "/app.webmanifest":
            told = {"name": "Shop", "start_url": "/?source=pwa", "display": "standalone", "icons": []}
            return Answer(json.dumps(told), "application/manifest+json")
        if asked.path == "/shell":
            return Answer(self.page(asked))
        if asked.path.startswith("/data/"):
            return Answer(json.dumps({"html": self.main(asked.path.removeprefix("/data"))}), "application/json")
        return None

    def profile(self) -> str:
        declared = 'cookies = ["choice"]\nservice_workers = ["*"]\ncaches = ["shell-v1"]'
        return super().profile().replace('cookies = ["choice"]', declared)


class HydratesLate(Shop):
    """The server draws the banner; its buttons do nothing until their script has come, in an idle moment after the
    load, and put itself on them."""

    banner = Shop.banner.replace(" hidden", "")
    script = f"window.wake = () => {{{Shop.script}}};".replace("if (!chosen()) show(); else if", "if")
    late = """addEventListener("load", () => setTimeout(() => {
  (window.requestIdleCallback || setTimeout)(() => wake());
}, 1500));"""

    def page(self, asked: Asked) -> str:
        page = super().page(asked)
        return page.replace('<div id="ask"', '<div id="ask" hidden') if "choice" in asked.cookies else page


class DrawsAnew(Shop):
    """The banner is drawn anew, with other elements, each time that a number in it changes: for two seconds."""

    late = """let count = 0;
const draw = () => {
  if (chosen()) return;
  element("ask").innerHTML = `<p>We and our ${count} partners use cookies.</p><button id="ok">Accept all</button> `
    + '<button id="no">Reject all</button>';
  element("ok").onclick = () => decide("all");
  element("no").onclick = () => decide("none");
};
const counts = setInterval(() => { count += 7; draw(); if (count > 140) clearInterval(counts); }, 100);"""


class Routed(Shop):
    """One document, whose router draws pages by `pushState`, each from a module of its own that is loaded on the way,
    within a transition of the browser's where there is one."""

    late = """const routes = {};
const draw = async (path) => {
  const {html} = await import(`/module${path === "/" ? "/home" : path}.js`);
  const put = () => { document.querySelector("main").innerHTML = html; document.title = `Shop ${path}`; };
  if (document.startViewTransition) document.startViewTransition(put); else put();
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  if (!link) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  draw(location.pathname);
});
addEventListener("popstate", () => draw(location.pathname));"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path.startswith("/module/"):
            path = "/" + asked.path.removeprefix("/module/").removesuffix(".js").removesuffix("home")
            return Answer(f"export const html = {json.dumps(self.main(path))};", "text/javascript")
        return None
