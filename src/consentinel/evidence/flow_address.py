"""The address that a request on the wire asks for, as browsers write it."""

from __future__ import annotations

from mitmproxy import http


def url_of(request: http.Request) -> str:
    """Return a request's address, with the brackets of an IPv6 address (RFC 3986, 3.2.2): mitmproxy has none."""
    host, url = request.pretty_host, request.pretty_url
    return url.replace(f"://{host}", f"://[{host}]", 1) if ":" in host else url
