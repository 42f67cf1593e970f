"""For mitmdump: leads every host to one port of this machine, and writes down what passed and as whom."""

from __future__ import annotations

import os
from pathlib import Path

from mitmproxy import http
from mitmproxy.proxy import server_hooks

LOG = Path(os.environ["UPSTREAM_LOG"])
SECURE, PLAIN = os.environ["UPSTREAM_SECURE"], os.environ["UPSTREAM_PLAIN"]


def server_connect(data: server_hooks.ServerConnectionHookData) -> None:
    assert data.server.address
    is_secure = data.server.address[1] == 443
    data.server.address = ("127.0.0.1", int(SECURE if is_secure else PLAIN))


def http_connect(flow: http.HTTPFlow) -> None:
    note(f"CONNECT {flow.request.host}:{flow.request.port}")


def request(flow: http.HTTPFlow) -> None:
    note(f"{flow.request.method} {flow.request.pretty_url}")


def note(line: str) -> None:
    with LOG.open("a") as log:
        log.write(f"{line}\n")
