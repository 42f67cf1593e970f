"""Signing in, by password or through the social network, and the secure area."""

import hashlib
import secrets
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site import hosts
from consentinel.reference_site.harbour.rendering import CSRF_COOKIE, render, set_cookie
from consentinel.reference_site.harbour.visit import form, local_path, visit
from consentinel.reference_site.store import DEMO, Store

SESSION_COOKIE = "harbour_session"
BASKET_COOKIE = "harbour_basket"
REASONS = ("account", "billing", "circle")


def needs_cookies(request: Request, page: str) -> Response:
    """Return the polite refusal for a browser that does not return the cookies of a form (P14)."""
    return render(request, "needs_cookies.html", page, status=403)


def csrf_holds(request: Request, fields: dict[str, str]) -> bool:
    """Return whether a form came from a page of this site, seen in this browser."""
    expected = request.cookies.get(CSRF_COOKIE, "")
    return bool(expected) and secrets.compare_digest(expected.encode(), fields.get("csrf", "").encode())


def to_sign_in(why: str, path: str) -> Response:
    """Send a visitor to the sign-in page, which says why and comes back to ``path``."""
    return RedirectResponse(f"/account/sign-in?why={why}&next={quote(path, safe='/')}", status_code=303)


class Accounts:
    """The account pages of one running site."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.routes = [
            Route("/account", self.secure_area),
            Route("/account/sign-in", self.sign_in, methods=["GET", "POST"]),
            Route("/account/sign-out", self.sign_out, methods=["POST"]),
            Route("/account/circle", self.to_circle),
            Route("/account/circle/return", self.from_circle),
        ]

    async def secure_area(self, request: Request) -> Response:
        """Return the page that only a signed-in customer sees."""
        account = self._store.account(request.cookies.get(SESSION_COOKIE))
        if account is None:
            return to_sign_in("account", "/account")
        return render(request, "account.html", "account", with_form=True, account=account)

    async def sign_in(self, request: Request) -> Response:
        """Return the sign-in form, and what it submits."""
        if request.method == "GET":
            return self._form(request)
        fields = await form(request)
        if not csrf_holds(request, fields):
            return needs_cookies(request, "sign-in")
        token = self._store.sign_in(fields.get("email", ""), fields.get("password", ""))
        if token is None:
            return self._form(request, wrong=True)
        response = RedirectResponse(local_path(fields.get("next"), "/account"), status_code=303)
        set_cookie(response, SESSION_COOKIE, token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session, and let go of the basket: the next person at this browser is somebody else."""
        if not csrf_holds(request, await form(request)):
            return needs_cookies(request, "account")
        self._store.close_session(request.cookies.get(SESSION_COOKIE, ""))
        response = RedirectResponse("/", status_code=303)
        for name in (SESSION_COOKIE, BASKET_COOKIE):
            response.delete_cookie(name, secure=True, httponly=True, samesite="lax")
        return response

    async def to_circle(self, request: Request) -> Response:
        """Go and sign in at the social network, if social cookies are granted (P24)."""
        seen = visit(request)
        if not seen.granted("social"):
            return to_sign_in("circle", "/account")
        back = seen.url(seen.place.site, f"/account/circle/return?state={_state(request)}")
        return RedirectResponse(seen.url(hosts.CIRCLE, f"/authorise?return={quote(back, safe='')}"), status_code=303)

    async def from_circle(self, request: Request) -> Response:
        """Come back from the social network with a code that proves who signed in there."""
        state = request.query_params.get("state", "")
        if CSRF_COOKIE not in request.cookies or not secrets.compare_digest(state, _state(request)):
            return needs_cookies(request, "sign-in")
        email = self._store.redeem_code(request.query_params.get("code", ""))
        if email is None:
            return to_sign_in("account", "/account")
        response = RedirectResponse("/account", status_code=303)
        set_cookie(response, SESSION_COOKIE, self._store.open_session(email))
        return response

    def _form(self, request: Request, *, wrong: bool = False) -> Response:
        why = request.query_params.get("why", "")
        return render(
            request,
            "sign_in.html",
            "sign-in",
            status=400 if wrong else 200,
            with_form=True,
            wrong=wrong,
            why=why if why in REASONS else "",
            next_path=local_path(request.query_params.get("next"), "/account"),
            demo=DEMO,
        )


def _state(request: Request) -> str:
    """Ties the way through the social network to this browser, without handing out the form's token."""
    return hashlib.sha256(request.cookies.get(CSRF_COOKIE, "").encode()).hexdigest()[:32]
