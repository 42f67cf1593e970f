"""The server's own account of what reached it: the truth that a recorder is compared with."""

import itertools
import time
from collections import deque
from dataclasses import asdict, dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = (
    "accept-language",
    "content-type",
    "cookie",
    "origin",
    "purpose",
    "referer",
    "sec-fetch-dest",
    "sec-fetch-mode",
    "sec-fetch-site",
    "sec-purpose",
    "service-worker",
    "upgrade",
    "user-agent",
)
"""Request headers that the log keeps."""

CAPACITY = 50_000
"""Requests that are remembered; the oldest are forgotten first."""


@dataclass(slots=True)
class Seen:
    """One request as it reached the server."""

    seq: int
    time: float
    """Unix time in seconds at which the request's head was read."""
    method: str
    scheme: str
    """``https`` or ``wss``."""
    host: str
    """Host name without port, in lower case."""
    path: str
    query: str
    headers: dict[str, str]
    body_length: int = 0
    """Bytes of the body that the server has read; frames of a WebSocket are not counted."""
    status: int = 0
    """Status of the answer; 0 while there is none."""
    set_cookies: list[str] = field(default_factory=list)
    """Names of the cookies that the answer sets."""


class RequestLog:
    """ASGI middleware that notes each request, except those that ask for the log itself."""

    def __init__(self, app: ASGIApp, unlogged: tuple[str, str]) -> None:
        """``unlogged`` is the host and path under which the log can be read."""
        self._app = app
        self._unlogged = unlogged
        self._numbers = itertools.count(1)
        self._seen: deque[Seen] = deque(maxlen=CAPACITY)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        seen = self._note(scope)
        if (seen.host, seen.path) == self._unlogged:
            await self._app(scope, receive, send)
            return
        self._seen.append(seen)

        async def count() -> Message:
            message = await receive()
            seen.body_length += len(message.get("body", b""))
            return message

        async def watch(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.accept"):
                seen.status = message.get("status", 101)
                seen.set_cookies += [
                    value.partition(b"=")[0].decode("latin-1")
                    for name, value in message.get("headers", ())
                    if name == b"set-cookie"
                ]
            await send(message)

        await self._app(scope, count, watch)

    def after(self, seq: int) -> list[dict[str, object]]:
        """Return all requests whose number is greater than ``seq``, in the order of their arrival."""
        return [asdict(seen) for seen in self._seen if seen.seq > seq]

    def _note(self, scope: Scope) -> Seen:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        return Seen(
            seq=next(self._numbers),
            time=time.time(),
            method=scope.get("method", "GET"),
            scheme=scope["scheme"],
            host=headers.get("host", "").partition(":")[0].lower(),
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers={name: headers[name] for name in HEADERS if name in headers},
        )
