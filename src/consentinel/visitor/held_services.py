"""Decides whether the recording proxy answers in place of the services of a site, by `[allow] services`."""

from __future__ import annotations

from consentinel.evidence.stand_in import StandIn
from consentinel.site.classify import category_of_address
from consentinel.site.profile import Category, Profile


def stand_in_for(profile: Profile) -> StandIn | None:
    """Return what answers for the services of all categories but functionality; None where they are to hear."""
    if profile.allow.services == "pass":
        return None
    return StandIn(lambda url: category_of_address(url, profile) not in (None, Category.FUNCTIONALITY))
