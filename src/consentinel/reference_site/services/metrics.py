"""The analytics service: a tag that writes cookies on the site's domain, and an endpoint that collects."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from consentinel.reference_site.services.tags import Tag

_TAG = Tag("metrics", "tag.js")


async def tag(_request: Request) -> Response:
    """Return the tag, the same for every property."""
    return _TAG.response()


async def collect(request: Request) -> Response:
    """Take an event; the request log is all that is kept of it."""
    await request.body()
    return Response(status_code=204, headers={"access-control-allow-origin": "*", "cache-control": "no-store"})


def application() -> Starlette:
    """``metrics.localhost``, and the sub-domain of a site that is delegated to it."""
    return Starlette(
        routes=[Route("/tag.js", tag), Route("/g/collect", collect, methods=["GET", "POST"])],
    )
