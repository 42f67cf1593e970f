"""The contract with mitmproxy's internals; a failure after an upgrade names the version."""

from __future__ import annotations

import asyncio
import inspect
import socket
from importlib.metadata import version
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import mitmproxy.ctx
import pytest
from mitmproxy import connection, http
from mitmproxy.proxy import server

from consentinel.evidence import mitmproxy_addons, mitmproxy_context
from consentinel.evidence.mitmproxy_internals import CHECK, end_connections, modes, trust_messages
from consentinel.evidence.proxy import RecordingProxy

VERSION = f"mitmproxy {version('mitmproxy')}"


def test_each_name_is_there() -> None:
    proxyserver = mitmproxy_addons.proxyserver.Proxyserver()
    assert proxyserver.connections == {}, VERSION
    assert asyncio.iscoroutinefunction(proxyserver.servers.update), VERSION
    assert "transports" in inspect.getsource(server.ConnectionHandler), VERSION
    assert "handler" in server.ConnectionIO.__dataclass_fields__, VERSION


def test_a_message_is_made_without_a_check_of_its_types() -> None:
    assert CHECK in vars(http.MessageData), VERSION
    trust_messages()
    assert http.Response.make(200, b"tea", {"content-type": "text/plain"}).text == "tea", VERSION


def test_a_connection_that_is_ended_before_its_handler_has_begun_is_closed() -> None:
    assert asyncio.run(_ended_at_once()) == b""


async def _ended_at_once() -> bytes:
    """What a client reads whose connection ends between two steps of the proxy's loop, as on a busy machine."""
    accepted: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    listening = await asyncio.start_server(lambda *streams: accepted.put_nowait(streams), "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    served = await accepted.get()
    client = connection.Client(
        peername=served[1].get_extra_info("peername"), sockname=("127.0.0.1", port), timestamp_start=0.0
    )
    not_begun = asyncio.create_task(asyncio.Event().wait())
    handler = SimpleNamespace(client=client, transports={client: server.ConnectionIO(not_begun, *served)})
    end_connections(cast(Any, SimpleNamespace(connections={client.id: handler})), port, 1.0)
    try:
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
        listening.close()


def test_the_addons_that_are_used_are_there() -> None:
    for name in mitmproxy_addons.__all__:
        assert hasattr(mitmproxy_addons, name), f"{name} is gone from {VERSION}"


def test_modes_are_those_that_mitmproxy_parses() -> None:
    assert modes("127.0.0.1", [1, 2]) == ["regular@127.0.0.1:1", "regular@127.0.0.1:2"]


def test_each_thread_has_a_context_of_its_own() -> None:
    mitmproxy_context.split()
    seen: dict[str, Any] = {}

    def work(name: str) -> None:
        mitmproxy.ctx.master = name  # type: ignore[assignment]
        seen[name] = mitmproxy.ctx.master

    threads = [Thread(target=work, args=(name,)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
        thread.join()
    assert seen == {"one": "one", "two": "two"}, VERSION


@pytest.mark.process
def test_the_connections_of_one_port_end_and_no_others() -> None:
    proxy = RecordingProxy()
    try:
        left, stays = proxy.tap(), proxy.tap()
        with socket.create_connection(left.address, 10) as one, socket.create_connection(stays.address, 10) as other:
            for connection in (one, other):
                connection.sendall(b"GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n")
                assert connection.recv(12).startswith(b"HTTP/1.1 502"), VERSION
            proxy.untap(left)
            while one.recv(4096):
                pass
            other.sendall(b"GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: x\r\n\r\n")
            assert other.recv(4096), f"{VERSION}: the other port's connection ended too"
    finally:
        proxy.close()
