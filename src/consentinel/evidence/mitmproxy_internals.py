"""The internals of mitmproxy's proxy server that the recording proxy uses, in one place.

mitmproxy has no public way to open a further port of a running server or to end the connections of one port.
`mitmproxy_addons` and `mitmproxy_context` hold what concerns its addons and its global context.
tests/evidence/test_mitmproxy_internals.py checks all of it against the installed version.
"""

from __future__ import annotations

from collections.abc import Sequence

from mitmproxy import connection, http
from mitmproxy.net.http import http1
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.layers.http import HttpStream, SendHttp, _http1
from mitmproxy.proxy.layers.http._base import HttpEvent, ReceiveHttp
from mitmproxy.proxy.layers.http._events import (
    RequestData,
    RequestEndOfMessage,
    RequestHeaders,
    RequestProtocolError,
    ResponseProtocolError,
)
from mitmproxy.proxy.mode_specs import ProxyMode

from consentinel.evidence.answer_head import BLANK, INTERIM, as_browsers_read
from consentinel.evidence.mitmproxy_addons import proxyserver

CHECK = "__post_init__"
"""The method of mitmproxy's messages that checks the types of their fields."""

_MARK = "consentinel_mark"
"""Marks the reader of answers that accepts careless ones, a connection that has answered, a flow asked once more."""

CLOSED_BETWEEN = "server closed connection between two requests"
"""The error of a request over a connection that the server closed after an earlier answer."""

_LONGEST_STATUS = 40
"""How many bytes tell whether an answer is an interim one."""

CLOSED = "the visitor has left"
"""The reason that mitmproxy logs for a connection that `end_connections` ends."""


def modes(listen: str, ports: Sequence[int]) -> list[str]:
    """Return mitmproxy's option `mode` for regular proxies on these ports."""
    return [f"regular@{listen}:{port}" for port in ports]


async def open_ports(server: proxyserver.Proxyserver, listen: str, ports: Sequence[int]) -> bool:
    """Listen on these ports and no others; False if one cannot be opened."""
    return await server.servers.update([ProxyMode.parse(mode) for mode in modes(listen, ports)])


def end_connections(server: proxyserver.Proxyserver, port: int, until: float) -> None:
    """End the connections to a port that began before `until`, in seconds since the epoch."""
    for handler in list(server.connections.values()):
        client = handler.client
        served = handler.transports.get(client)
        if served and served.handler and client.sockname[1] == port and client.timestamp_start < until:
            served.handler.cancel(CLOSED)
            if served.writer:  # which a handler that has not begun yet would leave open
                served.writer.close()


def prepare() -> None:
    """Make mitmproxy of this process fit for the recording proxy. Another call changes nothing."""
    trust_messages()
    accept_careless_answers()


def trust_messages() -> None:
    """Leave out mitmproxy's check of the type of each field of each message, which costs a twelfth of the proxy's time.

    mitmproxy itself leaves it out where Python runs with optimisation. Messages come from its own parser here.
    """
    setattr(http.MessageData, CHECK, lambda message: None)


def accept_careless_answers() -> None:
    """Make mitmproxy read the answers that browsers read: those after interim answers, and those of careless servers.

    mitmproxy takes an interim answer, such as 103 (Early Hints), for the answer itself. It also fails where a server
    closes a connection that was used before without having said so; browsers ask once more.
    """
    if getattr(_http1.Http1Client.read_headers, _MARK, False):
        return
    read, parse, fail = _http1.Http1Client.read_headers, http1.read_response_head, HttpStream.handle_protocol_error

    def read_headers(self: _http1.Http1Client, event: events.ConnectionEvent) -> layer.CommandGenerator[None]:
        if isinstance(event, events.DataReceived):
            setattr(self, _MARK, True)
        elif self.stream_id and not self.buf and getattr(self, _MARK, False):
            if self.conn.state & connection.ConnectionState.CAN_WRITE:
                yield commands.CloseConnection(self.conn)
            yield ReceiveHttp(ResponseProtocolError(self.stream_id, CLOSED_BETWEEN))
            return
        while BLANK.match(begun := bytes(self.buf)[:_LONGEST_STATUS]) or INTERIM.match(begun):
            if self.buf.maybe_extract_lines() is None:
                break
        yield from read(self, event)

    def handle_protocol_error(
        self: HttpStream, event: RequestProtocolError | ResponseProtocolError
    ) -> layer.CommandGenerator[None]:
        asks_again = event.message == CLOSED_BETWEEN and not (self.flow.request.stream or _MARK in self.flow.metadata)
        if not asks_again:
            yield from fail(self, event)
            return
        self.flow.metadata[_MARK] = True
        if (yield from self.make_server_connection()):
            content = self.flow.request.raw_content
            parts: list[HttpEvent] = [RequestHeaders(self.stream_id, self.flow.request, end_stream=not content)]
            parts += [RequestData(self.stream_id, content)] if content else []
            for part in (*parts, RequestEndOfMessage(self.stream_id)):
                yield SendHttp(part, self.context.server)

    setattr(read_headers, _MARK, True)
    setattr(_http1.Http1Client, read_headers.__name__, read_headers)
    setattr(HttpStream, handle_protocol_error.__name__, handle_protocol_error)
    setattr(http1, parse.__name__, lambda lines: parse(as_browsers_read(lines)))
