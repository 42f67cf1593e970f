"""All deployments of each site besides the clean one, by name."""

from collections.abc import Mapping
from functools import cache

from consentinel.reference_site import garden_decoys, heavy, hosts
from consentinel.reference_site.decoys import DEPLOYMENT
from consentinel.reference_site.defects import DEFECTS, GARDEN_DEFECTS, Defect
from consentinel.reference_site.defects.garden_drift import GARDEN_DRIFT, TEXT_DECOYS, TEXT_DECOYS_DEPLOYMENT
from consentinel.reference_site.deployments import Deployment

DECOYS = "decoys"
"""Name of the shop's deployment that looks suspicious and is clean."""

GARDEN_DECOYS = "garden-decoys"
"""Name of the garden's."""

HEAVY = "heavy"
"""Name of the shop's deployment that is clean and whose pages are heavy."""

ALL_DEFECTS = (*DEFECTS, *GARDEN_DEFECTS)
"""The seeded defects of both sites, which scenarios show; their names differ.

What a policy and its site have drifted apart in (`GARDEN_DRIFT`) is deployed as well, and no scenario can show it.
"""


@cache
def everywhere() -> Mapping[str, Mapping[str, Deployment]]:
    """Return every defect, and the decoys, by the site's domain."""
    garden = {
        **_by_name(GARDEN_DEFECTS),
        **_by_name(GARDEN_DRIFT),
        GARDEN_DECOYS: garden_decoys.DEPLOYMENT,
        TEXT_DECOYS: TEXT_DECOYS_DEPLOYMENT,
    }
    return {
        hosts.SITE: {**_by_name(DEFECTS), DECOYS: DEPLOYMENT, HEAVY: heavy.DEPLOYMENT},
        hosts.GARDEN: garden,
        hosts.SISTER: garden,
    }


def deployments(domain: str = hosts.SITE) -> Mapping[str, Deployment]:
    """Return every defect of a site, and its decoys."""
    return everywhere()[domain]


def names_of(site: str) -> frozenset[str]:
    """Return the names of all deployments of an embedded site, the clean one included, by the name of its profile."""
    clean = dict(zip(hosts.PROFILES, hosts.CLEAN, strict=True))[site]
    return frozenset({clean, *deployments(hosts.PROFILES[site])})


def signals_of(host: str) -> tuple[str, ...]:
    """Return the keys of the profile's table [signals] that hold for the deployment at a host."""
    place = hosts.locate(host)
    found = everywhere().get(hosts.domain_of(place.site), {}).get(place.deployment) if place else None
    return found.signals if found else ()


def _by_name(defects: tuple[Defect, ...]) -> dict[str, Deployment]:
    return {defect.name: defect.deployment for defect in defects}
