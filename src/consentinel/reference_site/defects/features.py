"""Features of the site that fail a visitor because of what they chose, or of what their browser is."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from consentinel.reference_site import consent, content
from consentinel.reference_site.defects.hooks import (
    Condition,
    fail,
    is_page,
    refuses,
    replace_in_page,
)
from consentinel.reference_site.defects.model import (
    STYLE,
    Defect,
    defect,
    in_consent_script,
    in_pages,
    page,
)
from consentinel.reference_site.deployments import Answer, Patch
from consentinel.reference_site.harbour.rendering import CSRF_COOKIE

_NO_COOKIES_NOTICE = "if (cookiesAreBlocked()) explainBlockedCookies();"


def _refused_everything(request: Request) -> bool:
    choice = consent.of(request.cookies)
    return choice is not None and not choice.granted


def _without_cookies(request: Request) -> bool:
    return CSRF_COOKIE not in request.cookies


def _on_post(condition: Condition) -> Condition:
    return lambda request: request.method == "POST" and condition(request)


def _strange_browser(request: Request) -> bool:
    return not request.headers.get("user-agent", "").startswith("Mozilla/5.0 (")


def _no_language(request: Request) -> bool:
    return content.LANGUAGES[0] not in request.headers.get("accept-language", "").lower()


def _probe_for_ever(path: str) -> Answer:
    """Set a cookie and come back until the browser returns it, however often that takes."""

    async def answer(request: Request) -> Response | None:
        if request.url.path != path or not _without_cookies(request):
            return None
        response = RedirectResponse(str(request.url.replace(scheme="https")), status_code=302)
        response.set_cookie(CSRF_COOKIE, "probe-4f1d", secure=True, httponly=True, samesite="lax")
        return response

    return answer


async def _send_back_silently(request: Request) -> Response | None:
    """Take the form of a browser without cookies, and show it again as if nothing had been."""
    if request.url.path == "/account/sign-in" and request.method == "POST" and _without_cookies(request):
        return RedirectResponse("/account/sign-in", status_code=303)
    return None


async def _forget_language(request: Request) -> Response | None:
    """Go back without keeping the language."""
    if request.url.path.startswith("/language/") and _refused_everything(request):
        return RedirectResponse("/", status_code=303)
    return None


async def _billing_needs_analytics(request: Request) -> Response | None:
    """Refuse to sell to a visitor who is not counted."""
    if request.url.path == "/billing" and refuses("analytics")(request):
        return PlainTextResponse("Please accept all cookies to order.", status_code=403)
    return None


def _drop_headline(request: Request, response: Response) -> None:
    """Show the tested headline only to those who take part in the test."""
    choice = consent.of(request.cookies)
    if request.url.path == "/" and is_page(response) and not consent.granted(choice, "analytics"):
        replace_in_page(response, '<h1 data-variant="A">', "<h1 hidden>")


WITHOUT_COOKIES: tuple[Defect, ...] = (
    defect(
        "blocked-banner-hidden",
        "P06",
        "Where the browser blocks cookies, nobody is asked and nothing is explained.",
        page("#consent-banner", "/"),
        patches=in_consent_script(_NO_COOKIES_NOTICE, "if (cookiesAreBlocked()) return;"),
    ),
    defect(
        "blocked-unexplained",
        "P06 P14",
        "Where the browser blocks cookies, the site does not say what no longer works.",
        page("#cookies-blocked", "/"),
        patches=in_pages(
            '<p id="cookies-blocked" class="notice band" role="status" hidden>',
            '<p id="cookies-blocked" style="display: none">',
        ),
    ),
    defect(
        "blocked-unreadable",
        "P06",
        "Where the browser blocks cookies, the pages are empty.",
        page("main", "/articles/ghost-meetings"),
        script='if (blocked()) document.querySelector("main").replaceChildren();',
    ),
    defect(
        "blocked-sign-in-loops",
        "P14",
        "Where the browser blocks cookies, the sign-in page leads to itself without end.",
        page("/account/sign-in", "/account/sign-in"),
        answer=_probe_for_ever("/account/sign-in"),
    ),
    defect(
        "blocked-sign-in-silent",
        "P14",
        "Where the browser blocks cookies, signing in shows the form again and says nothing.",
        page("#needs-cookies", "/account/sign-in"),
        patches=in_pages('<p id="needs-cookies" class="notice" role="alert" hidden>', "<p hidden>"),
        answer=_send_back_silently,
    ),
    defect(
        "blocked-basket-crashes",
        "P14",
        "Where the browser blocks cookies, the basket answers with an internal error.",
        page("/basket", "/basket"),
        answer=fail("/basket", 500, _without_cookies),
    ),
    defect(
        "blocked-billing-crashes",
        "P14",
        "Where the browser blocks cookies, billing answers with an internal error.",
        page("/billing", "/billing"),
        answer=fail("/billing", 500, _without_cookies),
    ),
    defect(
        "third-party-needed",
        "P07",
        "Who blocks cookies of third parties cannot order.",
        page("#place-order", "/billing"),
        script="""addEventListener("message", ({ data }) => {
    if (data?.payment && !data.cookies) document.getElementById("place-order")?.setAttribute("disabled", "");
  });""",
    ),
)

AFTER_REFUSAL: tuple[Defect, ...] = (
    defect(
        "basket-needs-consent",
        "P16",
        "Who refuses everything cannot use the basket.",
        page("/basket", "/basket"),
        answer=fail("/basket", 403, _on_post(_refused_everything)),
    ),
    defect(
        "sign-in-needs-consent",
        "P16",
        "Who refuses everything cannot sign in.",
        page("/account/sign-in", "/account/sign-in"),
        answer=fail("/account/sign-in", 403, _on_post(_refused_everything)),
    ),
    defect(
        "billing-needs-analytics",
        "P16",
        "Who refuses analytics cannot order.",
        page("/billing", "/billing"),
        answer=_billing_needs_analytics,
    ),
    defect(
        "refusal-drops-functionality",
        "P20 P16",
        "Refusing everything ends the session of a visitor who is signed in.",
        page("/account", "/account"),
        answer=fail("/account", 403, _refused_everything),
    ),
    defect(
        "language-lost-after-refusal",
        "P17",
        "Who refuses everything cannot keep another language.",
        page("html[lang]", "/"),
        answer=_forget_language,
    ),
    defect(
        "variant-test-breaks",
        "P22",
        "Who does not take part in the feature test sees no headline.",
        page("[data-variant]", "/"),
        amend=_drop_headline,
    ),
)

UNUSUAL: tuple[Defect, ...] = (
    defect(
        "strange-browser-fails",
        "P15",
        "A browser that the site does not know gets an internal error.",
        page("/", "/"),
        answer=fail("*", 500, _strange_browser),
    ),
    defect(
        "no-language-fails",
        "P15",
        "A browser that states no language, or one that the site does not know, gets an internal error.",
        page("/", "/"),
        answer=fail("*", 500, _no_language),
    ),
    defect(
        "odd-screen-fails",
        "P15",
        "On a screen of unusual size there is nothing to read.",
        page("main", "/"),
        script='if (innerWidth < 280 || innerWidth > 3000) document.querySelector("main").replaceChildren();',
    ),
    defect(
        "small-screen-ignored",
        "P17",
        "A small screen gets the presentation of a large one.",
        page("#menu-button", "/"),
        patches=(
            Patch(STYLE, "@media (max-width: 45rem)", "@media (max-width: 1px)"),
            *in_pages('<meta name="viewport" content="width=device-width, initial-scale=1">', ""),
        ),
    ),
    defect(
        "language-ignored",
        "P17",
        "The language that a browser asks for makes no difference, and choosing one neither.",
        page("html[lang]", "/"),
        patches=in_pages('<html lang="fr"', '<html lang="en"'),
    ),
)
