"""HTTP servers for tests: on a free port of this machine, in a thread, until a block ends."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from typing_extensions import override

POLL_S = 0.02
"""How often a server looks whether it shall stop, in seconds."""


class QuietHandler(BaseHTTPRequestHandler):
    """A handler that writes no line for each request."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server on a free port that answers each request in a thread of its own."""

    request_queue_size = 128

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is no event; any other error is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


AnyServer = TypeVar("AnyServer", bound=Server)


@contextmanager
def listening(server: AnyServer) -> Iterator[AnyServer]:
    """Serve until the block ends; the port is closed then."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": POLL_S}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
