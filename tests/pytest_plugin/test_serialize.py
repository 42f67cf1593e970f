"""The record that a scenario leaves, as it travels from a parallel worker to the report."""

from __future__ import annotations

import execnet

from consentinel.evidence.records import Kind
from consentinel.pytest_plugin.serialize import finding_data
from consentinel.site.profile import Category
from consentinel.verdicts.finding import Finding


def test_a_finding_survives_the_way_from_a_worker() -> None:
    """Between processes goes nothing but plain text and numbers, and no member of an enumeration."""
    found = Finding("rule", Category.SOCIAL, Kind.COOKIE, "nb_uid", "social.localhost", 1.5, "visits /", "", "It stays")

    told = finding_data(found, "P24")

    assert execnet.loads(execnet.dumps(told)) == told
    assert told["category"] == "social"
