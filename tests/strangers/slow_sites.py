"""A page whose style sheet, script and picture each take their time, and which does something when each has come."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving import QuietHandler, Server, listening

TAKES = 0.6
"""Seconds that each part takes; the page needs them one after the other."""

PARTS = {
    "/style.css": ("text/css", "h1 { color: navy }"),
    "/script.js": ("text/javascript", "document.cookie = 'by_script=1';"),
    "/dot.svg": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
}

WRITES = ("by_style", "by_script", "by_picture", "by_load")
"""The cookies that the page writes, each when a part of it has come."""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Slow</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css" onload="document.cookie = 'by_style=1'"></head><body>
<h1>Slow</h1><button id="save">Save</button><a href="/?again">Again</a>
<script>
  addEventListener("load", () => {
    document.cookie = "by_load=1";
    document.getElementById("save").onclick = () => { document.title = "Saved"; };
  });
</script>
<script src="/script.js"></script>
<script>
  const picture = new Image();
  picture.onload = () => { document.cookie = "by_picture=1"; };
  picture.src = "/dot.svg";
  document.body.append(picture);
</script></body></html>"""


HANGING = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hanging</title>
<link rel="icon" href="data:,"><script src="/never.js"></script></head><body><h1>Hanging</h1></body></html>"""

_OVER = threading.Event()


class _Handler(QuietHandler):
    def do_GET(self) -> None:
        page = HANGING if self.path == "/hanging" else PAGE
        kind, body = PARTS.get(self.path, ("text/html; charset=utf-8", page))
        if self.path in PARTS:
            _OVER.wait(TAKES)
        if self.path == "/never.js":
            _OVER.wait(30)
            return
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("cache-control", "no-store")
        self.end_headers()
        self.wfile.write(body.encode())


@contextmanager
def running() -> Iterator[str]:
    """Serve the page until the block ends; its address. A page at `/hanging` waits for a script until then."""
    _OVER.clear()
    with listening(Server(_Handler)) as server:
        try:
            yield f"http://shop.localhost:{server.server_address[1]}/"
        finally:
            _OVER.set()
