"""The second tour: requests and stores where a recorder is least likely to look, and pages that work against it.

As on the first tour each request carries the ``run`` token. What a page could store it says itself, since no server
sees that: ``data-stored`` is JSON, a list of kind, host and name. What this browser does not have is in
``data-absent``.
"""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from consentinel.reference_site.control.common import (
    FILES,
    NO_ICON,
    answer,
    guest_origin,
    page,
    picture,
    run_of,
)

HEARTBEAT = 0.2
"""Seconds between two events of the stream, which ends with its reader."""


async def corners(request: Request) -> Response:
    """Return the page; ``data-corners`` becomes ``done`` once all mechanisms, or those of ``only``, have finished.

    Speculation has to be asked for.
    """
    run = run_of(request)
    head = (
        f'{NO_ICON}<link rel="stylesheet" href="/corners/files/style.css?run={run}">'
        f'<style>main {{ background-image: url("/corners/background.svg?run={run}") }}</style>'
    )
    only = request.query_params.get("only", "")
    data = {"run": run, "guest": guest_origin(request), "only": only}
    response = page("Corners", f"/corners/files/page.js?run={run}", data, head=head, body="<main>Text.</main>")
    report = f"{guest_origin(request)}/corners/csp-report?run={run}"
    response.headers["content-security-policy-report-only"] = f"script-src 'self'; report-uri {report}"
    return response


async def frame(request: Request) -> Response:
    """Return a frame, a popup or a page of its own, which does what its script's name says."""
    name = request.path_params["name"]
    data = {"run": run_of(request), "guest": guest_origin(request)}
    response = page(name, f"/corners/files/{name}.js?run={run_of(request)}", data, head=NO_ICON)
    if name == "partitioned":
        response.headers["set-cookie"] = "corner_chips_http=1; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"
    return response


async def clear(_request: Request) -> Response:
    """Return an answer that has the browser remove what this origin keeps."""
    return Response("gone", media_type="text/plain", headers={"clear-site-data": '"cookies", "storage"'})


async def stream(request: Request) -> Response:
    """Events without an end, or what the address says in their place."""
    kind = request.query_params.get("type", "text/event-stream")

    async def events() -> AsyncIterator[str]:
        while True:
            yield "data: tick\n\n"
            await asyncio.sleep(HEARTBEAT)

    return StreamingResponse(events(), media_type=kind, headers={"cache-control": "no-store"})


async def file(request: Request) -> Response:
    """Return a script or style sheet of this tour."""
    response = FILES.response(f"corners/{request.path_params['name']}")
    response.headers["service-worker-allowed"] = "/corners/"
    return response


async def blank(_request: Request) -> Response:
    """Return a page that may be fetched ahead, or shown ahead."""
    return HTMLResponse(f"<!doctype html><title>Ahead</title>{NO_ICON}", headers={"cache-control": "max-age=60"})


ROUTES = [
    Route("/corners", corners),
    Route("/corners/stream", stream),
    Route("/corners/clear", clear),
    Route("/corners/ahead/{means}", blank),
    Route("/corners/page/{name}", frame),
    Route("/corners/files/{name}", file),
    Route("/corners/{name}.svg", picture),
    Route("/corners/{means}", answer, methods=["GET", "POST", "PUT", "OPTIONS"]),
]
