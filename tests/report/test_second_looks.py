"""Scenarios that were begun anew, and scenarios that did not say the same each time: who reads the report sees both."""

from __future__ import annotations

from pathlib import Path

from consentinel.report.schema import RunData
from consentinel.report.summary import markdown
from consentinel.report.writer import write_report
from tests.report.builders import (
    finding,
    item,
    run,
    scenario,
    step,
)
from tools.report_demo.files import write_files
from tools.report_demo.invented import invented


def _unstable() -> RunData:
    steps = [step("a new visitor"), step("they read", keyword="When", items=[item("_ga")])]
    first = scenario("passed", "P24", id="a-chromium")
    second = scenario("failed", "P24", id="a-chromium-r2", repetition=2, steps=steps, findings=[finding()])
    return run(first, second, scenario("passed", "P10", id="b-chromium", scenario="Another"))


def test_runs_that_disagree_stand_side_by_side(tmp_path: Path) -> None:
    write_report(_unstable(), tmp_path)

    page = (tmp_path / "unstable.html").read_text("utf-8")
    told = "ran 2 times in Chromium: 1 held, 1 broken."
    assert told in page
    assert page.count('class="beside"') == 2
    assert 'href="scenarios/a-chromium-r2.html"' in page
    for name in ("index.html", "scenarios/a-chromium.html", "scenarios/a-chromium-r2.html"):
        text = (tmp_path / name).read_text("utf-8")
        assert told in text, name
        assert "unstable.html#a-chromium" in text, name
    other = (tmp_path / "scenarios" / "b-chromium.html").read_text("utf-8")
    assert "This scenario is unstable" not in other
    assert "### Second looks" in markdown(_unstable())


def test_both_timelines_have_one_scale(tmp_path: Path) -> None:
    made = invented(12, "nightly")
    write_files(made, tmp_path)
    write_report(made, tmp_path)

    page = (tmp_path / "unstable.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert page.count(">5 s</text>") == 2


def test_a_run_without_disagreement_has_no_such_page(tmp_path: Path) -> None:
    write_report(_unstable(), tmp_path)
    first = write_report(run(scenario("passed", "P24")), tmp_path)

    assert not (tmp_path / "unstable.html").exists()
    assert "nstable" not in first.read_text("utf-8")
    assert "Second looks" not in markdown(run(scenario("passed", "P24")))


def test_a_scenario_that_was_begun_anew_says_so(tmp_path: Path) -> None:
    again = scenario("passed", "P24", id="again", attempts=2)
    made = run(again, scenario("passed", "P24", id="once"))
    first = write_report(made, tmp_path).read_text("utf-8")

    assert "1 scenario had to be begun anew, because the Grid lost the browser" in first
    assert first.count('href="scenarios/again.html"') == first.count('href="scenarios/once.html"') + 1
    assert "This is attempt 2." in (tmp_path / "scenarios" / "again.html").read_text("utf-8")
    assert "attempt" not in (tmp_path / "scenarios" / "once.html").read_text("utf-8")
    assert "- 1 scenario had to be begun anew" in markdown(made)
