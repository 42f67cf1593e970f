"""A browser asks not to be sold or shared, by Global Privacy Control, and the site does not keep to it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from consentinel.reference_site import hosts
from consentinel.reference_site.defects.hooks import add_to_page, is_page, pixel
from consentinel.reference_site.defects.model import Defect, Expected, defect, page, request
from consentinel.reference_site.deployments import Amend, Answer
from consentinel.reference_site.wishes import DECLARATION, HEADER, NOT_OUT, OUT, declare, patches, platform

_PAGE = "https://{site}/"
_ADS = f'load(at("{hosts.ADNET}", "/tag.js"));'
_PIXEL = f'new Image().src = at("{hosts.ADNET}", "/pixel?page=1");'
_TAG = request(hosts.ADNET, "/tag.js")
_SEEN = request(hosts.ADNET, "/pixel")
_BY_TAG = request(hosts.ADNET, "/pixel", f"https://{hosts.ADNET}/tag.js")
_ASKS = "navigator.globalPrivacyControl && "


def _asked(
    name: str,
    sentence: str,
    *expected: Expected,
    script: str = "",
    confirmed: bool = True,
    answer: Answer = declare,
    amend: Amend | None = None,
) -> Defect:
    """Return a deployment that says that it honours the wish."""
    shown = patches(confirmed=confirmed)
    return defect(
        name,
        "P02",
        sentence,
        *expected,
        script=script,
        patches=shown,
        answer=answer,
        amend=amend,
        signals=("gpc",),
    )


def _pixel_for_who_asks(asked: Request, response: Response) -> None:
    """Put the network's pixel into pages for visitors whose browser asks: the server does not look at its wish."""
    if not is_page(response) or asked.headers.get(HEADER) != "1" or asked.cookies.get("harbour_consent"):
        return
    add_to_page(response, pixel(asked, hosts.ADNET, "/pixel?page=2"))


async def _denied(asked: Request) -> Response | None:
    if asked.url.path == DECLARATION:
        return JSONResponse({"gpc": False, "lastUpdate": "2026-08-01"})
    return None


WISHES: tuple[Defect, ...] = (
    _asked(
        "wish-ignored",
        "The site takes who asks not to be sold for somebody from elsewhere, and shows advertising before a choice.",
        _TAG,
        _BY_TAG,
        script=f"when(() => {_ASKS}!decided(), () => {{ {_ADS} }});",
    ),
    _asked(
        "wish-by-property-only",
        "Scripts honour the wish, and the server puts the advertising network into the page.",
        request(hosts.ADNET, "/pixel", _PAGE),
        amend=_pixel_for_who_asks,
    ),
    _asked(
        "wish-by-header-only",
        "The server honours the wish, and a script calls the advertising network later.",
        _SEEN,
        script=f"when(() => {_ASKS}!decided(), () => setTimeout(() => {{ {_PIXEL} }}, 1500));",
    ),
    _asked(
        "wish-banner-gone",
        "Who asks not to be sold sees no banner, and advertising runs behind it.",
        _TAG,
        _BY_TAG,
        script=f"when(() => {_ASKS}!decided(), () => {{ "
        f'document.getElementById("consent-banner").hidden = true; {_ADS} }});',
    ),
    _asked(
        "wish-lost-after-functionality",
        "The wish is forgotten once a choice of functionality alone was saved.",
        _SEEN,
        script=f'when(() => {_ASKS}refused("advertising"), () => {{ {_PIXEL} }});',
    ),
    _asked(
        "wish-on-the-first-page-only",
        "The wish is honoured on the first page, and forgotten on the next.",
        _SEEN,
        script=f"if ({_ASKS}!decided() && sessionStorage.getItem('harbour.opened')) {{ {_PIXEL} }}\n"
        "sessionStorage.setItem('harbour.opened', '1');",
    ),
    _asked(
        "wish-not-in-the-gpp-string",
        "The page's GPP string says that the visitor did not opt out, although their browser asks for that.",
        page("GPP string", "/"),
        script=platform(NOT_OUT),
    ),
    _asked(
        "wish-not-in-a-gpp-request",
        "A path of the site's own is sent a GPP string that says that the visitor did not opt out.",
        request("{site}", "/search"),
        script=platform(OUT) + f'fetch("/search?q=&gpp={NOT_OUT}&gpp_sid=7");',
    ),
    _asked(
        "wish-not-confirmed",
        "The site does not say that it honours the wish.",
        page("notice", "/"),
        confirmed=False,
    ),
    _asked(
        "wish-denied",
        "The site declares that it does not honour the wish.",
        page(DECLARATION, "/"),
        answer=_denied,
    ),
)
