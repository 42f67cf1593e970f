"""Names who answers for which host name.

Each ``<label>.localhost`` is a registrable domain of its own (the public suffix rule for unknown top-level
domains is ``*``), so first party and third party are as real here as on the internet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

SITE = "harbour.localhost"
CDN = "cdn.partner.localhost"
SYMMETRICS = "symmetrics.localhost"
"""A partner whose name ends like the analytics service's; only the decoys use it."""
CROWD = tuple(f"p{number}.partner.localhost" for number in range(1, 41))
"""Partners that the heavy deployment alone uses."""
PAY = "pay.partner.localhost"
METRICS = "metrics.localhost"
CIRCLE = "circle.localhost"
WIDGETS = "widgets.circle.localhost"
ADNET = "ads.adnet.localhost"
CONTROL = "control.localhost"
GUEST = "guest.localhost"
GARDEN = "fernbank.localhost"
"""The second reference site, with a policy of its own."""
SISTER = "arboretum.localhost"
"""The garden's sister site, which has the garden's pages and shares its visitors' choices."""
TALLY = "tally.localhost"
PLAYER = "player.vidora.localhost"
OUTREACH = "post.outreach.localhost"


class Role(Enum):
    """What a host is for; each role has an application of its own."""

    SITE = "site"
    HELP = "help"
    STATS = "stats"
    """A sub-domain of the site that is delegated to the analytics service. The clean site never uses it."""
    CDN = "cdn"
    CROWD = "crowd"
    PAY = "pay"
    METRICS = "metrics"
    CIRCLE = "circle"
    WIDGETS = "widgets"
    ADNET = "adnet"
    CONTROL = "control"
    GUEST = "guest"
    GARDEN = "garden"
    TALLY = "tally"
    PLAYER = "player"
    OUTREACH = "outreach"


THIRD_PARTIES: dict[str, Role] = {
    CDN: Role.CDN,
    SYMMETRICS: Role.CDN,
    **dict.fromkeys(CROWD, Role.CROWD),
    PAY: Role.PAY,
    METRICS: Role.METRICS,
    CIRCLE: Role.CIRCLE,
    WIDGETS: Role.WIDGETS,
    ADNET: Role.ADNET,
    CONTROL: Role.CONTROL,
    GUEST: Role.GUEST,
    TALLY: Role.TALLY,
    PLAYER: Role.PLAYER,
    OUTREACH: Role.OUTREACH,
}

PROFILES = {"reference": SITE, "garden": GARDEN}
"""The domains of the reference sites, by the names of their profiles."""

SITES: dict[str, Role] = {SITE: Role.SITE, GARDEN: Role.GARDEN, SISTER: Role.GARDEN}
"""The sites that are tested, and the sister site of one; each of their deployments is a sub-domain."""

CLEAN = ("clean", "garden-clean")
"""Names of the clean deployments of the shop and of the garden."""

SUBDOMAINS: dict[str, Role] = {"help": Role.HELP, "stats": Role.STATS}
"""Of the shop: labels in front of a site's host that are not the shop itself, hence no name for a deployment."""


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
    domain = next((one for one in SITES if host == one or host.endswith(f".{one}")), "")
    if not domain:
        return None
    labels = host.removesuffix(domain).removesuffix(".").split(".") if host != domain else []
    role = SUBDOMAINS.get(labels[0]) if labels and domain == SITE else None
    if role is not None:
        labels = labels[1:]
    if len(labels) > 1:
        return None
    deployment = labels[0] if labels else ""
    return Place(role or SITES[domain], f"{deployment}.{domain}" if deployment else domain, deployment)


def domain_of(site: str) -> str:
    """Return the domain of the clean site that a deployment's host belongs to."""
    return next((domain for domain in SITES if site == domain or site.endswith(f".{domain}")), "")


def every_host(deployments: Mapping[str, Iterable[str]]) -> list[str]:
    """Return every name that has a certificate, the clean shop's first. `deployments` are the names by site."""
    sites = {domain: [domain, *(f"{name}.{domain}" for name in deployments.get(domain, ()))] for domain in SITES}
    return [
        *(site for each in sites.values() for site in each),
        *(f"{label}.{site}" for site in sites[SITE] for label in SUBDOMAINS),
        *THIRD_PARTIES,
    ]
