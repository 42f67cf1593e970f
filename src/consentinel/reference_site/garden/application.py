"""The pages of the garden. The server reads the choice and puts into a page only what may be at work on it."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site import hosts
from consentinel.reference_site.garden import choice as choices
from consentinel.reference_site.garden.choice import Choice
from consentinel.reference_site.garden.content import LANGUAGES, spoken, words
from consentinel.reference_site.garden.declared import DAY, ROWS
from consentinel.reference_site.harbour.visit import form, local_path
from consentinel.reference_site.statics import Files
from consentinel.reference_site.store import Account, Store
from consentinel.reference_site.templating import environment

SESSION, LANGUAGE, VIEW = "fb_session", "fb_lang", "fb_view"
TOLD = "choice"
"""The parameter by which the sister sites tell each other of a choice."""
CATEGORIES = ("functionality", *choices.OPTIONAL)

_FILES = Files("garden", max_age=3600)
_TEMPLATES = environment()


class Garden:
    """The garden of one running server, in all its deployments."""

    def __init__(self) -> None:
        self._store = Store()
        self._kept: dict[tuple[str, str], Choice] = {}
        """The choices of accounts, by deployment and address."""
        self.routes = [
            Route("/", self.home),
            Route("/plants/{slug}", self.plant),
            Route("/cookies", self.policy),
            Route("/imprint", self.imprint),
            Route("/settings", self.settings, methods=["GET", "POST"]),
            Route("/choice", self.take_choice, methods=["POST"]),
            Route("/sign-in", self.sign_in, methods=["GET", "POST"]),
            Route("/membership", self.membership),
            Route("/sign-out", self.sign_out, methods=["POST"]),
            Route("/language/{language}", self.choose_language),
            Route("/static/{name:path}", _FILES.endpoint),
        ]

    async def home(self, request: Request) -> Response:
        """The way in. Who comes from the sister site brings the choice along (P35)."""
        told = choices.told(request.query_params.get(TOLD))
        if told is not None and choices.of(request.cookies) is None:
            response = RedirectResponse("/", status_code=303)
            _set(response, choices.COOKIE, told.value(), choices.MAX_AGE)
            return response
        t = _words(request)
        return _page(request, "text", "home", t["home"]["title"], text=t["home"]["text"], plants=t["plants"])

    async def plant(self, request: Request) -> Response:
        """Return a page about a plant, with a film for those who have allowed films."""
        plants = _words(request)["plants"]
        slugs = [one["slug"] for one in plants]
        slug = request.path_params["slug"]
        if slug not in slugs:
            return await missing(request)
        place = slugs.index(slug)
        after = plants[(place + 1) % len(plants)]
        return _page(
            request, "text", "plant", plants[place]["title"], text=plants[place]["text"], film=slug, next=after
        )

    async def policy(self, request: Request) -> Response:
        """Return the cookie policy with its table."""
        groups = [(category, list(rows)) for category, rows in groupby(ROWS, lambda row: row.category)]
        title = _words(request)["policy"]["title"]
        return _page(request, "policy", "policy", title, groups=groups, categories=CATEGORIES)

    async def imprint(self, request: Request) -> Response:
        """Who publishes the site (P01)."""
        t = _words(request)
        return _page(request, "text", "imprint", t["imprint"]["title"], text=t["imprint"]["text"])

    async def settings(self, request: Request) -> Response:
        """Return the settings: what may be at work, category by category."""
        if request.method == "POST":
            return self._keep(request, _allowed(await form(request)), "/settings?saved")
        on, saved = choices.at_work(request), "saved" in request.query_params
        title = _words(request)["settings"]["title"]
        return _page(request, "settings", "settings", title, on=on, saved=saved, optional=choices.OPTIONAL)

    async def take_choice(self, request: Request) -> Response:
        """Take the answer to the notice, and go back to the page that asked."""
        fields = await form(request)
        return self._keep(request, _allowed(fields), local_path(fields.get("next"), "/"))

    async def sign_in(self, request: Request) -> Response:
        """Sign in. A choice of this browser holds for the account from then on, or the account's holds here (P34)."""
        title = _words(request)["account"]["sign_in"]
        if request.method == "GET":
            return _page(request, "sign_in", "sign-in", title, wrong=False)
        fields = await form(request)
        token = self._store.sign_in(fields.get("email", ""), fields.get("password", ""))
        account = self._store.account(token)
        if token is None or account is None:
            return _page(request, "sign_in", "sign-in", title, status=400, wrong=True)
        response = RedirectResponse("/membership", status_code=303)
        _set(response, SESSION, token)
        here, there = choices.of(request.cookies), self._kept.get(_key(request, account))
        if here is not None:
            self._kept[_key(request, account)] = here
        elif there is not None:
            _set(response, choices.COOKIE, there.value(), choices.MAX_AGE)
        return response

    async def membership(self, request: Request) -> Response:
        """Return what only members see."""
        if self._store.account(request.cookies.get(SESSION)) is None:
            return RedirectResponse("/sign-in", status_code=303)
        return _page(request, "membership", "membership", _words(request)["account"]["inside"])

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        self._store.close_session(request.cookies.get(SESSION, ""))
        response = RedirectResponse("/", status_code=303)
        response.delete_cookie(SESSION, secure=True, httponly=True, samesite="lax")
        return response

    async def choose_language(self, request: Request) -> Response:
        """Keep a language, and go back."""
        response = RedirectResponse(local_path(request.query_params.get("next"), "/"), status_code=303)
        if request.path_params["language"] in LANGUAGES:
            _set(response, LANGUAGE, request.path_params["language"], 365 * DAY)
        return response

    def _keep(self, request: Request, allowed: Collection[str], then: str) -> Response:
        """Keep a choice in this browser, and for the account of whoever is signed in."""
        choice = choices.chosen(allowed)
        account = self._store.account(request.cookies.get(SESSION))
        if account is not None:
            self._kept[_key(request, account)] = choice
        response = RedirectResponse(then, status_code=303)
        _set(response, choices.COOKIE, choice.value(), choices.MAX_AGE)
        return response


def application() -> Starlette:
    """Return the garden with an empty store."""
    return Starlette(routes=Garden().routes, exception_handlers={404: _on_missing})


async def missing(request: Request) -> Response:
    """Return the page for an address that does not exist."""
    t = _words(request)
    return _page(request, "text", "error", t["ui"]["missing"], status=404, text=t["ui"]["missing_text"])


async def _on_missing(request: Request, _error: Exception) -> Response:
    return await missing(request)


def _words(request: Request) -> dict[str, Any]:
    return words(_language(request))


def _language(request: Request) -> str:
    return spoken(request.cookies.get(LANGUAGE, ""), request.headers.get("accept-language", ""))


def _page(request: Request, template: str, page: str, title: str, *, status: int = 200, **context: Any) -> Response:
    language, port = _language(request), request.url.port or 443
    allowed, choice = choices.at_work(request), choices.of(request.cookies)
    site = request.scope["place"].site
    defaults = {"text": "", "plants": (), "film": None, "next": None}
    html = _TEMPLATES.get_template(f"garden/{template}.html").render(
        **(defaults | context),
        page=page,
        title=title,
        t=words(language),
        language=language,
        other=next(one for one in LANGUAGES if one != language),
        path=request.url.path,
        domain=site,
        sister=f"https://{_sister_of(site)}:{port}/" + (f"?{TOLD}={choice.flags()}" if choice else ""),
        hosts=hosts,
        at=lambda host, path: f"https://{host}:{port}{path}",
        choice=choice,
        allowed=allowed,
        privacy=choices.asks_for_privacy(request),
    )
    headers = {
        "cache-control": "private, no-store",
        "content-language": language,
        "vary": "Accept-Language, Cookie, Sec-GPC",
        "referrer-policy": "strict-origin",
    }
    response = HTMLResponse(html, status_code=status, headers=headers)
    if "comfort" in allowed and VIEW not in request.cookies:
        _set(response, VIEW, "list", 365 * DAY)
    return response


def _allowed(fields: dict[str, str]) -> Collection[str]:
    """Return the categories that a form allows: by one button all or none, else those that are switched on."""
    by_button = {"all": choices.OPTIONAL, "none": ()}
    return by_button.get(fields.get("allow", ""), [one for one in choices.OPTIONAL if one in fields])


def _sister_of(site: str) -> str:
    here, there = (hosts.GARDEN, hosts.SISTER) if site.endswith(hosts.GARDEN) else (hosts.SISTER, hosts.GARDEN)
    return site.removesuffix(here) + there


def _set(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(name, value, max_age=max_age, secure=True, httponly=True, samesite="lax")


def _key(request: Request, account: Account) -> tuple[str, str]:
    return request.scope["place"].site, account.email
