"""Starting and stopping the server."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from consentinel.reference_site import app, hosts
from consentinel.reference_site.certificates import Certificates
from consentinel.reference_site.registry import everywhere


class CannotServe(Exception):
    """The server cannot start; the message is one line for a person."""


class _Server(uvicorn.Server):
    """A server that leaves signals to us: uvicorn raises them again at the end, ours is to end quietly."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the handlers as they are."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()


@dataclass(frozen=True, slots=True)
class Options:
    """What to serve where."""

    host: str = "127.0.0.1"
    port: int = 0
    """0 takes any free port."""
    ready_file: Path | None = None
    """Written once connections are accepted."""
    until_stdin_closes: bool = False
    """End with the process that holds the other end of the standard input."""


def listen(host: str, port: int) -> socket.socket:
    """Bind the one port of the server."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # named explicitly: asyncio switches Nagle's algorithm off, which costs 40 ms an answer, for TCP alone
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(f"cannot listen on {host} port {port}: {reason}") from error
    return listener


def serve(options: Options, on_ready: Callable[[int, Path], None]) -> None:
    """Serve until SIGTERM or SIGINT, or until the standard input closes.

    ``on_ready`` is called with the port and the authority's file once connections are accepted. Raises `CannotServe`.
    """
    listener = listen(options.host, options.port)
    with listener, tempfile.TemporaryDirectory(prefix="reference-site-") as folder:
        port: int = listener.getsockname()[1]
        authority = Path(folder, "ca.pem")
        certificates = Certificates.of(hosts.every_host(everywhere()))
        certificates.write_authority(authority)

        def ready() -> None:
            if options.ready_file is not None:
                _write_ready(options.ready_file, port, authority)
            on_ready(port, authority)

        server = _Server(_config(certificates), ready)
        asyncio.run(_run(server, listener, watch_stdin=options.until_stdin_closes))


def _config(certificates: Certificates) -> uvicorn.Config:
    return uvicorn.Config(
        app.create(everywhere()),
        ssl_context_factory=lambda config, default: certificates.server_context(hosts.SITE),
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        ws="wsproto",
        server_header=False,
    )


async def _run(server: uvicorn.Server, listener: socket.socket, *, watch_stdin: bool) -> None:
    def stop() -> None:
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop)
    if watch_stdin:
        try:
            loop.add_reader(sys.stdin.fileno(), _stop_at_end_of_input, stop)
        except OSError as error:
            raise CannotServe("the standard input is no pipe or terminal: its end cannot be seen") from error
    await server.serve([listener])


def _stop_at_end_of_input(stop: Callable[[], None]) -> None:
    with contextlib.suppress(BlockingIOError):
        if not os.read(sys.stdin.fileno(), 4096):
            asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
            stop()


def _write_ready(path: Path, port: int, ca: Path) -> None:
    """Write the ready file in one step, so that nobody reads half of it."""
    named = {"site": hosts.SITE, "cdn": hosts.CDN, "pay": hosts.PAY, "metrics": hosts.METRICS}
    named |= {"circle": hosts.CIRCLE, "widgets": hosts.WIDGETS, "adnet": hosts.ADNET}
    named |= {"garden": hosts.GARDEN, "control": hosts.CONTROL, "guest": hosts.GUEST}
    origins = {name: f"https://{host}:{port}" for name, host in named.items()}
    content = {"port": port, "ca_pem": str(ca), **origins}
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise CannotServe(f"cannot write {path}: {error.strerror}") from error
