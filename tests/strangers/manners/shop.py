"""A small clean shop on a free port, made to be changed: a deployment subclasses it and differs in one manner.

The shop asks, keeps the choice in the cookie `choice`, and loads a tag that keeps `_ga` after "accept all".
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from tests.serving import QuietHandler, Server, listening

SHOP, COUNT, CDN = "shop.localhost", "count.localhost", "cdn.localhost"

TAG = """(() => {
  const kept = document.cookie.match(/_ga=([^;]*)/);
  const id = kept ? kept[1] : `GA1.1.${Math.floor(Math.random() * 1e9)}.${Math.floor(Math.random() * 1e9)}`;
  document.cookie = `_ga=${id}; path=/; max-age=31536000`;
  new Image().src = `http://count.localhost:[[port]]/collect?cid=${id}`;
})();"""

SCRIPT = """
const element = (id) => document.getElementById(id), ask = element("ask");
const read = (name) => (document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`)) || [])[1];
[[functions]]
function decide(choice) {
  const before = chosen();
  remember(choice);
  hide();
  if (choice === "all" && before !== "all") track();
  if (choice === "none") forget();
  decided(choice);
}
element("ok").onclick = () => decide("all");
element("no").onclick = () => decide("none");
element("again").onclick = () => show();
if (!chosen()) show(); else if (chosen() === "all") track();
"""

FUNCTIONS = {
    "chosen": 'function chosen() { return read("choice"); }',
    "remember": "function remember(choice) { document.cookie = `choice=${choice}; path=/; max-age=15552000`; }",
    "show": "function show() { ask.hidden = false; }",
    "hide": "function hide() { ask.hidden = true; }",
    "track": """function track() {
  const tag = document.createElement("script");
  tag.src = "http://count.localhost:[[port]]/tag.js";
  document.head.append(tag);
}""",
    "forget": 'function forget() { document.cookie = "_ga=; path=/; max-age=0"; }',
    "decided": "function decided(choice) {}",
}


@dataclass(frozen=True)
class Asked:
    """A request that has arrived."""

    method: str
    host: str
    path: str
    query: dict[str, list[str]]
    cookies: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """An answer. `body` may hold `[[port]]`, if it is text."""

    body: str | bytes = ""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)


class Shop:
    """A clean shop. Each class attribute is a part of its pages that a deployment may replace."""

    at: ClassVar[str] = "/"
    """The path at which a draft begins."""
    lang: ClassVar[str] = "en"
    head: ClassVar[str] = ""
    early: ClassVar[str] = ""
    """A script at the head of each page."""
    tail: ClassVar[str] = ""
    """What stands at the end of each page."""
    late: ClassVar[str] = ""
    """A script that runs after the page's own."""
    functions: ClassVar[dict[str, str]] = {}
    """Functions of the page's script, by name, instead of those of `FUNCTIONS`."""
    articles: ClassVar[tuple[str, ...]] = ("/tea", "/salt", "/soap")
    banner: ClassVar[
        str
    ] = """<div id="ask" hidden style="position:fixed;bottom:0;left:0;right:0;background:#eee;padding:20px">
<p>We use cookies.</p><button id="ok">Accept all</button> <button id="no">Reject all</button></div>"""
    script: ClassVar[str] = SCRIPT
    headers: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Headers of each page."""

    needed: ClassVar[tuple[str, ...]] = ("choice",)
    """The names of its functionality cookies, for the profile that its owner writes."""
    written: ClassVar[str] = ""
    """Further lines of that profile, at its end."""
    partners: ClassVar[tuple[str, ...]] = ()
    is_untold: ClassVar[bool] = False
    """Whether most that a draft leads to cannot be told."""

    def __init__(self) -> None:
        self.port = 0
        self.closed = threading.Event()
        """Set once the server stops: an answer that is delayed waits no longer."""

    def main(self, path: str) -> str:
        """The content of a page."""
        links = " ".join(f'<a href="{one}">About {one[1:]}</a>' for one in self.articles)
        return f"<h1>Page {path}</h1><p>Some words that can be read by whoever comes here to read words.</p>{links}"

    def page(self, asked: Asked) -> str:
        """A whole page."""
        functions = "\n".join({**FUNCTIONS, **self.functions}.values())
        script = self.script.replace("[[functions]]", functions)
        early = f"<script>{self.early}</script>" if self.early else ""
        late = f"<script>{self.late}</script>" if self.late else ""
        return f"""<!doctype html><html lang="{self.lang}"><head><meta charset="utf-8">{early}
{self.icon}<title>Shop</title>{self.head}</head><body><main>{self.main(asked.path)}</main>{self.banner}
<footer><button id="again">Cookie settings</button> <a href="/cookies">Cookie policy</a></footer>
<script>{script}</script>{late}{self.tail}</body></html>"""

    icon: ClassVar[str] = '<link rel="icon" href="data:,">'

    def answer(self, asked: Asked) -> Answer | None:
        """What this deployment answers otherwise than the shop; None where it does not differ."""
        return None

    def shop(self, asked: Asked) -> Answer:
        """What the shop answers."""
        if asked.host == COUNT:
            return Answer(TAG, "text/javascript") if asked.path == "/tag.js" else Answer(status=204)
        if asked.host == SHOP and asked.path in ("/", "/cookies", *self.articles):
            return Answer(self.page(asked), headers=list(self.headers))
        return Answer("<h1>There is no such page</h1>", status=404)

    def profile(self) -> str:
        """The profile as its owner writes it."""
        listed = ", ".join(f'"{one}"' for one in self.articles)
        return f"""partners = [{", ".join(f'"{one}"' for one in self.partners)}]
[site]
name = "Shop"
base_url = "http://{SHOP}:{self.port}"
hosts = ["{SHOP}"]
[consent]
manager = "described"
late_s = 4
[consent.stored]
name = "choice"
lifetime_days = 200
[consent.dialog]
banner = "#ask"
accept = ["#ok"]
refuse = ["#no"]
reopen = ["#again"]
[categories.functionality]
label = "Needed"
refusable = false
cookies = [{", ".join(f'"{one}"' for one in self.needed)}]
[categories.analytics]
label = "Statistics"
cookies = ["_ga"]
hosts = ["{COUNT}"]
[pages]
articles = [{listed}]
policy = "/cookies"
[elements]
preferences_link = "#again"
{self.written}"""


@contextmanager
def serving(shop: Shop) -> Iterator[Shop]:
    """Serve a deployment on a free port, which it then knows."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def answer_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            cookies = SimpleCookie()
            for pair in self.headers.get("cookie", "").split("; "):
                cookies.load(pair)
            asked = Asked(
                self.command,
                (self.headers.get("host") or "").partition(":")[0],
                parts.path,
                parse_qs(parts.query),
                {name: one.value for name, one in cookies.items()},
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            self.send(shop.answer(asked) or shop.shop(asked))

        do_GET = do_POST = do_OPTIONS = do_HEAD = answer_any

        def send(self, answer: Answer) -> None:
            body = answer.body
            content = body if isinstance(body, bytes) else body.replace("[[port]]", str(shop.port)).encode()
            self.send_response(answer.status)
            if answer.status not in (204, 304):
                self.send_header("content-type", answer.kind)
                self.send_header("content-length", str(len(content)))
            for name, value in answer.headers:
                self.send_header(name, value.replace("[[port]]", str(shop.port)))
            self.end_headers()
            if self.command != "HEAD" and answer.status not in (204, 304):
                self.wfile.write(content)

    with listening(Server(Handler)) as server:
        shop.port = server.server_port
        try:
            yield shop
        finally:
            shop.closed.set()
