"""Leads the requests of the recording proxy along the route: mitmproxy addons and an event loop.

A request to a secure address goes through the upstream proxy in a tunnel (CONNECT); one to an insecure address is sent
to it in absolute form (RFC 9112, section 3.2.2), since many proxies allow tunnels to port 443 alone.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from mitmproxy import connection, http, tls
from mitmproxy.flow import Error
from mitmproxy.net.http import http1
from mitmproxy.proxy import server_hooks

from consentinel.evidence.access import Access, basic
from consentinel.evidence.browser_requests import is_of_the_browser
from consentinel.evidence.flow_address import url_of
from consentinel.evidence.manners import Manners
from consentinel.evidence.route import Route, Upstream

_TUNNEL_REFUSED = "refused HTTP CONNECT request: "
"""What mitmproxy says before the status where an upstream proxy refuses a tunnel."""

_UPSTREAM = "consentinel.upstream"
"""The key under which a flow's upstream proxy is kept."""

_TARGET = "consentinel.target"
"""The key under which host and port of a request are kept while it is addressed to the upstream proxy."""


_ERROR_NUMBER = re.compile(r"\[Errno (\d{1,3})\]", re.ASCII)

_ADDED = "consentinel.access"
"""The key under which the names of the headers that were added to a flow are kept."""


class RouteLoop(asyncio.SelectorEventLoop):
    """Resolves names as the route has them."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self._route = route

    async def getaddrinfo(self, host: Any, port: Any, **rest: Any) -> Any:
        """Resolve a name."""
        known = self._route.address(host, port if isinstance(port, int) else 0) if isinstance(host, str) else None
        return await super().getaddrinfo(known or host, port, **rest)


class Outbound:
    """The mitmproxy addon. `doubt` takes a flow and what could not be seen of the site because of the upstream proxy.

    An answer that the upstream proxy gave in place of the site becomes the flow's error.
    """

    def __init__(self, route: Route, doubt: Callable[[http.HTTPFlow, str], None]) -> None:
        self._route = route
        self._doubt = doubt
        self._failed: dict[tuple[str, int], str] = {}
        self._used: dict[tuple[str, int], Upstream] = {}

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Choose the way of a request."""
        request = flow.request
        host = f"[{request.host}]" if ":" in request.host else request.host
        upstream = self._route.upstream(f"{request.scheme}://{host}:{request.port}")
        if upstream is None:
            return
        flow.metadata[_UPSTREAM] = upstream
        self._used[upstream.host, upstream.port] = upstream
        if _goes_by_tunnel(request, upstream):
            flow.server_conn = connection.Server(address=(request.host, request.port))
            flow.server_conn.tls = request.scheme == "https"
            flow.server_conn.via = (upstream.scheme, (upstream.host, upstream.port))
            return
        flow.metadata[_TARGET] = request.host, request.port
        request.authority = f"{host}:{request.port}" if request.port != 80 else host
        request.data.host, request.data.port = upstream.host, upstream.port
        if upstream.user:
            request.headers["proxy-authorization"] = basic(upstream.user, upstream.password)[1]

    def http_connect_upstream(self, flow: http.HTTPFlow) -> None:
        """Sign in at the upstream proxy for a tunnel."""
        address = flow.server_conn.address
        upstream = self._used.get(address[:2]) if address else None
        if upstream is not None and upstream.user:
            flow.request.headers["proxy-authorization"] = basic(upstream.user, upstream.password)[1]

    def server_connect_error(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Note that a connection failed: it may have been the one to the upstream proxy."""
        if data.server.address:
            self._failed[data.server.address[:2]] = _in_words(str(data.server.error))

    def server_connected(self, data: server_hooks.ServerConnectionHookData) -> None:
        """Forget a failure: what is there now answers."""
        if data.server.address:
            self._failed.pop(data.server.address[:2], None)

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Tell an answer of the upstream proxy from one of the site."""
        upstream, answer = self._left(flow), flow.response
        if upstream and answer is not None and answer.status_code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            answer.status_code, answer.reason = 502, "Bad Gateway"
            answer.headers.pop("proxy-authenticate", None)
            self._fail(flow, upstream.refused())

    def error(self, flow: http.HTTPFlow) -> None:
        """Say whose failure it was, in words that a person can act on."""
        upstream = self._left(flow)
        if upstream is None or flow.error is None:
            return
        _, refused, status = flow.error.msg.partition(_TUNNEL_REFUSED)
        failed = self._failed.get((upstream.host, upstream.port))
        if refused:
            self._fail(flow, upstream.tunnel_refused(flow.request.pretty_host, status))
        elif failed:
            self._fail(flow, upstream.down(failed))

    def _left(self, flow: http.HTTPFlow) -> Upstream | None:
        """Return the upstream proxy of a flow, and take what only that proxy was meant to see out of the record."""
        upstream: Upstream | None = flow.metadata.get(_UPSTREAM)
        if _TARGET in flow.metadata:
            flow.request.data.host, flow.request.data.port = flow.metadata.pop(_TARGET)
            flow.request.authority = ""
            flow.request.headers.pop("proxy-authorization", None)
        return upstream

    def _fail(self, failed: http.HTTPFlow, line: str) -> None:
        failed.error = Error(line)
        self._doubt(failed, line)


class AccessHeaders:
    """The mitmproxy addon. The record shows each request as the browser sent it: what was added is taken out again."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Add the headers that the browser has not sent itself."""
        needed = self._access.headers_for(flow.request.pretty_host)
        added = {name: value for name, value in needed.items() if name not in flow.request.headers}
        flow.request.headers.update(added)
        flow.metadata[_ADDED] = tuple(added)

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Take them out once they have been sent."""
        for name in flow.metadata.pop(_ADDED, ()):
            flow.request.headers.pop(name, None)

    def error(self, flow: http.HTTPFlow) -> None:
        """Take them out where no answer came."""
        self.responseheaders(flow)


class OfferedProtocols:
    """The mitmproxy addon. Sites are offered what the browser offers: HTTP/2 too, though browsers speak HTTP/1.1 here.

    For a socket they are offered HTTP/1.1 alone, as by Chromium: Firefox offers both, and its socket would meet HTTP/2.
    """

    def __init__(self) -> None:
        self._sockets: set[str] = set()

    def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Note over which of the browser's connections a socket is opened; the site's server is reached after that."""
        if flow.request.headers.get("upgrade", "").lower() == "websocket":
            self._sockets.add(flow.client_conn.id)

    def client_disconnected(self, client: connection.Client) -> None:
        """Forget a connection that has ended."""
        self._sockets.discard(client.id)

    def tls_start_server(self, opening: tls.TlsData) -> None:
        """Offer a site's server the browser's protocols."""
        if isinstance(opening.conn, connection.Server) and not opening.conn.alpn_offers:
            client = opening.context.client
            opening.conn.alpn_offers = (b"http/1.1",) if client.id in self._sockets else tuple(client.alpn_offers)

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Pass an answer of unknown length on in chunks; a browser's next request would else need a new connection."""
        answer = flow.response
        if answer is not None and answer.is_http2 and http1.expected_http_body_size(flow.request, answer) == -1:
            answer.headers["transfer-encoding"] = "chunked"


class Paced:
    """The mitmproxy addon. A request waits for its moment when it has been noted: the page counts as busy meanwhile."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners

    async def requestheaders(self, flow: http.HTTPFlow) -> None:
        """Hold a request back until its host's next free moment; what is answered here does not reach the host."""
        if flow.response is None and not is_of_the_browser(flow.request):
            await asyncio.sleep(self._manners.wait(flow.request.pretty_host))

    def responseheaders(self, flow: http.HTTPFlow) -> None:
        """Note what a page answered."""
        answer, asked = flow.response, flow.request.headers
        is_page = asked.get("sec-fetch-dest", "document") == "document" and "text/html" in asked.get("accept", "")
        if answer is not None and is_page:
            self._manners.answered(url_of(flow.request), answer.status_code, answer.headers.get("retry-after", ""))


def _in_words(error: str) -> str:
    """Return what the system's number of an error means; any other error as it is."""
    number = _ERROR_NUMBER.match(error)
    return os.strerror(int(number[1])) if number else error


def _goes_by_tunnel(request: http.Request, upstream: Upstream) -> bool:
    """Return whether a request needs a tunnel; plain requests to a secure upstream proxy go by one too."""
    return request.scheme == "https" or upstream.scheme == "https" or "upgrade" in request.headers
