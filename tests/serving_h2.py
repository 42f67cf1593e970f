"""A site that speaks HTTP/2, on a free port of this machine, until a block ends."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import h2.config  # type: ignore[import-untyped] # mitmproxy brings it
import h2.connection  # type: ignore[import-untyped]
import h2.events  # type: ignore[import-untyped]

H2, H1 = "h2", "http/1.1"


@dataclass(frozen=True)
class Asked:
    """A request: `protocol` is the one that it came by. `headers` has lower-case names."""

    protocol: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Answered:
    """An answer, whose length no header says unless `headers` does. `hint` is sent before it by HTTP/2 (RFC 8297)."""

    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    hint: str = ""


Site = Callable[[Asked], Answered]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: Site, context: ssl.SSLContext) -> None:
        self.site, self.context = site, context
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        with suppress(OSError, ssl.SSLError):
            secure = self.server.context.wrap_socket(self.request, server_side=True)
            with secure:
                if secure.selected_alpn_protocol() == H2:
                    _speak_h2(secure, self.server.site)
                elif secure.selected_alpn_protocol() == H1:
                    _speak_h1(secure, self.server.site)


def _speak_h1(connection: ssl.SSLSocket, site: Site) -> None:
    """Answer one request without a body, and close."""
    received = b""
    while b"\r\n\r\n" not in received and (data := connection.recv(65536)):
        received += data
    line, *lines = received.decode("latin-1").partition("\r\n\r\n")[0].split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    answer = site(Asked(H1, line.split(" ")[1], headers))
    head = [f"HTTP/1.1 {answer.status} Answered", "Connection: close", *map(": ".join, answer.headers.items())]
    connection.sendall("\r\n".join([*head, "", ""]).encode() + answer.body)


def _speak_h2(connection: ssl.SSLSocket, site: Site) -> None:
    speech = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    speech.initiate_connection()
    connection.sendall(speech.data_to_send())
    heads: dict[int, dict[str, str]] = {}
    bodies: dict[int, bytes] = {}
    while data := connection.recv(65536):
        for event in speech.receive_data(data):
            _take(event, speech, site, heads, bodies)
        connection.sendall(speech.data_to_send())


def _take(event: Any, speech: Any, site: Site, heads: dict[int, dict[str, str]], bodies: dict[int, bytes]) -> None:
    if isinstance(event, h2.events.RequestReceived):
        heads[event.stream_id] = dict(event.headers)
    elif isinstance(event, h2.events.DataReceived):
        bodies[event.stream_id] = bodies.get(event.stream_id, b"") + event.data
        speech.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
    elif isinstance(event, h2.events.StreamEnded):
        head = heads.pop(event.stream_id)
        answer = site(Asked(H2, head[":path"], head, bodies.pop(event.stream_id, b"")))
        if answer.hint:
            speech.send_headers(event.stream_id, [(":status", "103"), ("link", answer.hint)])
        speech.send_headers(event.stream_id, [(":status", str(answer.status)), *answer.headers.items()])
        speech.send_data(event.stream_id, answer.body, end_stream=True)


@contextmanager
def serving_h2(site: Site, context: ssl.SSLContext, protocols: tuple[str, ...] = (H2,)) -> Iterator[int]:
    """Serve a site by these protocols until the block ends; its port. `context` holds its certificate."""
    context.set_alpn_protocols([*protocols])
    with _Server(site, context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()
