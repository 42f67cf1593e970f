"""A small shop whose server hands out a token, and which may count visitors before they have chosen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import QuietHandler, Server, listening

PAGES = ("/", "/tea", "/cups", "/kettles", "/cookies")
HOST = "tokens.localhost"

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<title>Teas</title></head><body><main><h1>Teas</h1><p>A shop with a few pages that say something about tea.</p></main>
<div id="ask" hidden><p>We would like to use cookies.</p><button id="yes">Accept all</button>
<button id="no">Reject all</button></div>
<footer><button id="again">Cookie settings</button> <a href="/cookies">Cookie policy</a></footer>
<script src="/site.js"></script></body></html>"""

_SCRIPT = """
const ask = document.getElementById('ask');
const choose = value => { document.cookie = `choice=${value}; path=/; max-age=15552000`; ask.hidden = true; };
document.getElementById('yes').onclick = () => choose('all');
document.getElementById('no').onclick = () => choose('none');
document.getElementById('again').onclick = () => { ask.hidden = false; };
if (!document.cookie.includes('choice=')) { ask.hidden = false; }
"""
_COUNTER = "document.cookie = '_count=1.2345678; path=/; max-age=3600';\n"

_PROFILE = """
[site]
name = "Teas"
base_url = "http://{host}:{port}"
hosts = ["{host}"]
[consent]
manager = "described"
[consent.stored]
name = "choice"
[consent.dialog]
banner = "#ask"
accept = ["#yes"]
refuse = ["#no"]
reopen = ["#again"]
[categories.functionality]
label = "Needed"
refusable = false
cookies = [{needed}]
[categories.analytics]
label = "Statistics"
cookies = ["_count"]
[pages]
articles = ["/tea", "/cups", "/kettles"]
policy = "/cookies"
[elements]
preferences_link = "#again"
"""


@contextmanager
def shop(*, counts: bool) -> Iterator[int]:
    """Serve the shop on a free port, which is returned. `counts`: each page counts its visitor at once."""

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            script = _SCRIPT + (_COUNTER if counts else "")
            found = {"/site.js": ("text/javascript", script), **dict.fromkeys(PAGES, ("text/html", _PAGE))}.get(path)
            kind, body = found or ("text/plain", "There is no such page.")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            if kind == "text/html":
                self.send_header("Set-Cookie", "csrftoken=Zq81; Path=/; SameSite=Lax")
            self.end_headers()
            self.wfile.write(body.encode())

    with listening(Server(Handler)) as server:
        yield server.server_port


def profile(port: int, folder: Path, *needed: str) -> Path:
    """A profile that declares these cookies as needed."""
    file = folder / "profile.toml"
    names = ", ".join(f'"{name}"' for name in needed)
    file.write_text(_PROFILE.format(host=HOST, port=port, needed=names), encoding="utf-8")
    return file
