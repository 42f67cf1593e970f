"""Finds what a policy announces and the profile lacks: a category's service hears of visitors without consent."""

from __future__ import annotations

from consentinel.policy.policy_file import PolicyFile
from consentinel.site.profile import Profile


def as_announced(profile: Profile, policy: PolicyFile | None) -> Profile:
    """Return the profile, with `cookieless_pings` in each category for which a person has read that in the policy."""
    said = policy.parameters.categories if policy else {}
    announced = {key for key, one in said.items() if one.cookieless_pings and one.confirmed}
    tables = {
        key: table.model_copy(update={"cookieless_pings": True}) if str(key) in announced else table
        for key, table in profile.categories.items()
    }
    return profile.model_copy(update={"categories": tables}) if announced else profile
