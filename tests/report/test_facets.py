"""What the lists of scenarios and causes can be narrowed to, and that every row says what it has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from consentinel.report.facets import facets, of_cause, of_scenarios
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario

ODD = "odd host\" onmouseover='x'"


def found(host: str, writer: str = "https://cdn.example/app.js:3", **changed: Any) -> dict[str, Any]:
    item = {"kind": "cookie", "name": "a", "host": host}
    return {"findings": [finding(item=item, written_by=writer, **changed)]}


def test_a_scenario_is_found_by_all_that_was_found_in_it() -> None:
    values = of_scenarios([scenario("failed", "P10", **found("ads.example", category=""))])
    assert {key: [*value] for key, value in values.items()} == {
        "promise": ["P10", "P24"],
        "category": ["undeclared"],
        "host": ["ads.example"],
        "writer": ["cdn.example/app.js"],
    }


def test_a_row_has_tokens_of_what_can_be_chosen_and_nothing_else() -> None:
    rows = [of_scenarios([scenario("failed", "P24", **found(host))]) for host in (ODD, "ads.example")]
    made = facets(rows)
    (key, label, choices) = made.choices[0]
    assert (key, label, [value for _, value in choices]) == ("host", "Host", ["ads.example", ODD])
    assert made.of(rows[0]) == {"promise": "p0", "category": "c0", "host": "h1", "writer": "w0"}
    assert facets([]).choices == []


def test_a_cause_is_found_by_each_of_its_writers() -> None:
    made = run(scenario("failed", "P24", **found("ads.example", "https://a.example/x.js:1")))
    assert [*of_cause(made["causes"][0])["writer"]] == ["a.example/x.js"]


def test_each_choice_of_the_pages_has_a_row_that_it_shows(tmp_path: Path) -> None:
    hosts = (ODD, "ads.example", "two.example", "three.example")
    played = [scenario("failed", "P24", id=f"s{n}", line=n, **found(host)) for n, host in enumerate(hosts)]
    write_report(run(*played, scenario("passed", "P10", id="held")), tmp_path)
    for name, choices in (("scenarios.html", {"promise", "host"}), ("index.html", {"host"})):
        page = BeautifulSoup((tmp_path / name).read_text("utf-8"), "html.parser")
        selects = {str(one["data-choose"]): one for one in page.select("select[data-choose]")}
        assert choices <= set(selects), name
        for key in choices:
            tokens = [str(option["value"]) for option in selects[key].select("option") if option["value"]]
            rows = [str(row.get(f"data-{key}", "")).split() for row in page.select("[data-row]")]
            assert tokens
            assert all(any(token in row for row in rows) for token in tokens), (name, key)
        assert not page.select("[onmouseover]")
