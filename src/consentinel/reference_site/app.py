"""All hosts of the reference site behind one ASGI application."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from consentinel.reference_site import hosts
from consentinel.reference_site.control import application as control
from consentinel.reference_site.deployments import Deployment, Difference
from consentinel.reference_site.garden.application import application as garden
from consentinel.reference_site.harbour.application import help_desk, shop
from consentinel.reference_site.hosts import Role
from consentinel.reference_site.request_log import RequestLog
from consentinel.reference_site.services import adnet, crowd, metrics, neighbours, partner
from consentinel.reference_site.services.circle import Circle
from consentinel.reference_site.store import Store

Deployments = Mapping[str, Mapping[str, Deployment]]
"""Deployments by name, by the domain of their site."""


class ByHost:
    """Passes each request to the application of its host, as its deployment serves it."""

    def __init__(self, roles: Mapping[Role, ASGIApp], deployments: Deployments) -> None:
        self._roles = roles
        self._different = {
            (f"{name}.{domain}", role): Difference(roles[role], deployment)
            for domain, named in deployments.items()
            for name, deployment in named.items()
            for role in ((Role.SITE, Role.HELP) if domain == hosts.SITE else (hosts.SITES[domain],))
        }
        self._sites = {"", *hosts.SITES, *(site for site, _ in self._different)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        place = hosts.locate(_host(scope))
        if place is None or place.site not in self._sites:
            await _nobody(scope, receive, send)
            return
        scope["place"] = place
        app = self._different.get((place.site, place.role), self._roles[place.role])
        await app(scope, receive, send)


def create(deployments: Deployments) -> ASGIApp:
    """Return the whole server, with a fresh database and an empty log."""
    store = Store()
    circle = Circle(store)
    analytics = metrics.application()
    roles: dict[Role, ASGIApp] = {
        Role.SITE: shop(store),
        Role.HELP: help_desk(),
        Role.STATS: analytics,
        Role.CDN: partner.cdn(),
        Role.CROWD: crowd.application(),
        Role.PAY: partner.pay(),
        Role.METRICS: analytics,
        Role.CIRCLE: circle.network(),
        Role.WIDGETS: circle.widgets(),
        Role.ADNET: adnet.application(),
        Role.GARDEN: garden(),
        Role.TALLY: neighbours.tally(),
        Role.PLAYER: neighbours.player(),
        Role.OUTREACH: neighbours.outreach(),
    }
    log = RequestLog(ByHost(roles, deployments), unlogged=(hosts.CONTROL, control.LOG_PATH))
    roles[Role.CONTROL] = control.control(log)
    roles[Role.GUEST] = control.guest()
    return log


def _host(scope: Scope) -> str:
    headers: list[tuple[bytes, bytes]] = scope.get("headers", [])
    host = next((value for name, value in headers if name == b"host"), b"")
    return host.decode("latin-1").rpartition(":")[0] or host.decode("latin-1")


async def _nobody(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for a host that is not served here (RFC 9110, 421 Misdirected Request)."""
    if scope["type"] == "http":
        await PlainTextResponse("No such host here", status_code=421)(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
