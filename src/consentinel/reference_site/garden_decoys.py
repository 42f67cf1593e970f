"""Legitimate behaviour of the garden that looks suspicious, all together at ``garden-decoys.fernbank.localhost``.

Every one of these must stay green. None stores anything that the policy's table does not list.
"""

from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from consentinel.reference_site import garden_signals, hosts
from consentinel.reference_site.control.common import PICTURE
from consentinel.reference_site.defects.hooks import is_page
from consentinel.reference_site.deployments import Deployment, Patch
from consentinel.reference_site.garden import choice as choices

SIGNALS: dict[str, str] = {
    "counting-granted-by-default": "Before a choice tags are told that counting is granted: it needs no consent.",
    "grant-taken-back": "That default stands on every page; an update takes it back for those who have objected.",
    "interest-in-counting": "The TC string claims a legitimate interest in counting until the visitor objects.",
    "string-kept-nowhere": "The string is made anew on every page, and nothing of it is kept on the device.",
    "wish-told": "Who asks for privacy is reported to have refused the counting, without a choice.",
    "ping-of-a-refusal": "After a refusal a path of the site's own is told of it, without any identifier.",
    "wish-declared": "The site declares that it honours Global Privacy Control.",
}
"""Those about what services are told of the choice."""

DECOYS: dict[str, str] = {
    "counted-before-a-choice": "Visits are counted before a choice: the policy says so, and lets the visitor object.",
    "cleared-after-objection": "After an objection the identifier is removed; removing is not storing.",
    "old-cookie-removed": "A cookie of a counting service that the site no longer uses is removed on every page.",
    "choice-rewritten": "The choice is written again with every page, with the same content, moment and end.",
    "link-to-a-service": "A plain link leads to the counting service; nobody follows it.",
    "service-in-an-address": "An address of the site holds the name of a service.",
    "kinds-of-something-else": "The policy speaks of three kinds of tickets and lists two of them.",
    "earlier-version-mentioned": "The policy says which version came before it.",
    "box-that-is-ticked": "A ticked box on the home page shows the Latin names, and has nothing to do with cookies.",
    "button-that-says-allow": "A button with the words Allow all lets dogs into the garden.",
    "trial-of-a-store": "A script tries whether local storage works, and leaves nothing.",
    "frame-without-address": "A hidden frame with no address, for printing.",
    "number-against-caches": "A picture with the moment in its address, so that no cache answers for the site.",
    "late-request": "A request of the site to itself, four seconds after the page.",
    "last-word-at-home": "A request to the site itself when a page is left, without an identifier.",
    "page-fetched-ahead": "The browser is told to fetch the next page of the site ahead.",
    **SIGNALS,
}
"""The decoys by name, each with its description."""

_SCRIPT = """(() => {
  "use strict";
  try {
    localStorage.setItem("__try", "1");
    localStorage.removeItem("__try");
  } catch { /* a browser that rejects everything */ }
  const frame = Object.assign(document.createElement("iframe"), { hidden: true });
  document.body.append(frame);
  document.body.append(Object.assign(new Image(1, 1), { alt: "", src: `/pictures/leaf.svg?at=${Date.now()}` }));
  setTimeout(() => fetch("/imprint"), 4000);
  if (document.documentElement.dataset.consent === "") fetch("/health?gcs=G100&gcd=13p3p3p2p5l1");
  addEventListener("pagehide", () => fetch("/health", { keepalive: true }));
})();
"""

_HOME = (
    '<p><label><input type="checkbox" checked> Show the Latin names</label> '
    '<button type="button">Allow all dogs</button> '
    f'<a href="https://{hosts.TALLY}/">How Tally counts</a> <a href="/?from=tally.localhost">Again</a></p>'
)
_SPEECH = garden_signals.SPEECH.replace(garden_signals.DEFAULT, garden_signals.TAKEN_BACK)
_POLICY = (
    "<h2>Tickets</h2><p>We sell three kinds of tickets to those who like cookies with their tea.</p>"
    "<ul><li>For a day</li><li>For a year</li></ul><p>Version 3 of this text came before this one.</p>"
)


async def _answer(request: Request) -> Response | None:
    match request.url.path:
        case "/pictures/leaf.svg":
            return Response(PICTURE, media_type="image/svg+xml", headers={"cache-control": "no-store"})
        case "/health":
            return Response(status_code=204)
        case "/.well-known/gpc.json":
            return JSONResponse({"gpc": True, "lastUpdate": "2026-06-01"})
    return None


def _amend(request: Request, response: Response) -> None:
    if not is_page(response):
        return
    response.delete_cookie("_pk_id.3", secure=True)
    choice, site = choices.of(request.cookies), request.scope["place"].site
    if choice is None:
        return
    left = choice.made_at + choices.MAX_AGE
    if request.url.path != "/settings":
        response.headers.append("set-cookie", _again(choice, left))
    if "counts" not in choice.allowed:
        for name in ("_tl_id.7", "_tl_ses.7"):
            response.delete_cookie(name, domain=site, secure=True)


def _again(choice: choices.Choice, end: int) -> str:
    """Return the choice as it was set, with the same end."""
    until = formatdate(end, usegmt=True)
    return f"{choices.COOKIE}={choice.value()}; Expires={until}; Path=/; Secure; HttpOnly; SameSite=Lax"


DEPLOYMENT = Deployment(
    patches=(
        Patch("/", "</main>", f"{_HOME}</main>"),
        Patch("/", "</head>", '<link rel="prefetch" href="/plants/tree-fern"></head>'),
        Patch("/cookies", "</main>", f"{_POLICY}</main>"),
        *garden_signals.patches(_SPEECH),
    ),
    scripts=(("garden-decoys.js", _SCRIPT),),
    answer=_answer,
    amend=_amend,
    signals=garden_signals.KEYS,
)
