"""Pages that anybody can read."""

import secrets

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site import consent, content
from consentinel.reference_site.declared import DAY, DECLARED
from consentinel.reference_site.harbour.rendering import SITE_FILES, render, set_cookie
from consentinel.reference_site.harbour.visit import (
    LANGUAGE_COOKIE,
    Visit,
    local_path,
    visit,
)

VARIANT_COOKIE = "harbour_ab"
VARIANTS = ("A", "B")

BROWSERS = {
    "chrome": ("Chrome", "https://support.google.com/chrome/answer/95647"),
    "firefox": ("Firefox", "https://support.mozilla.org/kb/block-websites-storing-cookies-site-data-firefox"),
    "safari": ("Safari", "https://support.apple.com/guide/safari/manage-cookies-sfri11471"),
    "edge": ("Edge", "https://support.microsoft.com/microsoft-edge/manage-cookies"),
}


async def home(request: Request) -> Response:
    """Return the home page, with a feature test in its headline.

    Everybody sees variant A. Visitors who granted analytics are assigned a variant, which is kept in a
    cookie and reported (P22).
    """
    seen = visit(request)
    assigned = _assigned_variant(request, seen)
    response = render(request, "home.html", "home", with_form=True, variant=assigned or VARIANTS[0], assigned=assigned)
    if assigned and request.cookies.get(VARIANT_COOKIE) != assigned:
        set_cookie(response, VARIANT_COOKIE, assigned, 30 * DAY)
    return response


def _assigned_variant(request: Request, seen: Visit) -> str | None:
    if not seen.granted("analytics"):
        return None
    kept = request.cookies.get(VARIANT_COOKIE)
    return kept if kept in VARIANTS else secrets.choice(VARIANTS)


async def article(request: Request) -> Response:
    """Return one article, with its share buttons or the reason why they are off."""
    language = visit(request).language
    entry = content.find(language, "articles", request.path_params["slug"])
    if entry is None:
        return not_found(request)
    all_of_them = content.words(language)["articles"]
    following = all_of_them[(all_of_them.index(entry) + 1) % len(all_of_them)]
    return render(request, "article.html", "article", article=entry, next=following, shareable=True)


async def product(request: Request) -> Response:
    """Return one product."""
    entry = content.find(visit(request).language, "products", request.path_params["slug"])
    if entry is None:
        return not_found(request)
    return render(request, "product.html", "article", with_form=True, product=entry)


async def search(request: Request) -> Response:
    """Articles and products that hold the words of ``q``."""
    query = request.query_params.get("q", "").strip()
    words = content.words(visit(request).language)
    entries = [(f"/articles/{entry['slug']}", entry["title"], entry["summary"]) for entry in words["articles"]]
    entries += [(f"/products/{entry['slug']}", entry["name"], entry["summary"]) for entry in words["products"]]
    found = [entry for entry in entries if query.lower() in f"{entry[1]} {entry[2]}".lower()] if query else []
    return render(request, "search.html", "search", query=query, found=found)


async def policy(request: Request) -> Response:
    """Return the cookie policy with its table."""
    return render(request, "policy.html", "policy", declared=DECLARED, browsers=BROWSERS)


async def browser_help(request: Request) -> Response:
    """Return how to manage cookies in one browser (P09); the maker's own page is named, so that it works offline."""
    browser = BROWSERS.get(request.path_params["browser"])
    if browser is None:
        return not_found(request)
    return render(request, "browser_help.html", "policy", name=browser[0], vendor=browser[1])


async def legal(request: Request) -> Response:
    """Return the legal information (P01)."""
    return render(request, "legal.html", "legal")


async def preferences(request: Request) -> Response:
    """Return the preferences as a page of their own; ``?saved`` confirms a choice instead of offering one."""
    return render(request, "preferences.html", "preferences", saved="saved" in request.query_params)


async def count_choice(request: Request) -> Response:
    """Take what a visitor chose. The shop counts choices, and keeps nothing else of them."""
    await request.body()
    return Response(status_code=204)


async def consent_settings(_request: Request) -> Response:
    """Return what a consent manager may ask the shop before it asks visitors. No browser keeps it."""
    return JSONResponse({"lifetime_days": consent.MAX_AGE // DAY}, headers={"cache-control": "no-store"})


async def choose_language(request: Request) -> Response:
    """Keep a language that the visitor chose, and go back to where they were."""
    target = local_path(request.query_params.get("next"), "/")
    response = RedirectResponse(target, status_code=303)
    language = request.path_params["language"]
    if language in content.LANGUAGES:
        set_cookie(response, LANGUAGE_COOKIE, language, 365 * DAY, domain=visit(request).place.site)
    return response


async def boom(request: Request) -> Response:
    """Show on purpose what a failure shows."""
    return failure(request)


def not_found(request: Request) -> HTMLResponse:
    """Return the page for an address that does not exist."""
    return render(request, "error.html", "error", status=404)


def failure(request: Request) -> HTMLResponse:
    """Return the page for a fault of ours."""
    return render(request, "error.html", "error", status=500)


async def on_not_found(request: Request, _error: Exception) -> Response:
    """Exception handler for unknown paths."""
    return not_found(request)


async def on_failure(request: Request, _error: Exception) -> Response:
    """Exception handler for everything unforeseen."""
    return failure(request)


ROUTES = [
    Route("/", home),
    Route("/articles/{slug}", article),
    Route("/products/{slug}", product),
    Route("/search", search),
    Route("/cookies", policy),
    Route("/browser-help/{browser}", browser_help),
    Route("/legal", legal),
    Route("/preferences", preferences),
    Route("/consent", count_choice, methods=["POST"]),
    Route("/consent/settings", consent_settings),
    Route("/language/{language}", choose_language),
    Route("/boom", boom),
    Route("/static/{name:path}", SITE_FILES.endpoint),
]
