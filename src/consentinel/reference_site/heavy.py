"""The clean shop on pages as heavy as real ones: ``heavy.harbour.localhost``.

Each page makes 300 requests to forty technical partners (`services/crowd.py`), 8 MB before compression. It stores
nothing but a service worker, which the policy declares.
"""

from starlette.requests import Request
from starlette.responses import Response

from consentinel.reference_site import hosts
from consentinel.reference_site.deployments import Deployment, Patch
from consentinel.reference_site.statics import Files

_WORKER = 'self.addEventListener("install", () => self.skipWaiting());\n'
_ROW = (
    '<tr data-category="functionality" data-kind="service_worker"><td><code>/offline/</code></td><td>Functionality</td>'
    f"<td>heavy.{hosts.SITE}</td><td>until you delete it</td><td>serves the offline page</td></tr>"
)


async def _answer(request: Request) -> Response | None:
    if request.url.path == "/offline/worker.js":
        return Response(_WORKER, media_type="text/javascript")
    return None


DEPLOYMENT = Deployment(
    patches=(Patch("/cookies", "</tbody>", f"{_ROW}</tbody>"),),
    scripts=(("page.js", bytes(Files("heavy", max_age=0).response("page.js").body).decode()),),
    answer=_answer,
)
