"""Forty technical partners of the heavy deployment: scripts, frames, pictures, data, channels. They store nothing."""

import asyncio
import gzip
import hashlib
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from functools import cache

import brotli
import zstandard
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from consentinel.reference_site.statics import Files

_CACHED = {"cache-control": "max-age=600", "access-control-allow-origin": "*"}
_FRESH = {"cache-control": "no-store", "access-control-allow-origin": "*"}

_FILES = Files("heavy", max_age=600)

_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: brotli.compress(data, quality=5),
    "gzip": gzip.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}

SCRIPT_KB, FRAME_KB, DATA_KB = 60, 20, 30
"""Sizes of one text, before it is compressed."""

PICTURE_SIDE = 80
"""Pixels along one side of a picture, which has 20 kB."""

FILM_SECONDS = 20


def _noise(name: str, length: int) -> bytes:
    return hashlib.shake_128(name.encode()).digest(length)


@cache
def _text(name: str, kilobytes: int) -> str:
    """Comments that compress to half their size."""
    digits = _noise(name, kilobytes * 512).hex()
    return "".join(f"// {digits[at : at + 100]}\n" for at in range(0, len(digits), 100))


@cache
def _encoded(name: str, text: str) -> tuple[str, bytes]:
    coding = sorted(_CODINGS)[sum(name.encode()) % len(_CODINGS)]
    return coding, _CODINGS[coding](text.encode())


def _answer(request: Request, text: str, kind: str, headers: dict[str, str]) -> Response:
    coding, body = _encoded(request.url.path, text)
    if coding not in request.headers.get("accept-encoding", ""):
        return Response(text, media_type=kind, headers=headers)
    return Response(body, media_type=kind, headers={**headers, "content-encoding": coding, "vary": "accept-encoding"})


async def _script(request: Request) -> Response:
    name = request.path_params["name"]
    does = f"(globalThis.crowd ||= []).push({name!r});\n"
    return _answer(request, does + _text(name, SCRIPT_KB), "text/javascript", _CACHED)


async def _manager(request: Request) -> Response:
    source = bytes(_FILES.response("manager.js").body).decode()
    return _answer(request, source + _text("manager", 3 * SCRIPT_KB), "text/javascript", _CACHED)


async def _frame_script(request: Request) -> Response:
    return _answer(request, "let shown = 0;\n" + _text("frame", FRAME_KB), "text/javascript", _CACHED)


async def _frame(request: Request) -> Response:
    number = request.path_params["number"]
    return HTMLResponse(
        f'<!doctype html><html lang="en"><title>Part {number}</title><script src="/frame.js"></script>'
        f'<img src="/pictures/frame-{number}.png" alt="">',
        headers=_FRESH,
    )


async def _data(request: Request) -> Response:
    text = '{"rows": "' + "one two three " * (DATA_KB * 1024 // 14) + '"}'
    return _answer(request, text, "application/json", _FRESH)


async def _picture(request: Request) -> Response:
    return Response(_png(request.path_params["name"]), media_type="image/png", headers=_CACHED)


@cache
def _png(name: str) -> bytes:
    """Noise, which no coding makes smaller (PNG, sections 5 and 11)."""
    width = 3 * PICTURE_SIDE
    noise = _noise(name, width * PICTURE_SIDE)
    rows = b"".join(b"\0" + noise[at : at + width] for at in range(0, len(noise), width))
    parts = {
        b"IHDR": struct.pack(">IIBBBBB", PICTURE_SIDE, PICTURE_SIDE, 8, 2, 0, 0, 0),
        b"IDAT": zlib.compress(rows, 1),
        b"IEND": b"",
    }
    chunks = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
              for kind, data in parts.items())  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@cache
def _sound() -> bytes:
    rate = 8000
    data = b"\x80" * rate * FILM_SECONDS
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate, 1, 8)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + len(data), b"WAVE") + form + struct.pack("<4sI", b"data", len(data)) + data
    )


async def _film(_request: Request) -> Response:
    return Response(_sound(), media_type="audio/wav", headers=_CACHED)


async def _poll(_request: Request) -> Response:
    return Response("[]", media_type="application/json", headers=_FRESH)


async def _events(_request: Request) -> Response:
    async def lines() -> AsyncIterator[str]:
        while True:
            yield ": still here\n\n"
            await asyncio.sleep(1.0)

    return StreamingResponse(lines(), media_type="text/event-stream", headers=_FRESH)


async def _socket(socket: WebSocket) -> None:
    """A heartbeat each second."""
    await socket.accept()
    try:
        while True:
            await socket.send_text("beat")
            await asyncio.sleep(1.0)
    except (WebSocketDisconnect, RuntimeError):
        return


def application() -> Starlette:
    """Return what each of the forty hosts serves."""
    return Starlette(
        routes=[
            Route("/scripts/{name}.js", _script),
            Route("/manager-{number}.js", _manager),
            Route("/frame.js", _frame_script),
            Route("/frames/{number:int}", _frame),
            Route("/data/{name}.json", _data),
            Route("/pictures/{name}.png", _picture),
            Route("/film.wav", _film),
            Route("/poll", _poll),
            Route("/events", _events),
            WebSocketRoute("/socket", _socket),
        ]
    )
