"""The page of a fleet: every site, what turned, and nothing that a stranger wrote at work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from consentinel.fleet.page import (
    SiteTurned,
    Turned,
    by_site,
    columns,
    sentence,
    share_undecided,
    turned,
    write_page,
)
from consentinel.fleet.result import Result, read, result_of, write
from consentinel.report.writer import ReportError
from tests.fleet.builders import broken, kept, undecided

HOSTILE = "<script>document.title='ran'</script>\u202e\x1b[31m"


def named(*results: Result) -> dict[str, Result]:
    return {result["name"]: result for result in results}


def test_every_site_has_a_row_also_one_that_was_not_played(tmp_path: Path) -> None:
    results = named(kept("a"), broken("b"))
    page = BeautifulSoup(write_page(tmp_path, ["a", "b", "c"], results, {}).read_text("utf-8"), "html.parser")
    rows = {row.th.get_text(" ", strip=True).split()[0]: row for row in page.select("#fleet tbody tr")}  # type: ignore[union-attr]
    assert list(rows) == ["a", "b", "c"]
    assert rows["b"].select_one("a[href='sites/b/index.html#P24']").get_text() == "✘ P24 broken"  # type: ignore[union-attr]
    assert "not played" in rows["c"].get_text()
    assert {column.id for column in columns(results.values())} == {"P10", "P24"}
    assert json.loads((tmp_path / "fleet.json").read_bytes())["exit_code"] == 1
    assert (tmp_path / "static/report.css").exists()


def test_each_link_of_a_cause_leads_to_its_anchor_in_the_sites_report(tmp_path: Path) -> None:
    result = broken("b")
    page = write_page(tmp_path, ["b"], named(result), {}).read_text("utf-8")
    assert f'href="sites/b/index.html#cause-{result["causes"][0]["id"]}"' in page


def test_what_turned_is_named_and_what_was_not_tested_does_not_count() -> None:
    before = named(kept("a", started=1000.0), broken("b"))
    assert turned([broken("a"), broken("b")], before) == [
        Turned("a", "", "kept", "broken", 1000.0),
        Turned("a", "P24", "kept", "broken", 1000.0),
    ]
    assert turned([kept("new")], before) == []


def test_what_turned_is_told_site_by_site_and_each_change_once(tmp_path: Path) -> None:
    before, now = named(kept("a", started=1000.0), broken("b")), named(broken("a"), broken("b"))
    assert by_site(turned(now.values(), before)) == [
        SiteTurned("a", 1000.0, Turned("a", "", "kept", "broken", 1000.0), {("kept", "broken"): ["P24"]})
    ]
    page = BeautifulSoup(write_page(tmp_path, ["a", "b"], now, before).read_text("utf-8"), "html.parser")
    (line,) = page.select("#turned ~ ul li")
    assert line.get_text(" ", strip=True) == (
        "a , since 1 January 1970: the run ended kept then, broken now. kept then, broken now: P24"
    )
    assert page.select_one(".columns").get_text(" ", strip=True).endswith("P24 Social can be refused")  # type: ignore[union-attr]


def test_the_verdict_names_each_ending_and_the_share_is_of_what_was_tested() -> None:
    results = named(kept("a"), broken("b"), undecided("c", "it could not be seen"))
    results["d"] = result_of("d", code=4, ended="wrong profile", started=1.0, seconds=0)
    assert (
        sentence(["a", "b", "c", "d", "e"], results) == "5 sites: 1 broken, 1 wrong profile, 2 kept and 1 not played."
    )
    assert share_undecided(results.values()) == pytest.approx(1 / 5)
    assert share_undecided([]) == 0


def test_what_strangers_wrote_is_text(tmp_path: Path) -> None:
    result = result_of("a", code=4, ended="set-up failed", started=1.0, seconds=0, problem=HOSTILE)
    page = write_page(tmp_path, ["a"], named({**result, "site": HOSTILE, "base_url": HOSTILE}), {}).read_text("utf-8")
    assert "<script>document" not in page
    assert "\u202e" not in page


def test_a_result_is_read_back_and_anything_else_is_none(tmp_path: Path) -> None:
    file = tmp_path / "results" / "a.json"
    write(broken("a"), file)
    assert read(file) == broken("a")
    file.write_text("{}", encoding="ascii")
    assert read(file) is None
    assert read(tmp_path / "none.json") is None


def test_a_page_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(ReportError, match="could not be written"):
        write_page(tmp_path / "file", ["a"], {}, {})
