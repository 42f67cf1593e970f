"""The technical partner: style sheets and scripts from its CDN, and a payment frame. It stores nothing."""

from html import escape

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from consentinel.reference_site.harbour.rendering import CDN_FILES

_FRAME = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Payment</title>
<meta name="color-scheme" content="light dark">
<style>body{{font:15px system-ui,sans-serif;margin:0;padding:1rem;display:grid;gap:.4rem}}
b{{font-size:1.2rem}}small{{opacity:.75}}</style>
<b>{amount} €</b><span>•••• •••• •••• 4242</span><small>Partner Pay</small>
<script>(async () => {{
  // Chromium tells by its storage access whether a frame may keep cookies, the others by cookieEnabled
  const cookies = navigator.userAgentData ? await document.hasStorageAccess() : navigator.cookieEnabled;
  parent.postMessage({{ payment: "ready", cookies }}, "*");
}})();</script></html>"""


async def frame(request: Request) -> Response:
    """Return the payment form, reduced to a card that is already known.

    It tells the page around it that it is ready, and whether its browser would let it keep cookies.
    """
    amount = request.query_params.get("amount", "")
    language = request.query_params.get("lang", "en")
    html = _FRAME.format(
        lang=escape(language if language.isalpha() else "en"),
        amount=amount if amount.isdecimal() else "0",
    )
    return HTMLResponse(html, headers={"cache-control": "no-store"})


def cdn() -> Starlette:
    """``cdn.partner.localhost``."""
    return Starlette(routes=[Route("/kit/1/{name}", CDN_FILES.endpoint)])


def pay() -> Starlette:
    """``pay.partner.localhost``."""
    return Starlette(routes=[Route("/frame", frame)])
