"""IAB Tech Lab's own stub and API of the framework, as consent managers embed them, are heard from the first word."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.evidence.tcf import decoded
from consentinel.reference_site.tc_string import tc_string
from consentinel.site.load import load_profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving import QuietHandler, Server, listening
from tests.site.deployment.packages import installed
from tests.strangers.signal_sites import PROFILE

NONE, SOME = tc_string(interests=(2, 7)), tc_string((1, 3), (755,), interests=(2,))

PAGE = f"""<!doctype html><html lang="en"><head><title>News</title><link rel="icon" href="data:,">
<script src="/stub/lib/stub.js"></script>
<script type="importmap">{{ "imports": {{ "@iabtechlabtcf/core": "/core/lib/mjs/index.js",
  "@iabtechlabtcf/cmpapi": "/cmpapi/lib/mjs/index.js" }} }}</script>
<script type="module">
  import {{ CmpApi }} from "@iabtechlabtcf/cmpapi";
  const api = new CmpApi(300, 1, true);
  api.update("{NONE}", true);
  setTimeout(() => api.update("{SOME}", false), 300);
</script></head><body><main><h1>News</h1><p>What happened today.</p></main></body></html>"""


class _Handler(QuietHandler):
    folder: Path

    def do_GET(self) -> None:
        file = self.folder / self.path.lstrip("/")
        body = PAGE.encode() if self.path == "/" else file.read_bytes() if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if file.suffix == ".js" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(folder: Path) -> Iterator[Path]:
    """Serve the page; the file of its profile."""
    handler = type("Handler", (_Handler,), {"folder": installed() / "@iabtechlabtcf"})
    with listening(Server(handler)) as server:
        file = folder / "profile.toml"
        file.write_text(PROFILE % {"port": server.server_port}, encoding="utf-8")
        yield file


@pytest.mark.managers
@pytest.mark.browser
@pytest.mark.parametrize("engine", [Engine.CHROMIUM, Engine.FIREFOX], ids=str)
def test_each_string_of_the_api_is_heard(engine: Engine, tmp_path: Path) -> None:
    wire, pool = RecordingProxy(), BrowserPool()
    with serving(tmp_path) as file:
        visitor = Visitor(
            "visitor",
            Resources(pool, BrowserSpec(engine, trusted=(wire.key,)), wire, horizon=1.0),
            load_profile(str(file), None),
        )
        visitor.visit(str(visitor.profile.site.base_url), "visits the home page")
        told = [(one.event, one.text.text, one.applies) for one in visitor.timeline.strings]
        visitor.leave()
    pool.close()
    wire.close()
    assert told == [("cmpuishown", NONE, True), ("useractioncomplete", SOME, True)]
    assert [read.purposes for read in map(decoded, (NONE, SOME)) if read] == [frozenset(), frozenset({1, 3})]
