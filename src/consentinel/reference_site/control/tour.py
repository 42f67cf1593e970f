"""The completeness tour: one page that makes a request by every mechanism a recorder has to see.

A recorder is complete when it has the same requests as the server's log, one to one. Requests of one tour
carry its ``run`` token, so that several tours can go on at once.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from consentinel.reference_site.control.common import (
    FILES,
    answer,
    echo,
    guest_origin,
    page,
    picture,
    run_of,
)
from consentinel.reference_site.control.plant import end


async def tour(request: Request) -> Response:
    """Return the page; ``data-tour`` becomes ``done`` once all mechanisms have finished."""
    run = run_of(request)
    head = (
        f'<link rel="icon" href="/tour/favicon.svg?run={run}" type="image/svg+xml">'
        f'<link rel="preload" as="image" href="/tour/preload.svg?run={run}">'
        f'<link rel="stylesheet" href="/tour/files/style.css?run={run}">'
        f'<style>body {{ background: url("/tour/background.svg?run={run}") no-repeat right top }}</style>'
    )
    body = f'<img src="/tour/image.svg?run={run}" alt=""><img src="/tour/preload.svg?run={run}" alt="">'
    data = {"run": run, "guest": guest_origin(request)}
    return page("Tour", f"/tour/files/tour.js?run={run}", data, head=head, body=body)


async def frame(request: Request) -> Response:
    """Return a frame: on the tour's host it holds one of the third party, which in turn makes requests."""
    run = run_of(request)
    guest = guest_origin(request)
    if request.query_params.get("inner") == "1":
        return page("Inner frame", f"/tour/files/frame.js?run={run}", {"run": run})
    body = f'<iframe src="{guest}/tour/frame?inner=1&amp;run={run}"></iframe>'
    return page("Outer frame", f"/tour/files/outer.js?run={run}", {"run": run}, body=body)


async def redirect(request: Request) -> Response:
    """By way of another address on this host to the third party."""
    run = run_of(request)
    target = f"{guest_origin(request)}/tour/landed?run={run}"
    if request.query_params.get("hop") != "2":
        target = f"/tour/redirect?hop=2&run={run}"
    headers = {"access-control-allow-origin": "*", "cache-control": "no-store"}
    return RedirectResponse(target, status_code=302, headers=headers)


async def file(request: Request) -> Response:
    """Return a script or style sheet of the tour."""
    return FILES.response(f"tour/{request.path_params['name']}")


ROUTES = [
    Route("/tour", tour),
    Route("/tour/end", end),
    Route("/tour/frame", frame),
    Route("/tour/redirect", redirect),
    Route("/tour/{name}.svg", picture),
    WebSocketRoute("/tour/socket", echo),
    Route("/tour/files/{name}", file),
    Route("/tour/{means}", answer, methods=["GET", "POST", "OPTIONS"]),
]
