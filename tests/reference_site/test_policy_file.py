"""The policy file of the reference site says what its policy page says."""

from __future__ import annotations

import pytest

from consentinel.policy.changes import changes
from consentinel.policy.fingerprints import digest
from consentinel.policy.load import load_policy
from consentinel.policy.page_text import PolicyText, read_page
from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import promises
from consentinel.policy.propose import proposed_register
from consentinel.policy.standing import standings
from consentinel.reference_site import decoys, framework
from consentinel.reference_site.declared import DECLARED
from consentinel.reference_site.serve import RunningSite
from consentinel.site.load import PROFILES
from tests.reference_site.client import Client


@pytest.fixture(scope="module")
def policy() -> PolicyFile:
    return load_policy(PROFILES.parent.parent / "reference_site" / "policy.toml")


@pytest.fixture
def page(running: RunningSite) -> PolicyText:
    return read_page(Client(running).get("/cookies").data.decode(), "main")


def test_it_is_the_text_of_the_page(policy: PolicyFile, page: PolicyText) -> None:
    assert changes(policy, page.sentences) == ()
    assert policy.source.sha256 == digest(page.sentences)


def test_it_makes_every_promise_of_the_first_policy_and_those_of_a_table(policy: PolicyFile) -> None:
    made = {one for one, said in standings(promises(), policy).items() if said == "made"}
    assert made >= {f"P{number:02}" for number in range(1, 29)} | {"P31"}
    assert all(one.confirmed for one in policy.sentence)
    assert all(row.confirmed for row in policy.rows)
    assert all(category.confirmed for category in policy.parameters.categories.values())


def test_its_register_is_what_the_site_declares(policy: PolicyFile) -> None:
    listed = [(row.item, row.category, row.kind) for row in policy.rows]
    assert listed == [(row.name, row.category, row.kind) for row in (*DECLARED, *decoys.DECLARED, *framework.DECLARED)]


def test_a_draft_gets_the_register_right(policy: PolicyFile, page: PolicyText) -> None:
    confirmed = {(row.item, row.category, row.lifetime) for row in policy.rows[: len(DECLARED)]}
    drafted = {(row.item, row.category, row.lifetime) for row in proposed_register(page)}
    assert len(confirmed & drafted) >= 0.9 * len(confirmed)
