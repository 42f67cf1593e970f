"""Each rule beyond the policy has a defect that breaks it and a decoy that does not, on a site that is held to it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from consentinel.policy.load import load_policy
from consentinel.policy.promises import promises
from consentinel.policy.standing import Standing, standings
from consentinel.reference_site import decoys, garden_decoys, hosts
from consentinel.reference_site.near_misses import NEAR_MISSES
from consentinel.reference_site.registry import ALL_DEFECTS
from consentinel.site.load import PROFILES

FILES = PROFILES.parent.parent / "reference_site"
RULES = [one.id for one in promises() if one.is_rule]
POLICIES = {hosts.SITE: "policy.toml", hosts.GARDEN: "garden/policy.toml"}
DECOYS = {hosts.SITE: decoys.DECOYS, hosts.GARDEN: garden_decoys.DECOYS}


@pytest.fixture(scope="module")
def held() -> Mapping[str, Mapping[str, Standing]]:
    """What each site's policy file says of each rule, by the site's domain."""
    return {site: standings(promises(), load_policy(FILES / file)) for site, file in POLICIES.items()}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_defect(rule: str, held: Mapping[str, Mapping[str, Standing]]) -> None:
    assert [one.name for one in ALL_DEFECTS if rule in one.promises and held[one.domain][rule] == "made"]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_decoy(rule: str, held: Mapping[str, Mapping[str, Standing]]) -> None:
    assert NEAR_MISSES[rule]
    for decoy in NEAR_MISSES[rule]:
        sites = [site for site, known in DECOYS.items() if decoy in known]
        assert sites, decoy
        assert any(held[site][rule] == "made" for site in sites), decoy


def test_no_decoy_is_named_for_a_rule_that_there_is_not() -> None:
    assert set(NEAR_MISSES) == set(RULES)
