"""The manifest of a run lists all that the run left in the report's folder, whichever plugin wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentinel.report import exit_codes
from consentinel.report.manifest import NAME, compare, read_manifest
from consentinel.report.writer import write_report
from tests.pytest_plugin.test_errors import TESTS, played
from tests.report.builders import run, scenario


@pytest.mark.process
def test_the_results_for_allure_and_junit_are_in_the_manifest(tmp_path: Path) -> None:
    report = tmp_path / "report"
    code, _, printed = played(tmp_path, {"passes": TESTS["passes"]}, "--junitxml", str(report / "junit.xml"))
    assert code == exit_codes.KEPT, printed

    manifest = read_manifest(report)
    assert compare(report, manifest).added == ()
    assert not compare(report, manifest).is_tampered
    listed = {entry["path"] for entry in manifest["files"]}
    assert {"run.json", "index.html", "scenarios.jsonl", "junit.xml"} <= listed
    assert any(path.startswith("allure/") for path in listed)


def test_a_run_that_has_only_begun_has_no_manifest(tmp_path: Path) -> None:
    write_report(run(scenario("passed", "P24")), tmp_path)
    assert (tmp_path / NAME).exists()

    write_report(run(scenario("passed", "P24")), tmp_path, with_manifest=False)
    assert not (tmp_path / NAME).exists()
