"""Small sites, one for each consent manager, and the services that they talk to once the visitor allows it."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Host, Mount, Route
from starlette.staticfiles import StaticFiles

from tests.site.deployment import hosts
from tests.site.deployment.django_site import django_site
from tests.site.deployment.packages import BUILT, PYTHON
from tests.site.deployment.pages import TEMPLATES, render

HERE = Path(__file__).parent
MONTH = 30 * 24 * 3600

WALLS = {
    "walled": (200, "<title>Just a moment...</title><p>Verifying you are human. This may take a few seconds."),
    "refusing": (403, "<title>Forbidden</title><p>You are not welcome here."),
}
"""What a service against robots answers in place of the site, by manner: status and page."""


def application(packages: Path) -> Starlette:
    """The whole deployment; `packages` is the folder `node_modules`."""
    shared = [
        Mount("/packages", StaticFiles(directory=packages)),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        Mount("/built", StaticFiles(directory=packages.parent / BUILT)),
        Mount("/django", StaticFiles(directory=packages.parent / PYTHON / "cookie_consent" / "static")),
        Mount("/cookie-love", StaticFiles(directory=packages.parent / PYTHON / "djangocms_cookie_love" / "static")),
    ]
    TEMPLATES.env.globals["built"] = lambda name: Markup((packages.parent / BUILT / name).read_text("utf-8"))
    services = [
        Host(hosts.ANALYTICS, Starlette(routes=[Route("/tag.js", _script("count.js")), Route("/hit", hit)])),
        Host(hosts.SOCIAL, Starlette(routes=[Route("/button", button)])),
        Host(hosts.ADVERTISING, Starlette(routes=[Route("/tag.js", _script("banners.js")), Route("/pixel", pixel)])),
        Host(hosts.DIALOG, Starlette(routes=[Route("/dialog", dialog), *shared])),
    ]
    django = Mount("/", django_site(packages.parent / PYTHON))
    served = [
        Host(host, Starlette(routes=[*shared, django]))
        for name in hosts.SERVED
        for host in _hosts_of(f"{name}.localhost")
    ]
    return Starlette(routes=[*services, *served, *shared, Route("/{path:path}", page)])


def _hosts_of(host: str) -> tuple[str, str]:
    return host, f"{{manners}}.{host}"


async def page(request: Request) -> Response:
    """A page of the site that the host stands for."""
    place = hosts.place_of(request.url.hostname or "")
    if place is None:
        return PlainTextResponse("no such site", 421)
    if place.manners & WALLS.keys():
        status, words = next(WALLS[manner] for manner in place.manners if manner in WALLS)
        return HTMLResponse(f"<!doctype html>{words}", status)
    status, text = render(place, request.url.path, request.url.port or 443)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


async def dialog(request: Request) -> Response:
    """The dialog of the framed manager, from an origin of its own."""
    return TEMPLATES.TemplateResponse(request, "dialog.html", {})


async def hit(request: Request) -> Response:
    """A page view at the analytics service, which sets a cookie of its own."""
    return _with_cookie(Response(status_code=204), "count_id", request)


async def button(request: Request) -> Response:
    """The social network's button."""
    return _with_cookie(
        HTMLResponse("<!doctype html><title>Friends</title><button>Tell a friend</button>"), "friend_id", request
    )


async def pixel(request: Request) -> Response:
    """The advertising network's pixel."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    return _with_cookie(Response(svg, media_type="image/svg+xml"), "banner_id", request)


def _with_cookie(response: Response, name: str, request: Request) -> Response:
    value = request.cookies.get(name) or secrets.token_hex(8)
    response.set_cookie(name, value, max_age=MONTH, secure=True, httponly=True, samesite="none")
    response.headers["Cache-Control"] = "no-store"
    return response


def _script(name: str) -> Callable[[Request], Awaitable[Response]]:
    text = (HERE / "static" / name).read_text(encoding="utf-8")

    async def serve(request: Request) -> Response:
        return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-store"})

    return serve
