"""The positive control: a page that stores one item of every kind and sends a request by every means.

A recorder that does not find all of it cannot conclude anything from an absence. With ``?third=1`` a frame of
a third party plants the same. All names start with ``plant``.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute

from consentinel.reference_site.control.common import (
    FILES,
    NO_ICON,
    answer,
    echo,
    guest_origin,
    page,
    picture,
    run_of,
)

HTTP_COOKIE = "plant_http"
_PRIVATE = {"cache-control": "private, no-cache"}


async def plant(request: Request) -> Response:
    """Return the page, or the third party's frame in it; ``data-planted`` becomes ``done`` when all is stored."""
    run = run_of(request)
    third = guest_origin(request) if request.query_params.get("third") == "1" else ""
    response = page("Positive control", f"/plant.js?run={run}", {"run": run, "third": third})
    response.set_cookie(HTTP_COOKIE, "planted", max_age=3600, secure=True, httponly=True, samesite="none")
    return response


async def privacy_control(request: Request) -> Response:
    """Return a page whose scripts, worker and frame send what they see of Global Privacy Control."""
    run = run_of(request)
    third = guest_origin(request) if request.query_params.get("third") == "1" else ""
    return page("Privacy control", f"/privacy-control.js?run={run}", {"run": run, "third": third})


async def privacy_control_script(_request: Request) -> Response:
    """Return the script of that page, and of its worker."""
    return FILES.response("privacy-control.js")


async def end(_request: Request) -> Response:
    """Return a page to go on to, so that the first one is hidden."""
    return HTMLResponse("<!doctype html><title>The end</title>", headers={"cache-control": "no-store"})


async def kept(_request: Request) -> Response:
    """Return a page that a browser may keep when it is left."""
    return HTMLResponse(f"<!doctype html><title>Kept</title>{NO_ICON}<p>A page to come back to.", headers=_PRIVATE)


async def script(_request: Request) -> Response:
    """Return the page's script."""
    return FILES.response("plant.js")


async def worker(_request: Request) -> Response:
    """Return the service worker; its scope is its folder."""
    return FILES.response("plant-worker.js")


ROUTES = [
    Route("/plant", plant),
    Route("/plant.js", script),
    Route("/privacy-control", privacy_control),
    Route("/privacy-control.js", privacy_control_script),
    Route("/plant-sw/worker.js", worker),
    Route("/plant/end", end),
    Route("/plant/kept/{name}", kept),
    Route("/plant/image", picture),
    WebSocketRoute("/plant/socket", echo),
    Route("/plant/{means}", answer, methods=["GET", "POST", "OPTIONS"]),
]
