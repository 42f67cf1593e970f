"""Basket and billing: what functionality cookies are for (P16)."""

import secrets
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from consentinel.reference_site import content
from consentinel.reference_site.harbour.account import (
    BASKET_COOKIE,
    SESSION_COOKIE,
    csrf_holds,
    needs_cookies,
    to_sign_in,
)
from consentinel.reference_site.harbour.rendering import render, set_cookie
from consentinel.reference_site.harbour.visit import form, visit
from consentinel.reference_site.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a basket; prices in whole euros."""

    name: str
    quantity: int
    price: int

    @property
    def total(self) -> int:
        """Price of the whole line."""
        return self.quantity * self.price


class Shop:
    """The basket and billing pages of one running site."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.routes = [
            Route("/basket", self.basket, methods=["GET", "POST"]),
            Route("/billing", self.billing, methods=["GET", "POST"]),
        ]

    async def basket(self, request: Request) -> Response:
        """Show the basket, or put a product into it."""
        if request.method == "GET":
            return render(request, "basket.html", "basket", with_form=True, lines=self._lines(request))
        fields = await form(request)
        if not csrf_holds(request, fields):
            return needs_cookies(request, "basket")
        known = request.cookies.get(BASKET_COOKIE)
        token = known or secrets.token_urlsafe(18)
        if content.find(content.DEFAULT, "products", fields.get("product", "")):
            self._store.add_to_basket(token, fields["product"])
        response = RedirectResponse("/basket", status_code=303)
        if known is None:
            set_cookie(response, BASKET_COOKIE, token)
        return response

    async def billing(self, request: Request) -> Response:
        """Return the order form for a signed-in customer with a full basket, and what it submits."""
        account = self._store.account(request.cookies.get(SESSION_COOKIE))
        if account is None:
            return to_sign_in("billing", "/billing")
        lines = self._lines(request)
        total = sum(line.total for line in lines)
        number = None
        if request.method == "POST":
            if not csrf_holds(request, await form(request)):
                return needs_cookies(request, "billing")
            if lines:
                number = self._store.place_order(account.email, request.cookies[BASKET_COOKIE], total)
        return render(
            request,
            "billing.html",
            "billing",
            with_form=True,
            account=account,
            lines=lines,
            total=total,
            number=number,
        )

    def _lines(self, request: Request) -> list[Line]:
        language = visit(request).language
        lines = []
        for slug, quantity in self._store.basket(request.cookies.get(BASKET_COOKIE)).items():
            product = content.find(language, "products", slug)
            if product is not None:
                lines.append(Line(product["name"], quantity, product["price"]))
        return lines
