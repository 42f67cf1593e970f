"""A clean shop with a banner of its own, whose partner answers what cannot be read. Standard library alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import QuietHandler, Server, listening

HOST = "bücher.localhost"
"""The shop's name as its owner writes it. Requests bear it as `xn--bcher-kva.localhost`."""

PARTNER = "cdn.localhost"

ODD: dict[str, list[tuple[str, str]]] = {
    "/macro": [("Location", "http://[CLICK_HOST]/px.gif")],
    "/port": [("Location", "http://cdn.localhost:99999999/")],
    "/nfkc": [("Location", "http://a\u2100.localhost/".encode().decode("latin-1"))],
    "/header": [("Set-Cookie", "\xff=\xfe; Expires=31 Feb; Max-Age=\xb2; Domain=[")],
    "/packed": [("Content-Encoding", "macro"), ("Content-Type", "text/plain; charset=[CHARSET]")],
}
"""What the partner answers, by path: headers that no reader of theirs can make sense of."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Books</title>
<link rel="icon" href="data:,"></head><body>
<main><h1>Books</h1><p>Some words about books that can be read by whoever comes to read about books.</p>
<a href="/one">One</a> <a href="/two">Two</a> <a href="/three">Three</a></main>
<section id="ask" hidden style="position:fixed;bottom:0"><p>We would like to keep cookies.</p>
<button id="all">Accept all</button> <button id="none">Refuse all</button></section>
<footer><button id="again">Cookie settings</button> <a href="/cookies">Cookie policy</a></footer>
<script>
  addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "x"; });
  for (const path of %(odd)s) new Image().src = `http://cdn.localhost:%(port)d${path}`;
  const ask = document.getElementById("ask");
  const choose = (what) => { document.cookie = `choice=${what}; path=/; max-age=15552000`; ask.hidden = true; };
  document.getElementById("all").onclick = () => choose("all");
  document.getElementById("none").onclick = () => choose("none");
  document.getElementById("again").onclick = () => { ask.hidden = false; };
  if (!document.cookie.includes("choice=")) ask.hidden = false;
  %(more)s
</script></body></html>"""

PROFILE = """
partners = ["cdn.localhost"]
[site]
name = "Books"
base_url = "http://bücher.localhost:%(port)d"
hosts = ["bücher.localhost"]
[consent]
manager = "described"
[consent.stored]
name = "choice"
[consent.dialog]
banner = "#ask"
accept = ["#all"]
refuse = ["#none"]
reopen = ["#again"]
[categories.functionality]
label = "Needed"
refusable = false
cookies = ["choice"]
[categories.analytics]
label = "Analytics"
[pages]
articles = ["/one", "/two", "/three"]
policy = "/cookies"
[elements]
preferences_link = "#again"
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop that is served. `profile` is the file of its profile."""

    port: int
    profile: Path


@contextmanager
def serving(folder: Path, more: str = "") -> Iterator[Shop]:
    """The shop on a free port; `more` is a script that each of its pages runs besides."""

    class Answers(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = ODD.get(self.path) if self.headers["Host"].startswith(PARTNER) else None
            status = 200 if headers is None or self.path in ("/header", "/packed") else 302
            page = PAGE % {"odd": [*ODD], "port": server.server_port, "more": more}
            body = page.encode() if headers is None else b"x"
            self.send_response(status)
            for name, value in headers or [("Content-Type", "text/html; charset=utf-8")]:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with listening(Server(Answers)) as server:
        profile = folder / "books.toml"
        profile.write_text(PROFILE % {"port": server.server_port}, encoding="utf-8")
        yield Shop(server.server_port, profile)
