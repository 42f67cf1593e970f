"""What is behind a finding about consent: a service by its host, a script by its file, or nothing that is known."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Kind
from consentinel.pytest_plugin.origin import origin_of
from consentinel.verdicts.finding import UNDECLARED, Finding
from tests.verdicts.builders import PROFILE

TAG = "https://tag.metrics.example:8443/tag.js?v=3:14"


def found(
    written_by: str,
    rule: str = "stored without consent",
    category: str = "analytics",
    kind: Kind = Kind.COOKIE,
    host: str = "www.shop.example",
) -> Finding:
    return Finding(rule, category, kind, "_ga", host, 1.0, "visits /", written_by, "It stays")


@pytest.mark.parametrize(
    ("finding", "origin"),
    [
        (found(TAG), "tag.metrics.example"),
        (found(TAG, "written without consent"), "tag.metrics.example"),
        (found(TAG, kind=Kind.INDEXED_DB), "tag.metrics.example"),
        (found("", host="ads.example"), "ads.example"),
        (found("https://ads.example/frame.html", host="ads.example"), "ads.example"),
        (found("https://www.shop.example/", "contacted without consent", kind=Kind.REQUEST, host="A.B."), "a.b"),
        (found("https://www.shop.example/js/own.js:1"), "www.shop.example/js/own.js"),
        (found("https://libraries.cdn.example/npm/count.js:1"), "libraries.cdn.example/npm/count.js"),
        (found("https://tags.cdn.example/gtag/js?id=G-1:40"), "tags.cdn.example/gtag/js"),
        (found("https://widget.example/w.js:1", "undeclared: not declared", UNDECLARED), "widget.example"),
    ],
)
def test_what_a_service_or_a_script_does_has_it_for_an_origin(finding: Finding, origin: str) -> None:
    assert origin_of(finding, finding.written_by, PROFILE) == origin


@pytest.mark.parametrize(
    "finding",
    [
        found("https://www.shop.example/articles/1"),  # an answer of the site's own
        found("https://www.shop.example/articles/1:31"),  # a script in a page of its own
        found(""),
        found("https://www.shop.example/js/own.js:1", "undeclared: stored without consent", UNDECLARED),
        found("https://libraries.cdn.example/npm/count.js:1", "undeclared: stored without consent", UNDECLARED),
        found(TAG, "kept too long"),
        found(TAG, "undeclared: kept too long", UNDECLARED),
        found(TAG, "in several categories", UNDECLARED),
    ],
)
def test_what_may_be_several_faults_has_none(finding: Finding) -> None:
    assert origin_of(finding, finding.written_by, PROFILE) == ""
