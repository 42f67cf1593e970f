"""``control.localhost`` and the third party of its pages, ``guest.localhost``."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reference_site.control import plant, tour
from reference_site.request_log import RequestLog

LOG_PATH = "/log"


def control(log: RequestLog) -> Starlette:
    """The harness's own host."""

    async def show_log(request: Request) -> Response:
        """Requests after number ``after``, optionally those to ``host`` only."""
        after = request.query_params.get("after", "0")
        host = request.query_params.get("host")
        seen = log.after(int(after) if after.isdecimal() else 0)
        chosen = [entry for entry in seen if host in (None, entry["host"])]
        return JSONResponse(chosen, headers={"cache-control": "no-store"})

    return Starlette(routes=[Route(LOG_PATH, show_log), *plant.ROUTES, *tour.ROUTES])


def guest() -> Starlette:
    """The third party of the control pages, with the same pages for its frames."""
    return Starlette(routes=[*plant.ROUTES, *tour.ROUTES])
