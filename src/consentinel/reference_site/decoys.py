"""Legitimate behaviour that looks suspicious, switched on all together at ``decoys.harbour.localhost``.

Every one of these must stay green. What they store before a choice is functionality, and declared as such:
`DECLARED` lists it besides what the clean site declares. The only further host, `hosts.SYMMETRICS`, is a
technical partner that sets nothing.
"""

import secrets
from email.utils import formatdate
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from consentinel.reference_site import commands, consent_mode, framework, hosts, wishes
from consentinel.reference_site.control.common import PICTURE
from consentinel.reference_site.declared import Declared
from consentinel.reference_site.defects.hooks import is_page
from consentinel.reference_site.defects.model import STYLE
from consentinel.reference_site.deployments import Deployment, Patch
from consentinel.reference_site.harbour.account import SESSION_COOKIE
from consentinel.reference_site.harbour.rendering import CSRF_COOKIE
from consentinel.reference_site.statics import Files
from consentinel.reference_site.tc_string import tc_string

SIGNALS: dict[str, str] = {
    "consent-mode": "Pages tell the analytics service of consent; before it is given the service is not loaded at all.",
    "consent-mode-waits": "The default tells tags to wait for an update: they are told before they count.",
    "consent-mode-by-region": "A second default grants everything where the law asks for no consent: not here.",
    "consent-mode-event": "A page pushes an event and a plain array that are no command about consent.",
    "commands-of-other-makers": "Meta, TikTok, Clarity and UET are told of a refusal first, and then what was chosen.",
    "event-called-consent": "A page tells Meta's pixel of an event that is called consent, and is none.",
    "signal-in-an-address": "A page's address, inside a parameter, holds what looks like a signal.",
    "signal-of-another-meaning": "A picture's parameters are called like a signal's and mean something else.",
    "framework": "Pages tell services by TC strings; nothing has consent before it is given.",
    "framework-by-a-stub": "A stub takes the listeners of IAB's API until the API itself has come.",
    "interest-after-refusal": "A legitimate interest in measuring and limited advertising stays: it is no consent.",
    "string-without-vendors-shown": "A string of an older version, without the segment of vendors that were shown.",
    "string-of-another-minute": "A request carries a string that says the same as the page's and was made later.",
    "string-in-an-address": "A page's address, inside a parameter, holds a TC string that allows everything.",
    "string-not-filled-in": "A request carries the placeholder of a TC string that nobody has filled in.",
    "value-like-a-string": "A value begins like a TC string, has its length, and is none.",
    "consent-of-another-meaning": "A parameter is called consent and holds the choice of a colour.",
    "law-that-applies": "A request says that the law applies, and carries no string yet.",
    "wish-and-still-asked": "Who asks not to be sold is told that it is honoured, and asked for a choice all the same.",
    "wish-and-later-consent": "A consent that is given later counts, whatever the browser asks.",
    "wish-in-the-gpp-string": "The page's GPP string says that who asks for it has opted out, and nothing of others.",
    "wish-declared": "The site declares that it honours such wishes.",
    "uet-of-a-refusal": "A path of the site's own is told that advertising is refused, without any identifier.",
    "sorted-ascending": "A parameter is called like the one of a UET tag, and sorts.",
}
"""Those about what services are told of the choice."""

DECOYS: dict[str, str] = {
    "load-balancer": "A cookie of the load balancer on the first page: anonymous, gone with the browser.",
    "value-that-decodes": "The load balancer's value is text in base64: it names a machine, no person.",
    "csrf-token": "A long random token before a choice, which protects forms.",
    "csrf-renewed": "The same token is set again with every page, also after a withdrawal.",
    "variant-with-consent": "A feature test keeps its assignment, once analytics was granted.",
    "consent-rewritten": "The consent cookie is written again with the same choice, moment and end.",
    "name-like-a-tracker": "A cookie whose name begins like an analytics cookie's, for the garden door.",
    "cookie-removed": "An analytics cookie is removed before a choice; removing is not storing.",
    "host-like-a-tracker": "A technical partner whose host ends like the analytics service's.",
    "tracker-in-address": "A search on the site for the analytics service's name.",
    "partner": "A technical partner that is contacted before a choice and sets nothing.",
    "fresh-number": "The same partner is sent a random number, another one each time, which tells requests apart.",
    "digest-of-a-query": "The site's own server is sent the digest of a query; a canvas is read, and not sent.",
    "number-against-caches": "A picture with the moment in its address, so that no cache answers for the site.",
    "kinds-of-something-else": "The policy speaks of two kinds of browsers, and of some of its categories in a row.",
    "moment-in-a-cookie": "When the visit began, in seconds: two who come in the same second hold the same value. "
    "It is kept for 20 hours, where the policy says a session.",
    "tag-of-a-file": "A file of the site's own is asked about on each page, by an entity tag that everybody is given.",
    "tag-of-a-machine": "Another file is served by three machines, each of which gives it an entity tag of its own.",
    "date-of-a-file": "Two more files have dates: one the same for everybody, one the moment at which it was made. "
    "The server confirms any.",
    "dot": "A tiny picture of the site's own, which looks like a pixel.",
    "redirect-at-home": "A redirect that stays on the site.",
    "answer-not-waited-for": "A site that does not wait for a slow answer, and goes on asking all the same.",
    "settings-missed": "Where the settings of consent do not come, visitors are told so, and asked all the same.",
    "late-request": "A request of the site to itself, four seconds after the page.",
    "last-word-at-home": "A message to the site itself when a page is left, without an identifier.",
    "frame-without-address": "A hidden frame with no address, for printing.",
    "frame-without-scripts": "A frame in which no script may run, for a letter.",
    "frame-further-down": "A frame far below, which is loaded when the visitor scrolls down to it.",
    "template": "A picture in a template, which one engine fetches ahead: it is the site's own.",
    "button-that-says-ok": "A button with the words Accept and OK that has nothing to do with cookies.",
    "opt-out-flag": "After a refusal a flag is kept that switches the analytics service off.",
    "scroll-position": "The tab remembers how far the visitor had read.",
    "number-like-a-telephone": "A moment in milliseconds, which has as many digits as a telephone number.",
    "file-like-an-address": "A file name with an @ in it, which is no e-mail address.",
    "offline-pages": "A page for times without network, in the cache.",
    "sketches": "A sketch of the garden door, in a folder of the browser's own file system.",
    "drafts": "An empty database for drafts.",
    **SIGNALS,
    "offline-worker": "A background script that serves the offline page and sends nothing.",
    "route-in-one-document": "After a refusal articles take each other's place in one document; nobody is told.",
    "route-with-a-transition": "Some of them fade into each other by a transition of the browser's.",
    "article-fetched-ahead": "An article is fetched ahead while the pointer rests on its link: it is the site's own.",
    "word-from-another-tab": "Open tabs of the site tell each other that they are there.",
    "word-on-the-way-back": "A page that the browser had kept asks the site itself whether it is still current.",
    "word-on-coming-back": "A tab to which the visitor returns asks the same.",
    "campaign-off-the-address": "The mark of a campaign is taken out of the address bar, and kept nowhere.",
    "word-like-a-campaign": "The tab remembers the season's name, which a campaign bears as well.",
    "guests-greeted": "Who comes from another site is greeted; neither that site nor the greeting is kept.",
    "place-without-marks": "The tab remembers the page, without what its address says of the way there.",
    "leftovers-removed": "After a withdrawal the site itself removes what is left of analytics.",
    "session-has-ended": "Who comes to the account without a session is told that it has ended, on a page of its own.",
    "display-of-the-device": "Large text, chosen by somebody who was signed in, stays with the device.",
    "network-link-with-a-page": "The plain link to the network names the site's page there, the same for everybody.",
    "network-link-apart": "That link opens apart and tells the network nothing of where the visitor comes from.",
    "time-zone-at-home": "The site itself is told the time zone, for its opening hours.",
    "chat-on-a-narrow-screen": "A small button for a chat stays in the corner; the banner scrolls past it.",
    "keyboard-on-the-title": "When the preferences open, the keyboard is on their title, for screen readers.",
    "colours-that-run": "The banner's background runs from one colour into another, behind no text of a button.",
    "banner-without-a-role": "The banner has no role and no name, and is the first that the page says.",
    "banner-that-fades-in": "The banner fades in, and slides in for those who have not asked for less motion.",
    "banner-that-makes-room": "On a wide screen the banner stays in the window; the page scrolls clear of it.",
    "plea-after-a-refusal": "Who refuses is asked for a subscription, above the whole content.",
    "reminder-of-a-refusal": "Who has refused is told so on each page, and where to change that; nothing is asked.",
    "word-after-a-withdrawal": "Who withdraws consent is told that this has been done; nothing more has to be clicked.",
    "letter-on-some-pages": "On each third page whoever has refused is offered a letter, with buttons as of a banner.",
    "parts-that-are-loaded": "A part that the page folds away is asked of the site itself once it is unfolded.",
    "worker-that-sums": "A worker sums up the number of the build, and the site itself is told those 32 bits.",
    "copy-with-its-source": "A text that is copied says where it comes from; nobody is told.",
    "field-counted-by-a-partner": "A partner is told how many letters have been typed, and not which.",
    "field-remembered": "The tab remembers how much has been typed into the search, and nobody is told.",
    "paper-without-pictures": "What is printed has its date in its title, and the site itself is told of it.",
    "window-of-another-size": "When the window's size changes, the site itself is asked for a plan that fits.",
    "way-out-at-home": "A click on a link to another site, to a file or to a letter is told to the site itself alone.",
    "link-with-a-state": "A link to the network's sign-in carries a state that the tab keeps, and "
    "a number that is a new one on each page.",
    "sign-for-the-dark": "In dark colours, and on a small screen, there is one more picture of the site's own.",
    "manager-waited-for": "A help button waits for the consent manager, and never shows where that does not come.",
    "manager-missed": "Where the consent manager cannot be loaded, the site takes that for a refusal and says so.",
    "rejected-cookie-said": "Where the browser rejects its cookies, the advertising network is told just that, with a "
    "number against caches.",
    "partner-missed": "Where a partner's picture does not come, a line of text stands in for it.",
}
"""What each decoy does, and why it is right."""

OLDER = tc_string(interests=framework.INTERESTS, vendor_interests=(2,), disclosed=None)
LATER = tc_string(interests=framework.INTERESTS, vendor_interests=(2,), updated=17_900_000_000)

SILENT = "DBABLA~BVQAAAAAAgA.QA"
"""A GPP string in which no opt-out applies."""

DECLARED = (
    Declared("lb", "functionality", "cookie", "", "session", "keeps a visit on one machine"),
    Declared("_garden", "functionality", "cookie", "", "session", "remembers the garden door"),
    Declared("harbour_since", "functionality", "cookie", "", "session", "remembers when the visit began"),
    Declared("metrics-disable-HARBOUR1", "functionality", "local_storage", "", "deleted", "keeps counting off"),
    Declared("harbour.scroll", "functionality", "session_storage", "", "session", "remembers the place"),
    Declared("harbour.opened", "functionality", "session_storage", "", "session", "remembers the moment"),
    Declared("harbour.icon", "functionality", "session_storage", "", "session", "remembers the icon"),
    Declared("harbour.season", "functionality", "session_storage", "", "session", "remembers the season"),
    Declared("harbour.place", "functionality", "session_storage", "", "session", "remembers the page"),
    Declared("harbour.state", "functionality", "session_storage", "", "session", "knows the answer of a sign-in"),
    Declared("harbour.typed", "functionality", "session_storage", "", "session", "remembers a field"),
    Declared("harbour.draft", "functionality", "session_storage", "", "session", "remembers a draft"),
    Declared("harbour-offline", "functionality", "cache", "", "deleted", "keeps an offline page"),
    Declared("harbour-drafts", "functionality", "indexed_db", "", "deleted", "keeps drafts"),
    Declared("harbour-sketches/door.svg", "functionality", "file", "", "deleted", "keeps a sketch"),
    Declared("/offline/", "functionality", "service_worker", "", "deleted", "serves the offline page"),
)

_LIFETIMES = {"session": "until the browser closes", "deleted": "until you delete it"}
_SESSION_HAS_ENDED = (
    '<!doctype html><html lang="en"><title>Signed out</title><main><h1>Your session has ended</h1>'
    '<p><a href="/account/sign-in">Sign in again</a></p></main></html>'
)
_WORKER = 'self.addEventListener("install", () => self.skipWaiting());\n'
_ROWS = "".join(
    f'<tr data-category="{row.category}" data-kind="{row.kind}"><td><code>{escape(row.name)}</code></td>'
    f"<td>Functionality</td><td>decoys.{hosts.SITE}</td><td>{_LIFETIMES[row.lifetime]}</td>"
    f"<td>{escape(row.purpose)}</td></tr>"
    for row in DECLARED
)


_MISSED = (
    "const told = document.createElement('p'); told.textContent = 'Cookies stay off.'; document.body.append(told); "
    "document.documentElement.dataset.fallback = 'refused'; "
    "sessionStorage.setItem('harbour.season', 'without')"
)
"""What takes a consent manager that does not come for a refusal, and remembers that in the tab."""

_OTHER_KINDS = (
    "<p>There are two kinds of browsers: those for telephones and those for desks.</p>"
    "<ul><li>browsers for telephones</li><li>browsers for desks</li><li>browsers for both</li></ul>"
    "<p>Analytics cookies, social network cookies and advertising cookies wait for your consent.</p>"
)


_BANNER_STYLE = """
@keyframes fade { from { opacity: .2; } }
@keyframes slide { from { transform: translateY(-1rem); } }
#consent-banner { animation: fade .15s; }
@media (prefers-reduced-motion: no-preference) { #consent-banner { animation: fade .15s, slide .15s; } }
@media (min-width: 40rem) {
  #consent-banner { position: sticky; top: 0; z-index: 1; }
  html:has(#consent-banner:not([hidden])) { scroll-padding-top: 14rem; }
}
"""


_DATE = "Tue, 04 Mar 2008 11:22:33 GMT"
"""When a file of the site's last changed."""

_TAGS = ('"5f3a9c1e7b2d-64e0"', '"8d41b07a26f9-64e0"', '"c2907e53d8b1-64e0"')
"""What three machines call the same state of a file: each tag holds the number of the file on its own disk."""


def _picture(request: Request) -> Response:
    """Return a picture that no browser keeps, or one about which browsers ask each time by its entity tag."""
    name = request.url.path.rpartition("/")[2]
    if name == "dot.svg":
        return Response(PICTURE, media_type="image/svg+xml", headers={"cache-control": "no-store"})
    tags = _TAGS[:1] if name == "plan.svg" else _TAGS
    known = request.headers.get("if-none-match", "")
    headers = {"etag": known if known in tags else secrets.choice(tags), "cache-control": "no-cache"}
    if known in tags:
        return Response(status_code=304, headers=headers)
    return Response(PICTURE, media_type="image/svg+xml", headers=headers)


def _dated_picture(request: Request) -> Response:
    """A picture that browsers ask about by the date that it had: an old one for everybody, or that of the moment."""
    made = _DATE if request.url.path.endswith("sign.svg") else formatdate(usegmt=True)
    known = request.headers.get("if-modified-since")
    headers = {"last-modified": known or made, "cache-control": "no-cache"}
    if known:
        return Response(status_code=304, headers=headers)
    return Response(PICTURE, media_type="image/svg+xml", headers=headers)


_PICTURES = {f"/pictures/{name}.svg": _picture for name in ("dot", "plan", "plate")} | {
    f"/pictures/{name}.svg": _dated_picture for name in ("sign", "clock")
}


async def _answer(request: Request) -> Response | None:
    match request.url.path:
        case "/health":
            return Response(status_code=204)
        case "/go/legal":
            return RedirectResponse("/legal", status_code=302)
        case path if path in _PICTURES:
            return _PICTURES[path](request)
        case "/account" if SESSION_COOKIE not in request.cookies and "lb" in request.cookies:
            return HTMLResponse(_SESSION_HAS_ENDED, status_code=401)
        case "/offline/worker.js":
            return Response(_WORKER, media_type="text/javascript")
    return await wishes.declare(request)


def _amend(request: Request, response: Response) -> None:
    if not is_page(response) or request.scope["place"].role is not hosts.Role.SITE:
        return
    if "lb" not in request.cookies:
        value = secrets.choice(("c3RhYmxlLW5vZGUtMQ", "c3RhYmxlLW5vZGUtMg"))
        response.set_cookie("lb", value, secure=True, httponly=True, samesite="lax")
    token = request.cookies.get(CSRF_COOKIE)
    if token is not None:
        response.set_cookie(CSRF_COOKIE, token, secure=True, httponly=True, samesite="lax")


def _script() -> str:
    text = bytes(Files("decoys", max_age=0).response("decoys.js").body).decode()
    return (
        text.replace("{ALL}", framework.ALL)
        .replace("{LATER}", LATER)
        .replace("{OUT}", wishes.OUT)
        .replace("{SILENT}", SILENT)
    )


DEPLOYMENT = Deployment(
    patches=(
        Patch("/cookies", "</tbody>", f"{_ROWS}</tbody>"),
        Patch("*", ' role="dialog" aria-modal="false" aria-labelledby="consent-banner-title"', ""),
        Patch(STYLE, "/* --- header and footer", f"{_BANNER_STYLE}/* --- header and footer"),
        Patch("*", '" defer></script>\n</head>', f'" defer onerror="{_MISSED}"></script>\n</head>'),
        Patch("/cookies", "</article>", f"{_OTHER_KINDS}</article>"),
        *consent_mode.patches(consent_mode.BY_REGION + commands.BESIDE_GOOGLE),
        *wishes.patches(),
        *framework.patches(framework.SPEECH.replace(framework.NONE, OLDER)),
    ),
    scripts=(("decoys.js", _script()),),
    answer=_answer,
    amend=_amend,
    signals=("google_consent_mode", "microsoft_consent_mode", "consent_commands", "tcf", "gpc"),
)
