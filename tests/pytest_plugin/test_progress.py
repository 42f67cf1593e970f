"""What the terminal counts a scenario as, and what it leaves to the sentences at the end."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consentinel.pytest_plugin.progress import Progress, mark_inconclusive


def _progress(*, verbose: int = 0) -> Progress:
    plugins = SimpleNamespace(get_plugin=lambda name: None)
    return Progress(cast("pytest.Config", SimpleNamespace(pluginmanager=plugins, get_verbosity=lambda: verbose)))


def _report(outcome: Any, longrepr: Any, nodeid: str = "features/a.feature::test_a[chromium]") -> pytest.TestReport:
    return pytest.TestReport(nodeid, ("a", 1, "a"), {}, outcome, longrepr, "call")


def _inconclusive() -> pytest.TestReport:
    report = _report("passed", None)
    mark_inconclusive(report, "a", 1, "why")
    assert report.longrepr == ("a", 1, "could not tell: why")
    return report


def _from_worker(report: pytest.TestReport) -> pytest.TestReport:
    """The report as pytest-xdist hands it to the controller."""
    data = json.loads(json.dumps(report._to_json()))
    return pytest.TestReport._from_json(data)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (_report("passed", None), ("passed", ".", "")),
        (_report("failed", "P24 does not hold"), ("broken", "F", "")),
        (_report("failed", RuntimeError("something went wrong")), ("error", "E", "")),
        (_inconclusive(), ("inconclusive", "?", "")),
        (_from_worker(_inconclusive()), ("inconclusive", "?", "")),
        (_report("skipped", ("a", 1, "not allowed")), ("skipped", "s", "")),
        (_report("skipped", ("a", 1, "a page says “could not tell: why”")), ("skipped", "s", "")),
        (_report("failed", "an ordinary test", "tests/test_a.py::test_a"), None),
    ],
)
def test_a_broken_promise_is_told_once_and_a_fault_of_the_harness_with_its_traceback(
    report: pytest.TestReport, told: tuple[str, str, str] | None
) -> None:
    assert _progress().pytest_report_teststatus(report) == told


def test_a_sentence_takes_the_place_of_the_letter() -> None:
    assert _progress(verbose=1).pytest_report_teststatus(_report("failed", "P24")) == ("broken", "", "")
