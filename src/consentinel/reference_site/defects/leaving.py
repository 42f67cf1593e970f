"""What a session leaves behind, and what breaks when cookies are removed while somebody is in the middle of things."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from consentinel.reference_site import consent
from consentinel.reference_site.defects.hooks import fail
from consentinel.reference_site.defects.model import (
    Defect,
    cookie,
    defect,
    page,
)
from consentinel.reference_site.deployments import Answer
from consentinel.reference_site.harbour.account import BASKET_COOKIE, SESSION_COOKIE
from consentinel.reference_site.harbour.rendering import CSRF_COOKIE

_WELCOME = (
    '<!doctype html><html lang="en"><title>Account</title><main><h1>You are back</h1>'
    '<button id="sign-out">Sign out</button></main></html>'
)
_SIGN_OUT = "/account/sign-out"
_GA = """
  const client = () => document.cookie.match(/(?:^|; )_ga=([^;]+)/)?.[1];
  const revive = (value) => { document.cookie =
    `_ga=${value}; Max-Age=34128000; Path=/; Domain=${location.hostname}; Secure; SameSite=Lax`; };
"""


def _keep_on_signing_out(*names: str) -> Response:
    """Go home, and remove these cookies alone."""
    response = RedirectResponse("/", status_code=303)
    for name in names:
        response.delete_cookie(name, secure=True, httponly=True, samesite="lax")
    return response


async def _leave_the_basket(request: Request) -> Response | None:
    return _keep_on_signing_out(SESSION_COOKIE) if request.url.path == _SIGN_OUT else None


async def _leave_the_session(request: Request) -> Response | None:
    return _keep_on_signing_out(BASKET_COOKIE) if request.url.path == _SIGN_OUT else None


async def _come_back_for_ever(request: Request) -> Response | None:
    """Send a browser without a session to the same page, until it has one."""
    if request.url.path == "/account" and SESSION_COOKIE not in request.cookies:
        return RedirectResponse("/account", status_code=303)
    return None


def _recognise_by_address() -> Answer:
    """Let whoever comes from an address from which somebody has signed in into the secure area, without a session."""
    known: set[str] = set()

    async def answer(request: Request) -> Response | None:
        address = request.client.host if request.client else ""
        if request.url.path == "/account/sign-in" and request.method == "POST":
            known.add(address)
        if request.url.path == "/account" and SESSION_COOKIE not in request.cookies and address in known:
            return HTMLResponse(_WELCOME)
        return None

    return answer


def _has_no_token(request: Request) -> bool:
    return request.method == "POST" and CSRF_COOKIE not in request.cookies


def _set_again(request: Request, response: Response) -> None:
    """Give a visitor who withdrew from analytics alone a new analytics cookie, wherever there is none."""
    choice = consent.of(request.cookies)
    if choice is not None and choice.granted == {"social", "advertising"} and "_gid" not in request.cookies:
        response.set_cookie("_gid", "GA1.1.5550123.1700000000", max_age=86400, secure=True, samesite="lax")


def _count_who_signs_out(request: Request, response: Response) -> None:
    """Give whoever signs out and has refused everything the analytics service's cookie."""
    choice = consent.of(request.cookies)
    if request.url.path == _SIGN_OUT and choice is not None and not choice.granted:
        response.set_cookie("_ga", "GA1.1.5550124.1700000001", max_age=34128000, secure=True, samesite="lax")


REMOVING: tuple[Defect, ...] = (
    defect(
        "stale-order-form-crashes",
        "P12 P14",
        "Whoever sends an order form that was open when cookies were removed gets an internal error.",
        page("/billing", "/billing"),
        answer=fail("/billing", 500, _has_no_token),
    ),
    defect(
        "secure-area-loops",
        "P12 P14",
        "Without a session the secure area leads to itself without end.",
        page("/account", "/account"),
        answer=_come_back_for_ever,
    ),
    defect(
        "secure-area-crashes",
        "P12 P14",
        "Whoever comes to the secure area without a session gets an internal error.",
        page("/account", "/account"),
        answer=fail("/account", 500, lambda request: SESSION_COOKIE not in request.cookies),
    ),
    defect(
        "session-known-by-address",
        "P12 P26",
        "After all cookies were removed the secure area opens to whoever comes from the same address.",
        page("/account", "/account"),
        answer=_recognise_by_address(),
    ),
    defect(
        "basket-comes-back",
        "P12 P16",
        "After all cookies were removed the basket comes back from local storage.",
        page("#basket-lines", "/basket"),
        script="""const lines = document.getElementById("basket-lines");
  const empty = document.getElementById("basket-empty");
  if (lines && !blocked()) localStorage.setItem("hb.basket", lines.outerHTML);
  const kept = !blocked() && localStorage.getItem("hb.basket");
  if (empty && kept) empty.outerHTML = kept;""",
    ),
    defect(
        "leftovers-respawn",
        "P11 P27",
        "What is removed of analytics after a withdrawal comes back from local storage.",
        cookie("_ga", "{script}"),
        script=f"""{_GA}
  const kept = !blocked() ? localStorage.getItem("hb.left") : null;
  when(() => refused("analytics"), () => {{
    if (client()) localStorage.setItem("hb.left", client());
    else if (kept) revive(kept);
  }});""",
    ),
    defect(
        "leftovers-set-again",
        "P11",
        "What is removed of analytics after a withdrawal is set again by the server with the next page.",
        cookie("_gid", "https://{site}/"),
        cookie("_gid", "https://{site}/articles/ghost-meetings"),
        cookie("_gid", "https://{site}/static/consent.js"),
        amend=_set_again,
    ),
)

PEOPLE: tuple[Defect, ...] = (
    defect(
        "counted-on-signing-out",
        "P10 P21",
        "Whoever signs out gets the analytics service's cookie, although they have refused it.",
        cookie("_ga", f"https://{{site}}{_SIGN_OUT}"),
        amend=_count_who_signs_out,
    ),
    defect(
        "basket-left-on-signing-out",
        "P26 P03",
        "Whoever comes after somebody who has signed out finds that person's basket.",
        page("/basket", "/basket"),
        cookie("harbour_basket", "https://{site}/basket"),
        answer=_leave_the_basket,
    ),
    defect(
        "session-left-on-signing-out",
        "P26 P03",
        "Signing out does not end the session: the next person is signed in as the one before.",
        page("/account", "/account"),
        cookie("harbour_session", "https://{site}/account/sign-in"),
        answer=_leave_the_session,
    ),
    defect(
        "name-left-on-signing-out",
        "P26 P03",
        "The site greets whoever comes next by the name of the person who has signed out.",
        page("name", "/account/sign-in"),
        page("name", "/"),
        script="""const named = document.getElementById("account-name")?.textContent;
  if (named) localStorage.setItem("harbour.display", JSON.stringify({ text: named }));
  const known = !blocked() && JSON.parse(localStorage.getItem("harbour.display") ?? "{}").text;
  if (known && !named) document.querySelector("main").prepend(`Welcome back, ${known}`);""",
    ),
    defect(
        "number-left-on-signing-out",
        "P26",
        "A number that the site gave to the person who was signed in stays in the browser for whoever comes next.",
        cookie("harbour_since", "{script}"),
        script="""if (document.getElementById("account-name") && !document.cookie.includes("harbour_since="))
    document.cookie = `harbour_since=c${crypto.randomUUID()}; Path=/; Secure; SameSite=Lax`;""",
    ),
)
