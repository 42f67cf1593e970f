"""The policy files of the reference sites say what their policy pages say, and drafts come near them."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from consentinel.evidence.records import Kind
from consentinel.policy.changes import changes
from consentinel.policy.compose import compose
from consentinel.policy.fingerprints import digest, fingerprint
from consentinel.policy.load import load_policy
from consentinel.policy.page_text import PolicyText, read_page
from consentinel.policy.policy_file import PolicyFile
from consentinel.policy.promises import promises
from consentinel.policy.propose import proposed_categories, proposed_promises, proposed_register
from consentinel.policy.standing import standings
from consentinel.reference_site import decoys, framework, hosts
from consentinel.reference_site.declared import DECLARED
from consentinel.reference_site.garden.declared import ROWS
from consentinel.reference_site.serve import RunningSite
from consentinel.site.load import PROFILES
from consentinel.verdicts.register import lists_everything
from tests.reference_site.client import Client
from tests.verdicts.builders import PROFILE, cookie, item, rest, state, timeline, visit

FILES = PROFILES.parent.parent / "reference_site"
SHARE = 0.9
"""The share of what a person has confirmed that a draft gets right."""


@pytest.fixture(params=[(hosts.SITE, "policy.toml"), (hosts.GARDEN, "garden/policy.toml")], ids=["shop", "garden"])
def published(request: pytest.FixtureRequest, running: RunningSite) -> tuple[PolicyFile, PolicyText]:
    """A site's policy file, and the text of its policy page."""
    host, file = request.param
    return load_policy(FILES / file), read_page(Client(running, host).get("/cookies").data.decode(), "main")


@pytest.fixture(scope="module")
def policy() -> PolicyFile:
    return load_policy(FILES / "policy.toml")


def test_it_is_the_text_of_the_page(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, page = published
    assert changes(policy, page.sentences) == ()
    assert policy.source.sha256 == digest(page.sentences)


def test_it_makes_every_promise_of_the_first_policy_and_those_of_a_table(policy: PolicyFile) -> None:
    made = {one for one, said in standings(promises(), policy).items() if said == "made"}
    assert made >= {f"P{number:02}" for number in range(1, 29)} | {"P31"}


def test_all_of_it_is_confirmed(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, _ = published
    assert all(one.confirmed for one in policy.sentence)
    assert all(row.confirmed for row in policy.rows)
    assert all(category.confirmed for category in policy.parameters.categories.values())


def test_the_second_policy_makes_other_promises_than_the_first() -> None:
    said = standings(promises(), load_policy(FILES / "garden" / "policy.toml"))
    assert {one for one in ("P29", "P30", "P32", "P33", "P34", "P35") if said[one] != "made"} == set()
    assert {said[one] for one in ("P06", "P14", "P19", "P21", "P22", "P23", "P24", "P25")} == {"not made"}


def test_its_register_is_what_the_site_declares(policy: PolicyFile) -> None:
    listed = [(row.item, row.category, row.kind) for row in policy.rows]
    assert listed == [(row.name, row.category, row.kind) for row in (*DECLARED, *decoys.DECLARED, *framework.DECLARED)]
    second = load_policy(FILES / "garden" / "policy.toml")
    assert [(row.item, row.category, row.kind) for row in second.rows] == [
        (row.name, row.category, row.kind) for row in ROWS
    ]


def test_a_draft_gets_the_register_right(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, page = published
    names = {key: category.name for key, category in policy.parameters.categories.items()}
    drafted_names = {key: category.name for key, category in proposed_categories(page).items()}
    shown = " ".join(page.sentences)
    confirmed = {(row.item, names[row.category], row.lifetime) for row in policy.rows if row.item in shown}
    drafted = {(row.item, drafted_names.get(row.category), row.lifetime) for row in proposed_register(page)}
    assert len(confirmed & drafted) >= SHARE * len(confirmed)


def test_a_draft_gets_the_promises_right(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, page = published
    confirmed = {(one.fingerprint, promise) for one in policy.sentence for promise in one.promises}
    drafted = {(fingerprint(one.sentence), promise) for one in proposed_promises(page) for promise in one.promises}
    assert len(confirmed & drafted) >= SHARE * len(confirmed)
    assert len(drafted - confirmed) <= 0.25 * len(confirmed)


def test_a_draft_knows_what_can_be_objected_to(running: RunningSite) -> None:
    for language, name in (("en", "Visitor counts"), ("de", "Besuchszählung")):
        answer = Client(running, hosts.GARDEN).get("/cookies", **{"Accept-Language": language})
        found = proposed_categories(read_page(answer.data.decode(), "main"))
        assert {one.name: one.model for one in found.values()}[name] == "opt-out"
        assert len(found) == 5


def test_nothing_that_a_draft_proposes_becomes_a_finding(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, page = published
    text = compose(str(policy.source.url), "main", page, date(2026, 11, 28))
    drafted = PolicyFile.model_validate(tomllib.loads(text))
    said = standings(promises(), drafted)
    assert "made" not in {standing for promise, standing in said.items() if promise.startswith("P")}
    record = timeline(visit(), state(20.0, cookie("stray"), item(Kind.LOCAL_STORAGE, "stray")), rest())
    verdict = lists_everything(record, PROFILE, drafted, ())
    assert verdict.findings == ()
    assert verdict.doubts


def test_a_changed_sentence_is_a_change(published: tuple[PolicyFile, PolicyText]) -> None:
    policy, page = published
    sentences = [one.replace("6 months", "24 months").replace("180 days", "24 months") for one in page.sentences]
    assert {change.kind for change in changes(policy, sentences)} == {"changed"}
