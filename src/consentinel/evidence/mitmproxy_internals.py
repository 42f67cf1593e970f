"""The internals of mitmproxy's proxy server that the recording proxy uses, in one place.

mitmproxy has no public way to open a further port of a running server or to end the connections of one port.
`mitmproxy_addons` and `mitmproxy_context` hold what concerns its addons and its global context.
tests/evidence/test_mitmproxy_internals.py checks all of it against the installed version.
"""

from __future__ import annotations

from collections.abc import Sequence

from mitmproxy import http
from mitmproxy.proxy.mode_specs import ProxyMode

from consentinel.evidence.mitmproxy_addons import proxyserver

CHECK = "__post_init__"
"""The method of mitmproxy's messages that checks the types of their fields."""

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


def trust_messages() -> None:
    """Leave out mitmproxy's check of the type of each field of each message, which costs a twelfth of the proxy's time.

    mitmproxy itself leaves it out where Python runs with optimisation. Messages come from its own parser here.
    """
    setattr(http.MessageData, CHECK, lambda message: None)
