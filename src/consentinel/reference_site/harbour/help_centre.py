"""The help centre, on a sub-domain of its own that shares the visitor's choice with the shop."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from consentinel.reference_site import content
from consentinel.reference_site.harbour.pages import count_choice, not_found
from consentinel.reference_site.harbour.pages import preferences as preferences_page
from consentinel.reference_site.harbour.rendering import SITE_FILES, render
from consentinel.reference_site.harbour.visit import visit


async def overview(request: Request) -> Response:
    """Return all answers."""
    return render(request, "help.html", "help", answer=None)


async def answer(request: Request) -> Response:
    """Return one answer."""
    entry = content.find(visit(request).language, "help_articles", request.path_params["slug"])
    if entry is None:
        return not_found(request)
    return render(request, "help.html", "help", answer=entry)


ROUTES = [
    Route("/", overview),
    Route("/answers/{slug}", answer),
    Route("/preferences", preferences_page),
    Route("/consent", count_choice, methods=["POST"]),
    Route("/static/{name:path}", SITE_FILES.endpoint),
]
