"""The advertising network: a tag, a pixel that recognises the browser, and something to show."""

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site.declared import DAY
from consentinel.reference_site.statics import Files

COOKIE = "adnet_id"
KNOWN = "/known"
"""Path at which a site learns whether the browser sends the network's cookie back."""
_FILES = Files("adnet", max_age=600, shared=True)
DOT = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00" + (
    b"\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
"""A transparent GIF of one pixel."""


async def tag(_request: Request) -> Response:
    """Return the tag that sites embed."""
    return _FILES.response("tag.js")


async def creative(_request: Request) -> Response:
    """Return the advertisement."""
    return _FILES.response("creative.svg")


async def pixel(request: Request) -> Response:
    """Recognise the browser by a third-party cookie, or give it one."""
    return _recognise(request, Response(DOT, media_type="image/gif", headers={"cache-control": "no-store"}))


async def known(request: Request) -> Response:
    """Tell the site that asks whether the browser has the network's cookie, and give it one."""
    headers = {"cache-control": "no-store", "access-control-allow-credentials": "true"}
    headers["access-control-allow-origin"] = request.headers.get("origin", "null")
    return _recognise(request, Response("1" if COOKIE in request.cookies else "0", headers=headers))


async def click(request: Request) -> Response:
    """Note that an advertisement was clicked, and lead on to what it is for."""
    return _recognise(request, RedirectResponse(request.query_params.get("to", "/creative"), status_code=302))


def _recognise(request: Request, response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        request.cookies.get(COOKIE) or secrets.token_hex(12),
        max_age=90 * DAY,
        secure=True,
        httponly=True,
        samesite="none",
    )
    return response


def application() -> Starlette:
    """``ads.adnet.localhost``."""
    return Starlette(
        routes=[
            Route("/tag.js", tag),
            Route("/creative", creative),
            Route("/click", click),
            Route(KNOWN, known),
            Route("/pixel", pixel, methods=["GET", "POST"]),
        ]
    )
