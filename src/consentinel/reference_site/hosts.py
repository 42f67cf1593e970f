"""Who answers for which host name.

Each ``<label>.localhost`` is a registrable domain of its own (the public suffix rule for unknown top-level
domains is ``*``), so first party and third party are as real here as on the internet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

SITE = "harbour.localhost"
CDN = "cdn.partner.localhost"
SYMMETRICS = "symmetrics.localhost"
"""A partner whose name ends like the analytics service's; only the decoys use it."""
PAY = "pay.partner.localhost"
METRICS = "metrics.localhost"
CIRCLE = "circle.localhost"
WIDGETS = "widgets.circle.localhost"
ADNET = "ads.adnet.localhost"
CONTROL = "control.localhost"
GUEST = "guest.localhost"


class Role(Enum):
    """What a host is for; each role has an application of its own."""

    SITE = "site"
    HELP = "help"
    STATS = "stats"
    """A sub-domain of the site that is delegated to the analytics service. The clean site never uses it."""
    CDN = "cdn"
    PAY = "pay"
    METRICS = "metrics"
    CIRCLE = "circle"
    WIDGETS = "widgets"
    ADNET = "adnet"
    CONTROL = "control"
    GUEST = "guest"


THIRD_PARTIES: dict[str, Role] = {
    CDN: Role.CDN,
    SYMMETRICS: Role.CDN,
    PAY: Role.PAY,
    METRICS: Role.METRICS,
    CIRCLE: Role.CIRCLE,
    WIDGETS: Role.WIDGETS,
    ADNET: Role.ADNET,
    CONTROL: Role.CONTROL,
    GUEST: Role.GUEST,
}

SUBDOMAINS: dict[str, Role] = {"help": Role.HELP, "stats": Role.STATS}
"""Labels in front of a site's host that are not the shop itself, hence no name for a deployment."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request arrived: the role of its host, and for the site which deployment of it."""

    role: Role
    site: str = ""
    """Host of the site, without sub-domain (``defect.harbour.localhost``); empty for third parties."""
    deployment: str = ""
    """Name of the deployment; empty for the clean one."""


def locate(host: str) -> Place | None:
    """Read a host name without port; ``None`` when nobody here answers to it."""
    host = host.lower().rstrip(".")
    if host in THIRD_PARTIES:
        return Place(THIRD_PARTIES[host])
    if host == SITE:
        return Place(Role.SITE, SITE)
    if not host.endswith(f".{SITE}"):
        return None
    labels = host.removesuffix(f".{SITE}").split(".")
    role = SUBDOMAINS.get(labels[0])
    if role is not None:
        labels = labels[1:]
    if len(labels) > 1:
        return None
    deployment = labels[0] if labels else ""
    return Place(role or Role.SITE, f"{deployment}.{SITE}" if deployment else SITE, deployment)


def every_host(deployments: Iterable[str]) -> list[str]:
    """Every name that the certificate must bear, the clean site's first."""
    sites = [SITE, *(f"{name}.{SITE}" for name in deployments)]
    return [
        *sites,
        *(f"{label}.{site}" for site in sites for label in SUBDOMAINS),
        *THIRD_PARTIES,
    ]
