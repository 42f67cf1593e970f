"""A cause is right when promise, item, host and writer are, and no other way."""

from __future__ import annotations

import pytest

from consentinel.proof import causes
from consentinel.proof.figures import proof
from consentinel.proof.markdown import page
from consentinel.proof.plan import named
from consentinel.proof.results import Played
from consentinel.report.schema import FindingData, Item

HOST = "analytics-before-choice.harbour.localhost"


def finding(**changes: str) -> FindingData:
    facts = {
        "promise": "P21",
        "kind": "cookie",
        "name": "_ga",
        "host": HOST,
        "writer": "https://metrics.localhost:8443/tag.js?id=HARBOUR1:23",
        **changes,
    }
    return FindingData(
        promise=facts["promise"],
        rule="stored without consent",
        category="analytics",
        item=Item(kind=facts["kind"], name=facts["name"], host=facts["host"]),
        moment="visits the home page",
        at=1.0,
        written_by=facts["writer"],
        sentence="told | as it is",
        pattern=facts["name"],
        cause="0badcafe",
    )


def row(deployment: str, outcome: str = "failed", **changes: str) -> Played:
    found = [finding(**changes)] if outcome == "failed" else []
    return Played(
        deployment=deployment,
        node="features/a.feature::test_one[*-*]",
        browser="chromium",
        version="156",
        scenario="a-one-chromium",
        title="One",
        written="a.feature:7",
        promises=["P21"],
        outcome=outcome,  # type: ignore[typeddict-item]  # a test names outcomes as plain text
        reason="",
        sentence="only functionality items are stored" if found else "",
        findings=found,
        started=1_790_000_000.0,
        seconds=1.0,
    )


@pytest.mark.parametrize(
    ("changes", "is_right"),
    [
        ({}, True),
        ({"promise": "P10"}, True),
        ({"promise": "P05"}, False),
        ({"kind": "local_storage"}, False),
        ({"name": "_gid"}, False),
        ({"host": "harbour.localhost"}, False),
        ({"writer": "https://metrics.localhost/tag.js"}, True),
        ({"writer": "https://metrics.localhost/other.js:1"}, False),
        ({"writer": ""}, False),
    ],
)
def test_each_part_counts(changes: dict[str, str], is_right: bool) -> None:
    (defect,) = named(["analytics-before-choice"])
    assert causes.right(defect, finding(**changes)) is is_right


def test_a_page_is_named_as_findings_name_it() -> None:
    (defect,) = named(["banner-never"])
    host = "banner-never.harbour.localhost"
    found = finding(promise="P12", kind="page", name="banner", host=host, writer=f"https://{host}:1/articles/x")
    assert causes.right(defect, found)


def test_an_unknown_defect_is_told() -> None:
    with pytest.raises(ValueError, match="no such defect: nonsense"):
        named(["nonsense"])


def test_figures_and_page_tell_of_what_was_missed_and_of_false_alarms() -> None:
    rows = [row("analytics-before-choice"), row("banner-never", "passed"), row("clean"), row("decoys", "passed")]
    found = proof(rows)
    assert (found["defects"], found["caught"], found["recall"]) == (2, 1, 0.5)
    assert (found["false_alarms"], found["runs_clean"], found["runs_decoys"]) == (1, 0, 0)
    text = page(found)
    assert "**50 %**" in text
    assert "- `banner-never` in Chromium: not caught" in text
    assert "told \\| as it is" in text
    assert "[a:7](../features/a.feature#L7)" in text
    assert "| only functionality items are stored | 1 | `analytics-before-choice` |" in text
