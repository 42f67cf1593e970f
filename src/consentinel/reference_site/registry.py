"""All deployments of the site besides the clean one, by name."""

from functools import cache

from consentinel.reference_site.decoys import DEPLOYMENT
from consentinel.reference_site.defects import DEFECTS
from consentinel.reference_site.deployments import Deployment

DECOYS = "decoys"
"""Name of the deployment that looks suspicious and is clean."""


@cache
def deployments() -> dict[str, Deployment]:
    """Every defect, and the decoys."""
    return {**{defect.name: defect.deployment for defect in DEFECTS}, DECOYS: DEPLOYMENT}
