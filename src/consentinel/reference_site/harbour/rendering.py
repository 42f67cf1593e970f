"""Templates, and what every page of the shop has in common."""

import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from consentinel.reference_site import consent, content, hosts
from consentinel.reference_site.harbour.visit import Visit, visit
from consentinel.reference_site.statics import Files
from consentinel.reference_site.templating import environment

CSRF_COOKIE = "harbour_csrf"
PROPERTY = "HARBOUR1"
"""Id under which the analytics service counts this site."""

SITE_FILES = Files("site", max_age=3600)
CDN_FILES = Files("cdn", max_age=3600, shared=True)

_ENVIRONMENT = environment()
_ENVIRONMENT.globals.update(
    static=lambda name: f"/static/{name}?v={SITE_FILES.version(name)}",
    integrity=CDN_FILES.integrity,
    categories=consent.CATEGORIES,
    languages=content.LANGUAGES,
)


def render(
    request: Request, template: str, page: str, *, status: int = 200, with_form: bool = False, **context: Any
) -> HTMLResponse:
    """Return one page of the shop.

    ``page`` names it in ``<main data-page>``. ``with_form`` gives the page a token against cross-site request
    forgery, in a cookie and in the template's ``csrf``; pages without a form get no such cookie.
    """
    seen = visit(request)
    token = request.cookies.get(CSRF_COOKIE) or secrets.token_urlsafe(18)
    html = _ENVIRONMENT.get_template(template).render(
        page=page,
        path=request.url.path,
        to_shop="" if seen.place.role is hosts.Role.SITE else seen.url(seen.place.site, ""),
        t=content.words(seen.language),
        visit=seen,
        hosts=hosts,
        csrf=token,
        config=_client_config(seen, status, context),
        **context,
    )
    headers = {
        "cache-control": "private, no-cache",
        "content-language": seen.language,
        "vary": "Accept-Language, Cookie",
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
    }
    response = HTMLResponse(html, status_code=status, headers=headers)
    if with_form and CSRF_COOKIE not in request.cookies:
        set_cookie(response, CSRF_COOKIE, token)
    return response


def set_cookie(
    response: Response, name: str, value: str, max_age: int | None = None, *, domain: str | None = None
) -> None:
    """Set a cookie of the shop that no script needs to read.

    Without ``max_age`` (seconds) it ends with the browser, without ``domain`` sub-domains do not see it.
    """
    response.set_cookie(name, value, max_age=max_age, domain=domain, secure=True, httponly=True, samesite="lax")


def _client_config(seen: Visit, status: int, context: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that the scripts of a page receive.

    The scripts decide by the visitor's choice which tags to load.
    """
    tags = [
        {"category": "analytics", "src": seen.url(hosts.METRICS, f"/tag.js?id={PROPERTY}")},
        {"category": "advertising", "src": seen.url(hosts.ADNET, "/tag.js")},
    ]
    if context.get("shareable"):
        tags.append({"category": "social", "src": seen.url(hosts.WIDGETS, "/embed.js")})
    return {
        "cookie": consent.COOKIE,
        "domain": seen.place.site,
        "lifetime": consent.MAX_AGE,
        "tags": tags,
        "metrics": {
            "id": PROPERTY,
            "domain": seen.place.site,
            "variant": context.get("assigned"),
            "error": status if status >= 400 else None,
        },
    }
