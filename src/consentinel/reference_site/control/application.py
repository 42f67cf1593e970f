"""``control.localhost`` and the third party of its pages, ``guest.localhost``."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from consentinel.reference_site.control import corners, plant, tour
from consentinel.reference_site.control.common import NO_ICON
from consentinel.reference_site.request_log import RequestLog

LOG_PATH = "/log"
ELSEWHERE_PATH = "/elsewhere"

# A page that is nobody's, for a visitor who leaves the site; it asks for nothing, not even an icon.
ELSEWHERE = f"""<!doctype html><html lang="en"><title>Elsewhere</title>{NO_ICON}
<p>Somewhere else.</p></html>"""


def control(log: RequestLog) -> Starlette:
    """Return the harness's own host."""

    async def show_log(request: Request) -> Response:
        """Requests after number ``after``, optionally those to ``host`` only."""
        after = request.query_params.get("after", "0")
        host = request.query_params.get("host")
        seen = log.after(int(after) if after.isdecimal() else 0)
        chosen = [entry for entry in seen if host in (None, entry["host"])]
        return JSONResponse(chosen, headers={"cache-control": "no-store"})

    async def show_elsewhere(request: Request) -> Response:
        """Return where a visitor goes who leaves the site."""
        return HTMLResponse(ELSEWHERE, headers={"cache-control": "no-store"})

    own = [Route(LOG_PATH, show_log), Route(ELSEWHERE_PATH, show_elsewhere)]
    return Starlette(routes=[*own, *plant.ROUTES, *tour.ROUTES, *corners.ROUTES])


def guest() -> Starlette:
    """Return the third party of the control pages, with the same pages for its frames."""
    return Starlette(routes=[*plant.ROUTES, *tour.ROUTES, *corners.ROUTES])
