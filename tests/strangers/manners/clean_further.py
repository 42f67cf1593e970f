"""Clean shops of further kinds: where they keep the choice, how one refuses, where they stand, what they send."""

from __future__ import annotations

import secrets
import time
from typing import ClassVar

from tests.strangers.manners.shop import COUNT, SHOP, Answer, Asked, Shop

ELSEWHERE = "consent.localhost"


class InServerSession(Shop):
    """Keeps the choice on the server, under the session's cookie, which it gives out at once."""

    needed = ("sid",)
    functions: ClassVar[dict[str, str]] = {
        "chosen": "let kept = document.documentElement.dataset.choice; function chosen() { return kept || undefined; }",
        "remember": """function remember(choice) {
  kept = choice;
  fetch("/choice", {method: "POST", body: choice, keepalive: true});
}""",
    }

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    def profile(self) -> str:
        return super().profile().replace('name = "choice"', 'kind = "server"').replace("lifetime_days = 200\n", "")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        visitor = asked.cookies.get("sid", "")
        if asked.path == "/choice":
            self.kept[visitor] = asked.body.decode()
            return Answer(status=204)
        answer = self.shop(asked)
        if isinstance(answer.body, str):
            kept = self.kept.get(visitor, "")
            body = answer.body.replace("<html ", f'<html data-choice="{kept}" ')
            answer = Answer(body, answer.kind, answer.status, list(answer.headers))
        if not visitor:
            answer.headers.append(("Set-Cookie", f"sid={secrets.token_hex(16)}; Path=/; Max-Age=9000000; HttpOnly"))
        return answer


class RefusedByLink(Shop):
    """The refusal is a link to a page of its own, which notes it and offers the way back."""

    banner = Shop.banner.replace('<button id="no">Reject all</button>', '<a id="no" href="/refused">Reject all</a>')
    script = Shop.script.replace('element("no").onclick = () => decide("none");', "")

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == SHOP and asked.path == "/refused":
            answer = Answer(self.page(asked))
            answer.headers.append(("Set-Cookie", "choice=none; Path=/; Max-Age=15552000"))
            answer.headers.append(("Set-Cookie", "_ga=; Path=/; Max-Age=0"))
            return answer
        return None


class RefusedInTwo(Shop):
    """The refusal takes two clicks: the settings, then a button there."""

    banner = """<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<div id="first"><p>We use cookies.</p><button id="ok">Accept all</button> <button id="more">Settings</button></div>
<div id="second" hidden><p>Cookie settings</p><label><input type="checkbox" checked disabled> Necessary</label>
<label><input type="checkbox" id="stats"> Statistics</label>
<button id="no">Reject all</button> <button id="save">Save settings</button></div></div>"""
    late = """const layer = (second) => {
  element("first").hidden = second; element("second").hidden = !second;
  element("stats").checked = chosen() === "all";
};
element("more").onclick = () => layer(true);
element("save").onclick = () => decide(element("stats").checked ? "all" : "none");
element("again").onclick = () => { show(); layer(true); };"""


class TwoBanners(Shop):
    """Shows one of two banners by chance, each with names and words of its own."""

    banner = """<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px"></div>
<script>{
  const is_first = Math.random() < 0.5, ask = document.getElementById("ask");
  ask.className = is_first ? "bar-a" : "bar-b";
  ask.innerHTML = is_first
    ? "<p>We use cookies.</p><button id=ok>Accept all</button> <button id=no>Reject all</button>"
    : "<h2>Cookies?</h2><button id=no>Only necessary</button> <button id=ok>Allow all cookies</button>";
}</script>"""


class ConsentPage(Shop):
    """Leads each visitor without a choice to a page of its own that asks, and back."""

    is_untold = True
    script = ""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host != SHOP:
            return None
        back = asked.query.get("return", ["/"])[0]
        if asked.path == "/consent" and asked.method == "POST":
            choice = "all" if b"all" in asked.body else "none"
            headers = [("Location", back), ("Set-Cookie", f"choice={choice}; Path=/; Max-Age=15552000")]
            if choice == "none":
                headers.append(("Set-Cookie", "_ga=; Path=/; Max-Age=0"))
            return Answer(status=303, headers=headers)
        if asked.path == "/consent":
            return Answer(f"""<!doctype html><title>Cookies</title><link rel="icon" href="data:,">
<form method="post" id="ask" action="/consent?return={back}"><h1>Before you read on</h1><p>We use cookies.</p>
<button id="ok" name="choice" value="all">Accept all</button>
<button id="no" name="choice" value="none">Reject all</button></form>""")
        if asked.path not in ("/", "/cookies", *self.articles):
            return None
        if "choice" not in asked.cookies and asked.path != "/cookies":
            return Answer(status=302, headers=[("Location", f"/consent?return={asked.path}")])
        body = self.page(asked).replace(self.banner, "")
        body = body.replace('<button id="again">', '<button id="again" onclick="location = \'/consent\'">')
        if asked.cookies.get("choice") == "all":
            body = body.replace("</body>", '<script src="http://count.localhost:[[port]]/tag.js"></script></body>')
        return Answer(body)


class Xhtml(Shop):
    """Its pages are XHTML, sent as such, without a title."""

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host != SHOP or not isinstance(answer.body, str) or answer.status != 200:
            return None
        text = answer.body.replace("<!doctype html>", "").replace('<html lang="en">', self.opening)
        text = (
            text.replace('<meta charset="utf-8">', "")
            .replace("<title>Shop</title>", "")
            .replace('href="data:,">', 'href="data:,"/>')
        )
        text = text.replace(" hidden ", ' hidden="hidden" ')
        text = text.replace("<script>", "<script>//<![CDATA[\n").replace("</script>", "\n//]]></script>")
        return Answer(text, "application/xhtml+xml; charset=utf-8")

    opening: ClassVar[str] = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">'


class Skewed(Shop):
    """The server's clock is two days ahead, in `Date` and in the ends of the cookies that it sets."""

    needed = ("choice", "sid")

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP:
            ahead = time.time() + 2 * 86400
            end = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(ahead + 3600))
            value = asked.cookies.get("sid") or secrets.token_hex(13)
            answer.headers.append(("Set-Cookie", f"sid={value}; Expires={end}; Path=/; HttpOnly"))
        return answer


class BlockedPixel(Shop):
    """Its own policy of contents keeps the counter's picture from being asked for, until all is accepted."""

    tail = f'<img src="http://{COUNT}:[[port]]/px.gif" alt="" width="1" height="1">'

    def answer(self, asked: Asked) -> Answer | None:
        answer = self.shop(asked)
        if asked.host == SHOP and asked.cookies.get("choice") != "all":
            answer.headers.append(("Content-Security-Policy", "img-src 'self' data:"))
        return answer


class ClickToLoad(Shop):
    """A film is loaded from its service only by whoever clicks on its picture."""

    tail = """<div id="film"><p>The film comes from films.localhost.</p>
<button onclick="this.parentNode.innerHTML = '<iframe title=Film src=http://films.localhost:[[port]]/film></iframe>'">
Play</button></div>"""


class OwnCdn(Shop):
    """Its scripts and pictures come from a sub-domain of its own, without cookies."""

    tail = '<script src="http://static.shop.localhost:[[port]]/lib.js"></script>'

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == f"static.{SHOP}":
            return Answer("window.lib = 1;", "text/javascript", headers=[("Cache-Control", "max-age=600")])
        return None


class FramedElsewhere(Shop):
    """The banner is a frame of a consent service's host, which tells the page by a message."""

    partners = (ELSEWHERE,)
    head = "<style>#ask { position: fixed; bottom: 0; left: 0; width: 100%; height: 160px; }</style>"
    banner = f'<iframe id="ask" hidden src="http://{ELSEWHERE}:[[port]]/banner" title="Cookies"></iframe>'
    script = Shop.script.replace('element("ok").onclick = () => decide("all");', "").replace(
        'element("no").onclick = () => decide("none");',
        "addEventListener('message', (event) => { if (event.data.consent) decide(event.data.consent); });",
    )

    def answer(self, asked: Asked) -> Answer | None:
        if asked.host == ELSEWHERE:
            return Answer("""<!doctype html><title>Cookies</title><link rel="icon" href="data:,"><p>We use cookies.</p>
<button id="ok" onclick="parent.postMessage({consent: 'all'}, '*')">Accept all</button>
<button id="no" onclick="parent.postMessage({consent: 'none'}, '*')">Reject all</button>""")
        return None


class OldPrototypes(Shop):
    """A library of before 2010 gives objects, lists and elements methods of its own, in the place of the browser's."""

    early = """Object.prototype.extend = function () { return this; };
Array.prototype.toJSON = function () { return this; };
Array.from = (all) => { const list = []; for (let n = 0; n < (all || []).length; n++) list.push(all[n]); return list; };
Array.prototype.find = function (test) { for (const one of this) if (test(one)) return one; return null; };
Function.prototype.bind = function (self) {
  const what = this;
  return function () { return what.apply(self, arguments); };
};
window.Map = window.Set = undefined;"""


class OwnMatomo(Shop):
    """Counts on its own host, by a script and a path of its own, once all is accepted."""

    functions: ClassVar[dict[str, str]] = {
        "track": """function track() {
  const id = (document.cookie.match(/_pk_id[^=]*=([^;.]*)/) || [])[1] || Math.random().toString(16).slice(2, 18);
  document.cookie = `_pk_id.1.1fff=${id}.${Math.floor(Date.now() / 1000)}.; path=/; max-age=33955200`;
  document.cookie = "_pk_ses.1.1fff=1; path=/; max-age=1800";
  new Image().src = `/stats/matomo.php?idsite=1&rec=1&_id=${id}&url=${encodeURIComponent(location.href)}`;
}""",
        "forget": """function forget() {
  for (const name of ["_pk_id.1.1fff", "_pk_ses.1.1fff"]) document.cookie = `${name}=; path=/; max-age=0`;
}""",
    }

    def answer(self, asked: Asked) -> Answer | None:
        return Answer(status=204) if asked.path == "/stats/matomo.php" else None


class WindowsForNothing(Shop):
    """Each page opens windows to which no page comes: for a download, for 204 and for a mail; and one that it fills."""

    late = """window.open("/nothing");
setTimeout(() => window.open("/terms.zip"), 300);
setTimeout(() => window.open("mailto:shop@example.com"), 600);
const filled = window.open("");
if (filled) filled.document.write("<p>Thank you");"""

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/nothing":
            return Answer(status=204)
        if asked.path == "/terms.zip":
            return Answer(b"PK", "application/zip", headers=[("Content-Disposition", "attachment; filename=terms.zip")])
        return None


class HelpWindow(Shop):
    """Each page opens a window of the shop's own, whose page waits for something."""

    late = "window.open('/help');"

    def answer(self, asked: Asked) -> Answer | None:
        if asked.path == "/help":
            return Answer(
                "<title>Help</title><p>Help</p><script>setTimeout(() => document.body.append('!'), 2000)</script>"
            )
        return None


class DownloadsAtOnce(Shop):
    """One article starts a download while it is being read by the browser."""

    early = "if (location.pathname === '/salt') onload = () => { location.href = '/terms.zip'; };"
    answer = WindowsForNothing.answer
