"""How pages of some deployments honour Global Privacy Control, and say so.

A visitor whose browser asks not to be sold or shared is told that it is honoured; the site asks for a choice all the
same, and a consent that is given later counts.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from consentinel.reference_site.deployments import Patch

HEADER = "sec-gpc"
DECLARATION = "/.well-known/gpc.json"
NOTICE = "wish-honoured"

_TEXT = "Your browser asks us not to sell or share what we learn of you. We do not."


def patches(*, confirmed: bool = True) -> tuple[Patch, ...]:
    """Return a notice, which shows to those whose browser asks; to nobody where nothing is to be `confirmed`."""
    script = f'document.getElementById("{NOTICE}").hidden = !navigator.globalPrivacyControl;' if confirmed else ""
    footer = '<footer class="site-footer">'
    return (Patch("*", footer, f'<p id="{NOTICE}" hidden>{_TEXT}</p><script>{script}</script>\n  {footer}'),)


async def declare(request: Request) -> Response | None:
    """Return what the site declares of the signal (W3C, "GPC Support Resource")."""
    if request.url.path == DECLARATION:
        return JSONResponse({"gpc": True, "lastUpdate": "2026-08-01"})
    return None


OUT, NOT_OUT = "DBABLA~BVQVAAAAAgA.QA", "DBABLA~BVQqAAAAAgA.QA"
"""GPP strings with the section for all US states: the visitor opted out of sale, sharing and targeting, or did not."""


def platform(string: str) -> str:
    """Return a script with the API of IAB's Global Privacy Platform, which tells each listener this string."""
    return f"""window.__gpp = (command, callback) => {{
    const pingData = {{ gppVersion: "1.1", signalStatus: "ready", gppString: "{string}", applicableSections: [7] }};
    if (command === "addEventListener") callback({{ eventName: "signalStatus", data: "ready", pingData }}, true);
  }};
"""
