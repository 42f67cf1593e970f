"""Rules beyond the policy are told apart from promises, everywhere."""

from __future__ import annotations

from pathlib import Path

from consentinel.report.one_line import brief
from consentinel.report.pack_schema import CitationData, PromiseData
from consentinel.report.schema import RunData, ScenarioData
from consentinel.report.summary import markdown, sentence
from consentinel.report.terminal import promise_table
from consentinel.report.webhook import summary
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario

LAW = "ePrivacy Directive, article 5(3)"
RULES: list[PromiseData] = [
    {"id": "R-PRIOR", "title": "Nothing before a choice", "not_provable": "", "source": LAW},
    {"id": "R-EASY", "title": "Refusing is as easy", "not_provable": "", "source": "CNIL"},
]


def ruled(*scenarios: ScenarioData) -> RunData:
    made = run(*scenarios)
    return {**made, "promises": [*made["promises"], *RULES]}


BROKEN = scenario("failed", "R-PRIOR", findings=[finding("R-PRIOR")])
KEPT = scenario("passed", "P10", id="kept")


def test_a_broken_rule_breaks_no_promise() -> None:
    assert sentence(ruled(BROKEN, KEPT)) == (
        "Bluebird broke the one rule beyond the policy that was tested in Chromium: R-PRIOR; 1 cause is behind it, "
        "the one promise that was tested was kept (P10), 1 cannot be proved by a browser and 1 was not run."
    )


def test_a_broken_rule_leads_where_promises_could_not_be_decided() -> None:
    unsure = scenario("inconclusive", "P24", id="unsure", reason="Not observable.")
    assert sentence(ruled(BROKEN, KEPT, unsure)) == (
        "Bluebird broke the one rule beyond the policy that was tested in Chromium: R-PRIOR; 1 cause is behind it, "
        "1 of the 2 promises that were tested was kept, 1 promise could not be decided (P24) "
        "and 1 cannot be proved by a browser."
    )


def test_a_broken_promise_leads_before_a_broken_rule() -> None:
    told = sentence(ruled(BROKEN, scenario("failed", "P10", id="broken", findings=[finding("P10")])))
    assert told.startswith("Bluebird broke the one promise that was tested in Chromium: P10;")
    assert "1 of 1 rule beyond the policy is broken (R-PRIOR)" in told


def test_where_rules_alone_were_tested_the_verdict_is_theirs() -> None:
    assert sentence(ruled(BROKEN)) == (
        "Bluebird broke the one rule beyond the policy that was tested in Chromium: R-PRIOR; "
        "1 cause is behind it, 1 cannot be proved by a browser and 2 were not run."
    )
    both = sentence(ruled(scenario("passed", "R-PRIOR"), scenario("passed", "R-EASY", id="easy")))
    assert both.startswith("Bluebird kept all 2 rules beyond the policy that were tested in Chromium;")
    unsure = sentence(ruled(scenario("inconclusive", "R-EASY", reason="Not observable.")))
    assert unsure.startswith("The one rule beyond the policy that was tested on Bluebird could not be decided in Chrom")


def test_rules_that_hold_are_not_counted_among_the_promises() -> None:
    told = sentence(ruled(scenario("passed", "R-EASY"), KEPT))
    assert told.startswith("Bluebird kept the one promise that was tested in Chromium: P10;")
    assert "rule" not in told


def test_the_terminal_names_the_source_of_a_rule_that_does_not_hold_alone() -> None:
    assert LAW not in promise_table(ruled(scenario("passed", "R-PRIOR")))


def test_the_terminal_has_a_table_of_rules_with_their_sources() -> None:
    promised, _, rules = promise_table(ruled(BROKEN, KEPT)).partition("Rule ")
    assert "R-PRIOR" not in promised
    assert "R-PRIOR   broken" in rules
    assert LAW in rules
    assert "Rule " not in promise_table(ruled(KEPT))


def test_the_lines_of_a_run_begin_with_the_verdict() -> None:
    assert [*brief(ruled(KEPT), None)] == ["Bluebird kept the one promise that was tested in Chromium: P10."]


def test_the_summaries_tell_them_apart() -> None:
    made = ruled(BROKEN, KEPT)
    text = markdown(made)
    assert "### Broken" not in text
    assert "### Rules beyond the policy: broken" in text
    assert LAW[:8] in text
    assert [line for line in brief(made, None) if "broken" in line] == ["Rule R-PRIOR broken: Nothing before a choice"]
    sent = summary(made, None, 1)
    assert sent["rules"] == {"R-PRIOR": "broken", "R-EASY": "not run"}
    assert "R-PRIOR" not in sent["promises"]


def test_the_report_has_a_section_of_rules(tmp_path: Path) -> None:
    page = write_report(ruled(BROKEN, KEPT), tmp_path).read_text("utf-8")
    before, _, after = page.partition('<h2 id="rules">')
    assert 'id="R-PRIOR"' not in before
    assert 'id="R-PRIOR"' in after
    assert LAW in after
    assert '<h2 id="broken">' not in page


def cited(rule: str, source: str) -> CitationData:
    return {
        "rule": rule,
        "source": source,
        "paragraph": "paragraph 34",
        "date": "2020-09-17",
        "status": "recommendation",
        "number": "as many clicks",
        "number_of": "ours",
    }


def test_each_pack_has_a_block_with_its_sources_and_says_where_it_contradicts(tmp_path: Path) -> None:
    made: RunData = {
        **ruled(BROKEN, KEPT),
        "packs": [
            {
                "name": "cnil",
                "title": "France",
                "citations": [cited("R-PRIOR", "A French act")],
                "contradictions": ["It allows more."],
            },
            {
                "name": "eu",
                "title": "The Union",
                "citations": [cited("R-PRIOR", LAW), cited("R-EASY", "EDPB")],
                "contradictions": [],
            },
            {"name": "wcag", "title": "WCAG", "citations": [cited("R-KEYBOARD", "W3C")], "contradictions": []},
        ],
    }
    page = write_report(made, tmp_path).read_text("utf-8")
    french, _, union = page.partition(">France")[2].partition(">The Union")
    source = "A French act, paragraph 34, 2020-09-17, a recommendation, held to as many clicks (our number)"
    assert source in french
    assert "It allows more." in french
    assert 'id="R-PRIOR"' in french
    assert LAW in union
    assert 'id="R-PRIOR"' not in union
    assert 'id="R-EASY"' in union
    assert ">WCAG" not in page
