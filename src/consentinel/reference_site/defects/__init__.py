"""Seeded defects: each a row of a table, deployed at a host name of its own.

``consentinel defects`` prints them all.
"""

from consentinel.reference_site.defects import (
    analytics,
    asking,
    browsers,
    campaigns,
    choice,
    content,
    deeds,
    features,
    framework,
    garden,
    garden_policy,
    garden_signals,
    garden_statistics,
    identity,
    leaving,
    movement,
    networks,
    reach,
    rules,
    signals,
    singular,
    stores,
    trouble,
    wishes,
)
from consentinel.reference_site.defects.model import Defect, Expected

DEFECTS: tuple[Defect, ...] = (
    *analytics.ANALYTICS,
    *networks.SOCIAL,
    *networks.ADVERTISING,
    *asking.ASKING,
    *choice.TAKEN,
    *choice.KEPT,
    *deeds.DEEDS,
    *stores.COOKIES,
    *stores.OTHER_STORES,
    *stores.LEAKS,
    *identity.RESPAWNED,
    *identity.PERSONAL,
    *identity.OF_DEVICE,
    *features.WITHOUT_COOKIES,
    *features.AFTER_REFUSAL,
    *features.UNUSUAL,
    *content.LINKS,
    *content.SOCIAL_FEATURES,
    *singular.SINGULAR,
    *signals.SIGNALS,
    *movement.MOVEMENT,
    *campaigns.CAMPAIGNS,
    *leaving.REMOVING,
    *leaving.PEOPLE,
    *reach.PREFERENCES,
    *reach.FAILURES,
    *reach.NETWORK_LINKS,
    *framework.FRAMEWORK,
    *wishes.WISHES,
    *rules.ACCESSIBILITY,
    *rules.REGULATORS,
    *trouble.TROUBLE,
    *browsers.REJECTING,
    *browsers.RECOGNISED,
    *browsers.SHARING,
)

GARDEN_DEFECTS: tuple[Defect, ...] = (
    *garden.GARDEN,
    *garden_policy.GARDEN_POLICY,
    *garden_statistics.STATISTICS,
    *garden_signals.SIGNALS,
)
"""Those of the second reference site."""

__all__ = ["DEFECTS", "GARDEN_DEFECTS", "Defect", "Expected"]
