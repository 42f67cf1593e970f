"""What a browser and a wire tell, made by hand."""

from __future__ import annotations

from typing import Any

from mitmproxy import http
from mitmproxy.test import tflow, tutils

from consentinel.evidence.reported import Sent

HOME = "https://www.shop.example/"


def told(url: str = HOME, *, number: str = "1", at: float = 100.0, answer: Any = None, **params: Any) -> Sent:
    """A request as BiDi tells it."""
    headers = params.pop("headers", [])
    request = {"request": number, "url": url, "method": params.pop("method", "GET"), "headers": headers}
    page = params.pop("page", HOME)
    return Sent(f"{number}/0", "tab", page, {"request": request, "timestamp": at * 1000, **params}, answer)


def text(value: str) -> dict[str, str]:
    """A BiDi `network.BytesValue`."""
    return {"type": "string", "value": value}


def answer(status: int = 200, *set_cookie: str, **response: Any) -> dict[str, Any]:
    """An answer as BiDi tells it; several cookies stand in one header, one a line."""
    headers = [{"name": "Set-Cookie", "value": text("\n".join(set_cookie))}] if set_cookie else []
    return {"response": {"status": status, "mimeType": "text/html", "headers": headers, **response}}


def flow(
    url: str = HOME, *, method: str = "GET", at: float = 100.0, answered: bool = True, **more: Any
) -> http.HTTPFlow:
    """A request as the wire saw it."""
    request = http.Request.make(method, url, more.get("body", b""), more.get("headers", {}))
    request.timestamp_start = at
    response = None
    if answered:
        fields = [(b"set-cookie", line.encode()) for line in more.get("set_cookies", ())]
        fields += [(b"content-type", more["kind"].encode())] if "kind" in more else []
        response = tutils.tresp(
            status_code=more.get("status", 200), headers=http.Headers(fields), content=more.get("answer", b"")
        )
    made = tflow.tflow(req=request, resp=response or False)
    made.timestamp_created = at
    return made
