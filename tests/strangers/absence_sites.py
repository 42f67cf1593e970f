"""Small clean sites that lack something: a category, a cookie, a switch, words. Each is served on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.serving import QuietHandler, Server, listening

HOST, METRICS = "corner.localhost", "count.localhost"
DAYS = 24 * 3600

STORES = f"document.cookie = 'visits=' + (read('visits') || Math.random()) + '; path=/; max-age={90 * DAYS}';"
SENDS = "new Image().src = `http://${metrics}/hit?page=${encodeURIComponent(location.pathname)}`;"

SWITCH = """<div id="more" hidden><label><input type="checkbox" id="count"> Counting</label>
<button id="keep">Keep</button></div>"""

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Corner shop</title><link rel="icon" href="data:,">
<main><h1>Corner shop</h1><p>{words}</p><a href="/tea">Tea</a> <a href="/salt">Salt</a> <a href="/soap">Soap</a></main>
<footer><button id="again">Cookies</button></footer>
<div id="ask" hidden>May we count? <button id="yes">Yes</button> <button id="no">No</button> {opener}</div>{switch}
<script>
const metrics = "{metrics}", element = (id) => document.getElementById(id);
const read = (name) => (document.cookie.match(new RegExp(`(?:^|; )${{name}}=([^;]*)`)) || [])[1];
const note = (choice) => {{ document.cookie = `answer=${{choice}}; path=/; max-age={term}`; }};
function count() {{ {counts} }}
function decide(choice) {{
  const before = read("answer");
  note(choice);
  element("ask").hidden = true;
  if (element("more")) element("more").hidden = true;
  if (choice === "yes" && before !== "yes") count();
}}
element("yes").onclick = () => decide("yes");
element("no").onclick = () => decide("no");
element("again").onclick = () => {{
  if (element("count")) element("count").checked = read("answer") === "yes";
  (element("more") || element("ask")).hidden = false;
}};
if (element("open")) element("open").onclick = element("again").onclick;
if (element("keep")) element("keep").onclick = () => decide(element("count").checked ? "yes" : "no");
{always}
if (!read("answer")) element("ask").hidden = false;
else if (read("answer") === "yes") count();
</script></html>"""


@dataclass(frozen=True)
class Shop:
    """One clean site. `counts` is what analytics does once it is allowed, `always` what happens on every page."""

    counts: str = STORES + SENDS
    always: str = ""
    words: str = "We sell what one needs on a Sunday, and we sell it to whoever comes by, whatever they answer."
    has_switch: bool = True
    text_pages: tuple[str, ...] = field(default=())

    def page(self, path: str, port: int) -> tuple[str, str]:
        """A page's type and text."""
        if path in self.text_pages:
            return "text/plain", "A text to read, which asks nothing and links nowhere."
        filled = PAGE.format(
            words=self.words,
            opener='<button id="open">More</button>' if self.has_switch else "",
            switch=SWITCH if self.has_switch else "",
            metrics=f"{METRICS}:{port}",
            term=180 * DAYS,
            counts=self.counts,
            always=self.always,
        )
        return "text/html; charset=utf-8", filled


@contextmanager
def served(shop: Shop) -> Iterator[int]:
    """Serve a site and its analytics service, told apart by host; gives the port."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("host") or "").partition(":")[0]
            path = urlsplit(self.path).path
            kind, text = (
                ("image/gif", "") if host == METRICS else shop.page(path, int(self.connection.getsockname()[1]))
            )
            body = text.encode()
            known = host == METRICS or path in ("/", "/tea", "/salt", "/soap")
            self.send_response(200 if known else 404)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.do_GET()

    with listening(Server(Handler)) as server:
        yield server.server_address[1]


def profile(
    port: int,
    analytics: str = f'cookies = ["visits"]\nhosts = ["{METRICS}"]',
    switch: bool = True,
    kept: str = "answer",
) -> str:
    """The site's profile, as its owner writes it. `kept` is where they say that the choice is kept."""
    dialog = """preferences = ["#open"]
dialog = "#more"
save = ["#keep"]
[consent.dialog.categories.analytics]
control = "#count"
"""
    return f"""[site]
name = "Corner shop"
base_url = "http://{HOST}:{port}"
hosts = ["{HOST}"]
[consent]
manager = "described"
late_s = 2
[consent.stored]
name = "{kept}"
lifetime_days = 200
[consent.dialog]
banner = "#ask"
accept = ["#yes"]
refuse = ["#no"]
reopen = ["#again"]
{dialog if switch else ""}
[categories.functionality]
label = "Needed"
refusable = false
cookies = ["answer"]
[categories.analytics]
label = "Counting"
{analytics}
[pages]
articles = ["/tea", "/salt", "/soap"]
"""
