"""A site that speaks HTTP/3, on a port of this machine, until a block ends, and a client that reaches it.

mitmproxy brings aioquic.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import DataReceived, H3Event, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ProtocolNegotiated, QuicEvent

LIMIT = 20.0
"""Seconds that an answer may take."""


class _Speaks(QuicConnectionProtocol):
    """One end of a connection that speaks HTTP/3."""

    http: H3Connection | None = None

    def quic_event_received(self, event: QuicEvent) -> None:
        if isinstance(event, ProtocolNegotiated):
            self.http = H3Connection(self._quic)
        for one in self.http.handle_event(event) if self.http else ():
            self.take(one)

    def take(self, event: H3Event) -> None:
        """Do what an event of HTTP/3 asks for."""


class _Answers(_Speaks):
    def take(self, event: H3Event) -> None:
        if isinstance(event, HeadersReceived) and self.http:
            self.http.send_headers(event.stream_id, [(b":status", b"200"), (b"content-type", b"text/html")])
            self.http.send_data(event.stream_id, b"by HTTP/3", end_stream=True)
            self.transmit()


class _Asks(_Speaks):
    answer: asyncio.Future[bytes]

    def take(self, event: H3Event) -> None:
        if isinstance(event, DataReceived) and not self.answer.done():
            self.answer.set_result(event.data)


class _Noting(QuicServer):
    """Notes who sends it anything."""

    def __init__(self, configuration: QuicConfiguration) -> None:
        super().__init__(configuration=configuration, create_protocol=_Answers)
        self.senders: set[Any] = set()

    def datagram_received(self, data: bytes | str, addr: Any) -> None:
        self.senders.add(addr)
        super().datagram_received(data, addr)


@dataclass(frozen=True, slots=True)
class Http3:
    """A running site at `port`, under a name of its certificate."""

    port: int
    name: str
    trust: Path
    loop: asyncio.AbstractEventLoop
    server: _Noting

    @property
    def senders(self) -> frozenset[Any]:
        """The addresses from which anything has reached it."""
        return frozenset(self.server.senders)

    def ask(self) -> bytes:
        """What it answers to a client that speaks HTTP/3."""
        return asyncio.run_coroutine_threadsafe(self._ask(), self.loop).result(LIMIT)

    async def _ask(self) -> bytes:
        configuration = QuicConfiguration(is_client=True, alpn_protocols=H3_ALPN, server_name=self.name)
        configuration.load_verify_locations(str(self.trust))
        async with connect(
            "127.0.0.1", self.port, configuration=configuration, create_protocol=_Asks, local_port=0
        ) as client:
            assert isinstance(client, _Asks)
            assert client.http is not None
            client.answer = asyncio.get_running_loop().create_future()
            stream = client._quic.get_next_available_stream_id()
            address = f"{self.name}:{self.port}".encode()
            head = [(b":method", b"GET"), (b":scheme", b"https"), (b":authority", address), (b":path", b"/")]
            client.http.send_headers(stream, head, end_stream=True)
            client.transmit()
            return await asyncio.wait_for(client.answer, LIMIT)


@contextmanager
def serving_h3(port: int, name: str, certificate: Path, trust: Path) -> Iterator[Http3]:
    """Serve by HTTP/3 on this port of UDP. `certificate` holds the certificate for `name` and its key, `trust` its
    authority."""
    configuration = QuicConfiguration(is_client=False, alpn_protocols=H3_ALPN)
    configuration.load_cert_chain(certificate, certificate)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> _Noting:
        made = await loop.create_datagram_endpoint(lambda: _Noting(configuration), local_addr=("127.0.0.1", port))
        return made[1]

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(LIMIT)
    try:
        yield Http3(port, name, trust, loop, server)
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(LIMIT)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(LIMIT)
        loop.close()


async def _end(server: _Noting) -> None:
    server.close()  # type: ignore[no-untyped-call] # aioquic types it not
    await asyncio.sleep(0)  # the transport closes its socket in the loop's next turn
