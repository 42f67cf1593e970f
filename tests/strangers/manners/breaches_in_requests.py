"""Shops that send one request too many: to a counter, or to a partner with an identifier."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import ClassVar

from tests.strangers.manners.breach import IDENTIFIER, URL, Breach
from tests.strangers.manners.shop import CDN, SHOP, Answer, Asked


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


class ByWindowName(Breach):
    """Keeps an identifier in the window's name, and tells it to a technical partner."""

    broken = "cdn.localhost"
    partners = (CDN,)
    late = f"""window.name = window.name || {IDENTIFIER};
new Image().src = `http://cdn.localhost:[[port]]/pic.gif?v=${{window.name}}`;"""
    seen_in = "partners_are"


class ByWrittenScript(Breach):
    """Writes the tag's element into the document while it is read."""

    tail = f"<script>document.write('<scr' + 'ipt src=\"{URL}/tag.js\"></scr' + 'ipt>');</script>"


class RefusedYetTold(Breach):
    """Tells the counter of a refusal, with an identifier."""

    functions: ClassVar[dict[str, str]] = {
        "decided": f"""function decided(choice) {{
  const told = "{URL}/collect?consent=0&cid=GA1.1.123456789.987654321";
  if (choice === "none") fetch(told, {{mode: "no-cors", keepalive: true}});
}}"""
    }
    seen_in = "allowing_allowed and optional"


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


class ToldWithoutName(ToldPartner):
    """Tells a technical partner the session's identifier as the whole query of an address."""

    late = "new Image().src = `http://cdn.localhost:[[port]]/pic.gif?${read('sid')}`;"


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


class WithoutScripts(Breach):
    """A picture of the counter's stands in each page for browsers that run no scripts."""

    tail = f'<noscript><img height="1" width="1" src="{URL}/tr?id=1&amp;ev=PageView&amp;noscript=1" alt=""></noscript>'
    seen_in = "server_itself"


class OnCopying(Breach):
    """Tells the counter of a text that was copied, after a refusal too."""

    late = f"document.addEventListener('copy', () => navigator.sendBeacon('{URL}/copied', String(getSelection())));"
    seen_in = "whatever_the_visitor"


class OnMenu(Breach):
    """Tells the counter of a menu that was asked for, after a refusal too."""

    late = f"addEventListener('contextmenu', () => fetch('{URL}/menu', {{mode: 'no-cors'}}));"
    seen_in = "whatever_the_visitor"


class OnTurning(Breach):
    """Tells the counter when the pointer leaves the window for its tabs, after a refusal too."""

    late = f"""document.addEventListener("mouseout", (event) => {{
  if (!event.relatedTarget && event.clientY <= 0) fetch("{URL}/exit", {{mode: "no-cors"}});
}});"""
    seen_in = "whatever_the_visitor"


class FromWindow(Breach):
    """Each page opens a window of the shop, which tells the counter three seconds later."""

    late = "window.open('/help');"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/help":
            return Answer(
                f"<title>Help</title><script>setTimeout(() => fetch('{URL}/w', {{mode: 'no-cors'}}), 3000)</script>"
            )
        return None


class SessionInPath(Breach):
    """The first page's links carry the session in their paths, as servers write it that do not know yet of cookies."""

    broken = "jsessionid"
    needed = ("choice", "JSESSIONID")
    seen_in = "no_address"

    def answer(self, asked: Asked) -> Answer | None:
        path = asked.path.partition(";")[0]
        if asked.host != SHOP or path not in ("/", "/cookies", *self.articles):
            return None
        page = self.page(replace(asked, path=path))
        if "JSESSIONID" in asked.cookies:
            return Answer(page)
        session = secrets.token_hex(16).upper()
        for article in self.articles:
            page = page.replace(f'href="{article}"', f'href="{article};jsessionid={session}"')
        return Answer(page, headers=[("Set-Cookie", f"JSESSIONID={session}; Path=/; HttpOnly")])


class ByStyleSheet(Breach):
    """A style sheet asks the counter for a picture."""

    broken = "/site.css"
    head = '<link rel="stylesheet" href="/site.css">'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/site.css":
            return Answer(f"main {{ background: url({URL}/px.gif); }}", "text/css")
        return None


class AddedAsText(Breach):
    """A script adds the counter's picture to the page as text."""

    broken = "/late.js"
    tail = '<script src="/late.js"></script>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/late.js":
            added = f'<img src="{URL}/px.gif" alt="">'
            return Answer(f"document.body.insertAdjacentHTML('beforeend', '{added}');", "text/javascript")
        return None
