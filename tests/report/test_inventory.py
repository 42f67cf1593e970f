"""The table of what the site keeps."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest

from consentinel.report.inventory import as_csv, rows
from consentinel.report.writer import write_report
from tests.report.builders import (
    item,
    run,
    scenario,
    step,
)


def test_one_item_in_two_scenarios_is_one_row() -> None:
    one = scenario(steps=[step(at=1002.0, items=[item("_ga", category="analytics", lifetime_s=60.0)])])
    other = scenario(
        id="other",
        browser="firefox",
        steps=[
            step(
                "they accept",
                at=1001.0,
                granted=["analytics"],
                items=[item("_ga", category="analytics", lifetime_s=90)],
            )
        ],
    )

    (row,) = rows(run(one, other))

    assert (row.lifetime_s, row.first_s, row.first_moment) == (90.0, 1.5, "Given they accept")
    assert row.choices == ["analytics allowed", "before any choice"]
    assert (row.browsers, len(row.scenarios), row.times) == ({"chromium", "firefox"}, 2, 2)


def test_names_with_random_tokens_are_one_row() -> None:
    found = rows(run(scenario(steps=[step(items=[item("_ga_ABC123"), item("_ga_XYZ789"), item("basket")])])))

    assert [row.name for row in found] == ["_ga_*", "basket"]
    assert found[0].names == {"_ga_ABC123", "_ga_XYZ789"}


def test_requests_are_a_row_per_host() -> None:
    sent = [item(path, kind="request", change="sent", host="cdn.localhost") for path in ("/a", "/b", "/a")]

    (row,) = rows(run(scenario(steps=[step(items=sent)])))

    assert (row.name, row.names, row.times, row.lifetime) == ("", {"/a", "/b"}, 3, "")


def test_undeclared_items_are_on_top_and_what_is_gone_is_no_sighting() -> None:
    items = [item("known"), item("stray", category=""), item("odd", category="No Key"), item("left", change="gone")]

    found = rows(run(scenario(steps=[step(items=items)])))

    assert [(row.name, row.category) for row in found] == [
        ("odd", "undeclared"),
        ("stray", "undeclared"),
        ("known", "functionality"),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|x", "%0A"])
def test_no_cell_is_a_formula(name: str) -> None:
    table = as_csv(rows(run(scenario(steps=[step(items=[item(name, host=name, written_by=name)])]))))

    for cell in list(csv.reader(StringIO(table)))[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_the_table_survives_lone_surrogates_and_long_names() -> None:
    table = as_csv(rows(run(scenario(steps=[step(items=[item("lone\ud83d"), item("x" * 10_240)])]))))

    assert "lone[U+D83D]" in table
    assert len(table) < 3_000


@pytest.mark.parametrize(
    ("granted", "told"),
    [
        ([None], ["before any choice"]),
        ([None, [], ["functionality"]], ["before any choice", "all refused"]),
        ([["analytics"]], ["analytics allowed"]),
        ([["analytics"], ["analytics", "social"]], ["analytics allowed (2 combinations)"]),
        ([[], ["analytics"], ["social"]], ["all refused", "something allowed (2 combinations)"]),
    ],
)
def test_a_row_groups_choices_by_the_categories_that_they_share(
    granted: list[list[str] | None], told: list[str]
) -> None:
    steps = [step(granted=one, items=[item("_ga")]) for one in granted]

    (row,) = rows(run(scenario(steps=steps)))

    assert row.choices_in_words == told


def test_a_category_of_the_sites_own_is_declared_and_has_the_policys_name(tmp_path: Path) -> None:
    own = item("taste", category="personalisation")
    made = run(scenario("passed", "P10", steps=[step(items=[own, item("x", category="no key <b>")])]))
    found = rows(made)
    assert [(row.name, row.category, row.declared) for row in found] == [
        ("x", "undeclared", False),
        ("taste", "personalisation", True),
    ]
    write_report({**made, "categories": {"personalisation": "Made for <you>"}}, tmp_path)
    page = (tmp_path / "inventory.html").read_text("utf-8")
    assert '<span class="category c-personalisation">Made for &lt;you&gt;</span>' in page
