"""Shops that break one promise each, every one in another way."""

from __future__ import annotations

import secrets
from typing import ClassVar

from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked, Shop

IDENTIFIER = "[...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16)).join('')"

URL = "http://count.localhost:[[port]]"


class Breach(Shop):
    """A shop with one fault. `broken`: words of one finding; `seen_in`: the scenarios that must see it."""

    broken: ClassVar[str] = "count.localhost"
    seen_in: ClassVar[str] = "every_page"


class Icon(Breach):
    """Its icon is the counter's."""

    icon = f'<link rel="icon" href="{URL}/icon.png">'


class Styled(Breach):
    """A style sheet loads a picture of the counter's."""

    head = f"<style>main {{ background: url({URL}/px.gif); }}</style>"


class Preloaded(Breach):
    """A header of the answer has the browser fetch from the counter."""

    headers = (("Link", f"<{URL}/tag.js>; rel=preload; as=script"),)


class Beacon(Breach):
    """Tells the counter when the page is left."""

    late = f"addEventListener('pagehide', () => navigator.sendBeacon('{URL}/bye', 'left'));"
    seen_in = "walking"


class Pinged(Breach):
    """Links tell the counter that they were followed."""

    seen_in = "walking"

    def main(self, path: str) -> str:
        return super().main(path).replace("<a ", f'<a ping="{URL}/followed" ')


class Socket(Breach):
    """Opens a WebSocket to the counter."""

    late = "try { new WebSocket('ws://count.localhost:[[port]]/live'); } catch (none) {}"


class InWorker(Breach):
    """A worker tells the counter."""

    late = f"""const text = "fetch('{URL}/w', {{mode: 'no-cors'}})";
new Worker(URL.createObjectURL(new Blob([text], {{type: "text/javascript"}})));"""


class InServiceWorker(Breach):
    """The service worker, which is declared, tells the counter."""

    late = "navigator.serviceWorker.register('/worker.js').catch(() => 0);"

    def profile(self) -> str:
        return super().profile().replace('cookies = ["choice"]', 'cookies = ["choice"]\nservice_workers = ["*"]')

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/worker.js":
            text = f"addEventListener('install', (e) => e.waitUntil(fetch('{URL}/sw', {{mode: 'no-cors'}})));"
            return Answer(text, "text/javascript")
        return None


class Embedded(Breach):
    """An element of an old kind has the counter's address."""

    tail = f'<object data="{URL}/o.svg" width="1" height="1"></object>'


class InVideo(Breach):
    """A film's picture is the counter's."""

    tail = f'<video poster="{URL}/poster.png" width="9" height="9"></video>'


class Reporting(Breach):
    """Violations of its content policy are reported to the counter."""

    headers = (("Content-Security-Policy", f"img-src 'self' data:; report-uri {URL}/csp"),)
    tail = '<img src="http://nobody.localhost:[[port]]/x.gif" alt="">'


class InDatabase(Breach):
    """Keeps an identifier in a database of the browser."""

    broken = "visitors"
    late = """const open = indexedDB.open("visitors", 1);
open.onupgradeneeded = () => open.result.createObjectStore("ids");
open.onsuccess = () => {
  open.result.transaction("ids", "readwrite").objectStore("ids").put(Math.random(), "id");
};"""


class InCache(Breach):
    """Keeps an identifier in the cache of scripts."""

    broken = "visitor-cache"
    late = """caches.open("visitor-cache").then((kept) => kept.put("/id", new Response(String(Math.random()))));"""


class ByWindowName(Breach):
    """Keeps an identifier in the window's name, and tells it to a technical partner."""

    broken = "cdn.localhost"
    partners = (CDN,)
    late = f"""window.name = window.name || {IDENTIFIER};
new Image().src = `http://cdn.localhost:[[port]]/pic.gif?v=${{window.name}}`;"""
    seen_in = "partners_are"


class ByCookieStore(Breach):
    """Sets the analytics cookie by the newer interface, where there is one."""

    broken = "_ga"
    late = """const uid = `GA1.1.${Math.floor(Math.random() * 1e9)}.1`;
if (window.cookieStore) cookieStore.set({name: "_ga", value: uid, expires: Date.now() + 9e9});
else document.cookie = `_ga=${uid}; path=/; max-age=9000000`;"""


class ByWrittenScript(Breach):
    """Writes the tag's element into the document while it is read."""

    tail = f"<script>document.write('<scr' + 'ipt src=\"{URL}/tag.js\"></scr' + 'ipt>');</script>"


class ByServer(Breach):
    """A picture of its own sets the analytics cookie by its answer, after a refusal too."""

    broken = "_ga"
    tail = '<img src="/px.gif" alt="" width="1" height="1">'
    seen_in = "every_page or (allowing_allowed and optional)"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/px.gif":
            value = asked.cookies.get("_ga", f"GA1.1.{secrets.randbelow(10**9)}.7")
            return Answer("", "image/gif", headers=[("Set-Cookie", f"_ga={value}; Path=/; Max-Age=31536000")])
        return None


class ByScroll(Breach):
    """Takes scrolling for consent."""

    broken = "has not chosen"
    late = "addEventListener('scroll', () => { if (!chosen()) decide('all'); }, {once: true});"
    head = "<style>main { min-height: 300vh; }</style>"
    seen_in = "doing and scrolling"


class ByTime(Breach):
    """Takes half a minute for consent."""

    broken = "has not chosen"
    late = "setTimeout(() => { if (!chosen()) decide('all'); }, 30000);"
    seen_in = "waiting"


class ForASession(Breach):
    """Keeps a refusal only until the browser is closed."""

    broken = "asks again"
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}; path=/` + (choice === "all" ? "; max-age=15552000" : "");
}"""
    }
    seen_in = "closed_and_opened"


class ForAnHour(Breach):
    """Keeps a refusal for an hour."""

    broken = "asks again"
    functions: ClassVar[dict[str, str]] = {
        "remember": """function remember(choice) {
  document.cookie = `choice=${choice}; path=/; max-age=${choice === "all" ? 15552000 : 3600}`;
}"""
    }
    seen_in = "next_day"


class RefusedYetTold(Breach):
    """Tells the counter of a refusal, with an identifier."""

    functions: ClassVar[dict[str, str]] = {
        "decided": f"""function decided(choice) {{
  const told = "{URL}/collect?consent=0&cid=GA1.1.123456789.987654321";
  if (choice === "none") fetch(told, {{mode: "no-cors", keepalive: true}});
}}"""
    }
    seen_in = "allowing_allowed and optional"


class Prolonged(Breach):
    """Prolongs the choice with each visit."""

    broken = "choice"
    late = "if (chosen()) remember(chosen());"
    seen_in = "does_not_prolong"


class ForTenYears(Breach):
    """Keeps the analytics cookie for ten years."""

    broken = "_ga"
    seen_in = "every_item_has_a_bounded"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/tag.js":
            body = "document.cookie = `_ga=GA1.1.${Math.floor(Math.random() * 1e9)}.5; path=/; max-age=315360000`;"
            return Answer(body, "text/javascript")
        return None


class Tiny(Breach):
    """The refusal is a tiny grey word beside a large button."""

    broken = "refusing hides"
    banner = Shop.banner.replace('<button id="ok">', '<button id="ok" style="font-size:24px;padding:20px">').replace(
        '<button id="no">', '<button id="no" style="font-size:9px;padding:0;border:0;opacity:.5">'
    )
    seen_in = "hide_beside"


class Decorated(Breach):
    """Links within the site carry an identifier."""

    broken = "visitor_id"
    late = f"""const visitor = new URLSearchParams(location.search).get("visitor_id") || {IDENTIFIER};
for (const link of document.querySelectorAll("main a")) link.search = "visitor_id=" + visitor;"""
    seen_in = "no_address"


class ToldPartner(Breach):
    """Tells a technical partner the session's identifier in a path of base64."""

    broken = "cdn.localhost"
    partners = (CDN,)
    needed = ("choice", "sid")
    late = "new Image().src = `http://cdn.localhost:[[port]]/i/${btoa(read('sid'))}/pic.gif`;"
    seen_in = "partners_are"

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and "sid" not in asked.cookies:
            answer.headers.append(("Set-Cookie", f"sid={secrets.token_hex(16)}; Path=/"))
        return answer


class ByEntityTag(Breach):
    """Recognises the visitor by the tag of a cached script after all cookies were removed, and restores `uid`."""

    broken = "uid"
    needed = ("choice", "uid")
    tail = '<script src="/app.js"></script>'
    seen_in = "identifier_comes_back"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/app.js":
            tag = asked.headers.get("if-none-match", "").strip('"') or secrets.token_hex(12)
            headers = [("ETag", f'"{tag}"'), ("Cache-Control", "no-cache"), ("Set-Cookie", f"uid={tag}; Path=/")]
            return Answer("window.app = 1;", "text/javascript", headers=headers)
        return None


class FromStore(Breach):
    """Restores an identifier from the local storage after all cookies were removed."""

    broken = "uid"
    needed = ("choice", "uid")
    late = f"""localStorage.uid = localStorage.uid || {IDENTIFIER};
document.cookie = `uid=${{localStorage.uid}}; path=/; max-age=9000000`;"""
    seen_in = "identifier_comes_back"

    def profile(self) -> str:
        return (
            super()
            .profile()
            .replace('cookies = ["choice", "uid"]', 'cookies = ["choice", "uid"]\nlocal_storage = ["uid"]')
        )


class ByKeyOnly(Breach):
    """The refusal is an element that no key reaches."""

    broken = "asks again"
    banner = Shop.banner.replace('<button id="no">Reject all</button>', '<span id="no">Reject all</span>')
    seen_in = "by_keyboard"


class OnTyping(Breach):
    """Tells the counter of keys that were pressed."""

    late = f"addEventListener('keydown', () => fetch('{URL}/key', {{mode: 'no-cors'}}));"
    seen_in = "pressing"


class Nested(Breach):
    """A frame in a frame of a partner's tells the counter."""

    partners = (CDN,)
    tail = '<iframe src="http://cdn.localhost:[[port]]/outer" title="Video" width="90" height="30"></iframe>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == CDN and asked.path == "/outer":
            return Answer('<iframe src="/inner"></iframe>')
        if asked.host == CDN:
            return Answer(f'<img src="{URL}/p.gif">')
        return None


class Cloaked(Breach):
    """A sub-domain of its own that nobody declared sets a visitor's cookie for the whole site."""

    broken = "sub_id"
    tail = '<img src="http://stats.shop.localhost:[[port]]/s.gif" alt="">'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == "stats.shop.localhost":
            cookie = f"sub_id={secrets.token_hex(12)}; Domain=shop.localhost; Path=/; Max-Age=9000000"
            return Answer("", "image/gif", headers=[("Set-Cookie", cookie)])
        return None


class OnEmptyRefusal(Breach):
    """Works the analytics tag whatever is chosen, as its condition is wrong."""

    broken = "_ga"
    script = Shop.script.replace('else if (chosen() === "all") track();', "else track();")
    seen_in = "allowing_allowed and optional"


class AskedAgain(Breach):
    """Asks again on each page, although the visitor has refused."""

    broken = "asks again"
    script = Shop.script.replace("if (!chosen()) show();", 'if (chosen() !== "all") show();')
    seen_in = "allowing_allowed and optional"


BREACHES: tuple[type[Breach], ...] = tuple(Breach.__subclasses__())
