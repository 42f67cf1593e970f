"""SARIF, GitHub annotations and GitLab code quality."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from consentinel.report.annotations import github, gitlab
from consentinel.report.sarif import sarif
from consentinel.report.schema import RunData
from consentinel.report.writer import write_report
from tests.report.builders import finding, run, scenario


def broken() -> RunData:
    return run(
        scenario("failed", "P24", findings=[finding()]),
        scenario("failed", "P10", id="other", line=30, findings=[finding("P10")]),
        scenario("inconclusive", "P08", id="doubt", line=40, reason="the proxy did not answer"),
        scenario("passed", "P08", id="kept"),
    )


def test_a_result_names_rule_line_and_cause() -> None:
    log = sarif(broken())
    (only,) = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert rules == ["P08", "P10", "P24"]
    found = {result["ruleId"]: result for result in only["results"]}
    assert set(found) == {"P10", "P24"}
    for promise, line in (("P24", 12), ("P10", 30)):
        (place,) = found[promise]["locations"]
        assert place["physicalLocation"] == {
            "artifactLocation": {"uri": "features/social.feature"},
            "region": {"startLine": line},
        }
        assert rules[found[promise]["ruleIndex"]] == promise


def test_the_fingerprint_is_the_same_in_the_next_run_and_another_for_another_cause() -> None:
    def prints(log: dict[str, Any]) -> set[str]:
        return {json.dumps(one["partialFingerprints"]) for one in log["runs"][0]["results"]}

    later = broken()
    later["started"] += 86_400
    assert prints(sarif(broken())) == prints(sarif(later))
    other = run(scenario("failed", "P24", findings=[finding(written_by="https://other.localhost/x.js:1")]))
    assert not prints(sarif(other)) & prints(sarif(broken()))


def test_an_inconclusive_scenario_is_a_notification_and_no_result() -> None:
    (only,) = sarif(broken())["runs"]
    (notification,) = only["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "warning"
    assert "the proxy did not answer" in notification["message"]["text"]
    assert sarif(run(scenario("passed", "P24")))["runs"][0]["results"] == []


def test_github_gets_one_command_for_each_cause_and_reason() -> None:
    lines = list(github(broken()))
    assert lines == [
        "::error file=features/social.feature,line=12,title=P10%2C P24::The social network set nb_uid after a refusal.",
        "::warning file=features/social.feature,line=40,title=Could not tell"
        "::A refusal holds: the proxy did not answer",
    ]


def test_a_strangers_text_begins_no_command_of_its_own() -> None:
    hostile = finding(sentence="one\n::set-output name=x::y\r\n::error::z", rule="a,b::c")
    for line in github(run(scenario("failed", findings=[hostile]))):
        assert "\n" not in line
        assert "\r" not in line
        assert line.startswith("::error file=features/social.feature,line=12,title=")


def test_gitlab_gets_one_entry_for_each_cause() -> None:
    (entry,) = gitlab(broken())
    assert entry["location"] == {"path": "features/social.feature", "lines": {"begin": 12}}
    assert entry["severity"] == "major"
    assert entry["fingerprint"] == broken()["causes"][0]["id"]


def test_the_report_holds_both(tmp_path: Path) -> None:
    write_report(broken(), tmp_path)
    assert json.loads((tmp_path / "results.sarif").read_bytes())["version"] == "2.1.0"
    assert len(json.loads((tmp_path / "code-quality.json").read_bytes())) == 1
