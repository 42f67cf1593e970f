"""With `[allow] services = "hold"` the services' own log holds not one hit, and the record holds all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.evidence.records import HELD
from consentinel.reference_site import hosts
from consentinel.site.profile import Category, Profile
from consentinel.suite.pages.reading import Reading
from consentinel.verdicts import allowed_works, sent
from consentinel.visitor.choices import Choices
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.completeness.log import ServerLog

SERVICES = (hosts.METRICS, hosts.CIRCLE, hosts.WIDGETS, hosts.ADNET)


@pytest.fixture
def visitor(resources: Resources, profile: Profile) -> Iterator[Visitor]:
    held = profile.model_copy(update={"allow": profile.allow.model_copy(update={"services": "hold"})})
    visitor = Visitor("visitor", resources, held)
    yield visitor
    visitor.leave()


def test_no_hit_reaches_a_service(visitor: Visitor, log: ServerLog) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).accept_all()
    Reading(visitor).read_articles(2)
    visitor.leave_site("leaves the site")
    reached = {(method, host, path) for method, host, path, _ in log.asked() if host in SERVICES}
    assert (("GET", hosts.METRICS, "/tag.js")) in reached
    assert {path for _, _, path in reached} <= {"/tag.js", "/embed.js", "/button", "/creative"}
    assert {method for method, _, _ in reached} == {"GET"}
    held = {(one.method, one.host) for one in visitor.timeline.requests if one.altered == HELD}
    assert held >= {("POST", hosts.METRICS), ("GET", hosts.ADNET)}
    pages = visitor.visited_since_choice()
    counted = allowed_works.reports_pages(visitor.timeline, visitor.profile, Category.ANALYTICS, pages)
    assert (counted.findings, counted.doubts) == ((), ())
    found = sent.only_allowed(visitor.timeline, visitor.profile, [], ()).findings
    assert {finding.host for finding in found} >= {hosts.METRICS, hosts.ADNET}
