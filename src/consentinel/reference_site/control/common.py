"""What the control pages share: small answers that may be read from any origin, and an echo."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.websockets import WebSocket

from consentinel.reference_site import hosts
from consentinel.reference_site.statics import Files

FILES = Files("control", max_age=0, shared=True)

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'

NO_ICON = '<link rel="icon" href="data:,">'
"""What a page says that has no icon. Else a browser asks for one when it likes, and stops asking when a window goes."""

_OPEN = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "*",
    "access-control-allow-headers": "*",
    "cache-control": "no-store",
}


def run_of(request: Request) -> str:
    """Return the token with which a caller marks its own requests among those of others."""
    return "".join(letter for letter in request.query_params.get("run", "") if letter.isalnum())[:40]


def guest_origin(request: Request) -> str:
    """Origin of the third party."""
    return f"https://{hosts.GUEST}:{request.url.port or 443}"


def page(title: str, script: str, data: dict[str, str], *, body: str = "", head: str = "") -> HTMLResponse:
    """Return a page that runs one script, which reads ``data`` from the root element."""
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return HTMLResponse(
        f'<!doctype html><html lang="en"{attributes}><head><meta charset="utf-8"><title>{title}</title>{head}'
        f'<script src="{escape(script)}" defer></script></head><body><h1>{title}</h1>{body}</body></html>',
        headers={"cache-control": "no-store"},
    )


async def picture(_request: Request) -> Response:
    """Return an image, fresh each time."""
    return Response(PICTURE, media_type="image/svg+xml", headers=_OPEN)


async def answer(request: Request) -> Response:
    """Return a short text for whoever asks, preflight included."""
    await request.body()
    return Response("ok", media_type="text/plain", headers=_OPEN)


async def echo(socket: WebSocket) -> None:
    """Send back the first message of a WebSocket, then close it."""
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()
