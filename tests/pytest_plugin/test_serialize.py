"""The record that a scenario leaves, as it travels from a parallel worker to the report."""

from __future__ import annotations

from dataclasses import replace

import execnet
import pytest

from consentinel.evidence.records import HELD, Kind
from consentinel.evidence.secrets import Secrets
from consentinel.pytest_plugin.serialize import altered_in, finding_data
from consentinel.report.schema import FindingData
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.finding import Finding
from tests.verdicts.builders import HOME, PROFILE, request, timeline

FOUND = Finding("rule", Category.SOCIAL, Kind.COOKIE, "nb_uid", "social.localhost", 1.5, "visits /", "", "It stays")


def told(found: Finding, profile: Profile = PROFILE, secrets: Secrets | None = None) -> FindingData:
    return finding_data(found, "P24", profile, secrets or Secrets())


def test_a_finding_survives_the_way_from_a_worker() -> None:
    """Between processes goes nothing but plain text and numbers, and no member of an enumeration."""
    data = told(FOUND)

    assert execnet.loads(execnet.dumps(data)) == data
    assert data["category"] == "social"


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("_ga_X1Y2Z3", "_ga*"),
        ("stray", "stray"),
        ("sess_9f8a3c21", "sess_*"),
        ("consent2", "consent2"),
    ],
)
def test_names_that_differ_from_visit_to_visit_have_one_pattern(name: str, pattern: str) -> None:
    table = PROFILE.categories[Category.ANALYTICS].model_copy(update={"cookies": ("_ga*",)})
    profile = PROFILE.model_copy(update={"categories": {**PROFILE.categories, Category.ANALYTICS: table}})

    assert told(replace(FOUND, name=name), profile)["pattern"] == pattern


def test_a_pattern_for_everything_makes_no_two_items_one() -> None:
    table = PROFILE.categories[Category.ANALYTICS].model_copy(update={"cookies": ("*",)})
    profile = PROFILE.model_copy(update={"categories": {Category.ANALYTICS: table}})

    one, other = (told(replace(FOUND, name=name), profile) for name in ("one", "other"))

    assert one["cause"] != other["cause"]


def test_a_secret_is_in_no_pattern_and_makes_no_cause_of_its_own() -> None:
    one, other = (
        told(replace(FOUND, name=f"odd_{secret}"), secrets=Secrets([secret]))
        for secret in ("correct-horse-battery", "staple-and-some-more")
    )

    assert "horse" not in one["pattern"]
    assert one["cause"] == other["cause"]


def test_what_the_harness_altered_is_listed_once_and_without_values() -> None:
    hits = [request(f"https://metrics.example/hit?cid={number}", at=number, altered=HELD) for number in (1.0, 2.0)]

    assert altered_in([timeline(*hits, request(HOME))]) == [f"GET https://metrics.example/hit: {HELD}"]
