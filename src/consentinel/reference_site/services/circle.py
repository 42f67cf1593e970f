"""The social network: sign-in, account, privacy policy, signing in elsewhere, share buttons."""

import secrets
from urllib.parse import quote, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site import hosts
from consentinel.reference_site.declared import DAY
from consentinel.reference_site.harbour.visit import form, local_path
from consentinel.reference_site.services import circle_pages
from consentinel.reference_site.statics import Files
from consentinel.reference_site.store import Account, Store

ID_COOKIE = "circle_id"
SESSION_COOKIE = "circle_session"
_FILES = Files("circle", max_age=600, shared=True)


class Circle:
    """The network of one running server."""

    def __init__(self, store: Store) -> None:
        """``store`` is where a code that vouches for an account can be redeemed."""
        self._store = store

    def network(self) -> Starlette:
        """``circle.localhost``."""
        return Starlette(
            routes=[
                Route("/", self.account),
                Route("/account", self.account),
                Route("/sign-in", self.sign_in, methods=["GET", "POST"]),
                Route("/authorise", self.authorise),
                Route("/privacy", privacy),
                Route("/harbour", privacy),
                Route("/share", self.share, methods=["POST"]),
            ]
        )

    def widgets(self) -> Starlette:
        """``widgets.circle.localhost``."""
        return Starlette(routes=[Route("/embed.js", embed), Route("/button", self.button)])

    async def sign_in(self, request: Request) -> Response:
        """Return the network's own sign-in page."""
        following = local_path(request.query_params.get("return"), "/account")
        if request.method == "GET":
            return HTMLResponse(circle_pages.sign_in(following))
        fields = await form(request)
        token = self._store.sign_in(fields.get("email", ""), fields.get("password", ""))
        if token is None:
            return HTMLResponse(circle_pages.sign_in(following, wrong=True), status_code=400)
        response = RedirectResponse(following, status_code=303)
        _set_cookie(response, SESSION_COOKIE, token)
        return response

    async def account(self, request: Request) -> Response:
        """Return the page of a person who is signed in at the network."""
        account = self._account(request)
        if account is None:
            return RedirectResponse("/sign-in", status_code=303)
        return HTMLResponse(circle_pages.account(account.name))

    async def authorise(self, request: Request) -> Response:
        """Vouch for a person towards a site that asked, once they are signed in here."""
        back = request.query_params.get("return", "")
        if not _is_a_customer(back):
            return HTMLResponse(circle_pages.privacy(), status_code=400)
        account = self._account(request)
        if account is None:
            this = f"/authorise?return={quote(back, safe='')}"
            return RedirectResponse(f"/sign-in?return={quote(this, safe='')}", status_code=303)
        code = urlencode({"code": self._store.issue_code(account.email)})
        return RedirectResponse(f"{back}{'&' if urlsplit(back).query else '?'}{code}", status_code=303)

    async def button(self, request: Request) -> Response:
        """Return the share button in its frame; it recognises an open session without a click (P23)."""
        query = request.query_params
        html = circle_pages.button(
            name=_name(self._account(request)),
            href=query.get("href", ""),
            language=query.get("lang", "en"),
            share=f"https://{hosts.CIRCLE}:{request.url.port or 443}/share",
        )
        return _recognise(request, HTMLResponse(html))

    async def share(self, request: Request) -> Response:
        """Share a page."""
        await request.body()
        return _recognise(request, HTMLResponse(circle_pages.shared(_name(self._account(request)))))

    def _account(self, request: Request) -> Account | None:
        return self._store.account(request.cookies.get(SESSION_COOKIE))


async def embed(_request: Request) -> Response:
    """Return the script that sites embed."""
    return _FILES.response("embed.js")


async def privacy(_request: Request) -> Response:
    """Return the network's privacy policy (P25)."""
    return HTMLResponse(circle_pages.privacy())


def _name(account: Account | None) -> str | None:
    return account.name if account else None


def _recognise(request: Request, response: Response) -> Response:
    _set_cookie(response, ID_COOKIE, request.cookies.get(ID_COOKIE) or secrets.token_hex(12), 90 * DAY)
    response.headers["cache-control"] = "no-store"
    return response


def _set_cookie(response: Response, name: str, value: str, max_age: int | None = None) -> None:
    response.set_cookie(name, value, max_age=max_age, domain=hosts.CIRCLE, secure=True, httponly=True, samesite="none")


def _is_a_customer(address: str) -> bool:
    parts = urlsplit(address)
    place = hosts.locate(parts.hostname or "")
    return parts.scheme == "https" and place is not None and place.role is hosts.Role.SITE
