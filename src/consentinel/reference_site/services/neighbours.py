"""The services of the garden: one counts visits, one shows films, one promotes events on other sites."""

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from consentinel.reference_site.garden.declared import DAY
from consentinel.reference_site.services.adnet import DOT
from consentinel.reference_site.services.tags import Tag

DEVICE, READER, EVERYWHERE = "vid_device", "otr_id", "tl_everywhere"

_TALLY = Tag("tally", "count.js")
_OUTREACH = Tag("outreach", "tag.js")
_FILM = """<!doctype html><html lang="en"><title>Vidora</title><p>A film.</p>
<script>localStorage.setItem("vidora.volume", "7");</script></html>
"""


async def _count_script(_request: Request) -> Response:
    return _TALLY.response()


async def _hit(request: Request) -> Response:
    await request.body()
    return Response(status_code=204, headers={"access-control-allow-origin": "*", "cache-control": "no-store"})


async def _everywhere(request: Request) -> Response:
    return _recognise(request, Response(DOT, media_type="image/gif", headers={"cache-control": "no-store"}), EVERYWHERE)


async def _embed(request: Request) -> Response:
    return _recognise(request, HTMLResponse(_FILM, headers={"cache-control": "no-store"}), DEVICE)


async def _tag(_request: Request) -> Response:
    return _OUTREACH.response()


async def _seen(request: Request) -> Response:
    return _recognise(request, Response(DOT, media_type="image/gif", headers={"cache-control": "no-store"}), READER)


def _recognise(request: Request, response: Response, name: str) -> Response:
    """Recognise the browser by a cookie of the service's own, or give it one."""
    value = request.cookies.get(name) or secrets.token_hex(12)
    response.set_cookie(name, value, max_age=90 * DAY, secure=True, httponly=True, samesite="none")
    return response


def tally() -> Starlette:
    """``tally.localhost``, which counts visits."""
    return Starlette(
        routes=[
            Route("/count.js", _count_script),
            Route("/hit", _hit, methods=["GET", "POST"]),
            Route("/everywhere", _everywhere),
        ]
    )


def player() -> Starlette:
    """``player.vidora.localhost``, which shows films."""
    return Starlette(routes=[Route("/embed/{film}", _embed)])


def outreach() -> Starlette:
    """``post.outreach.localhost``, which finds readers again on other sites."""
    return Starlette(routes=[Route("/tag.js", _tag), Route("/seen", _seen)])
