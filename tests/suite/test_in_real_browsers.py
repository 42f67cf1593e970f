"""The whole chain, from command line to report, in real browsers: a clean site is not accused, a broken one is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from consentinel.report.schema import json_schema
from tests.calls import call

LIMIT_S = 300


def run(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = call("pytest", "-q", "-p", "no:cacheprovider", "--report", str(folder), *arguments, limit=LIMIT_S)
    record = folder / "run.json"
    assert record.exists(), done.stdout[-2000:] + done.stderr[-2000:]
    return done.returncode, json.loads(record.read_text(encoding="ascii"))


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_a_clean_site_is_not_accused(tmp_path: Path, browser: str) -> None:
    features = ("features/first_visit.feature", "features/forgetting.feature")
    code, told = run(
        tmp_path, *features, "-k", "asks_before or waiting or (closed_and_opened and refusing)", "--browser", browser
    )
    outcomes = {one["scenario"]: (one["outcome"], one["reason"]) for one in told["scenarios"]}
    assert set(outcomes.values()) == {("passed", "")}, outcomes
    assert code == 0
    jsonschema.validate(told, json_schema())
    assert (tmp_path / "index.html").exists()
    hosts = {item["host"] for one in told["scenarios"] for step in one["steps"] for item in step["items"]}
    assert {host for host in hosts if not host.endswith(".localhost")} == set(), "what no site has asked for"


BROKEN = [
    ("analytics-before-choice", "features/first_visit.feature", "asks_before", "_ga"),
    ("switch-unlocked", "features/preferences.feature", "switch_is_locked_on", "functionality"),
]


@pytest.mark.proof
@pytest.mark.parametrize(("defect", "feature", "scenario", "item"), BROKEN)
def test_a_broken_site_is_accused_by_name(tmp_path: Path, defect: str, feature: str, scenario: str, item: str) -> None:
    code, told = run(tmp_path, feature, "-k", scenario, "--base-url", f"https://{defect}.harbour.localhost")
    findings = [finding for one in told["scenarios"] for finding in one["findings"]]
    assert code == 1
    assert item in {finding["item"]["name"] for finding in findings}
    assert all(finding["sentence"] and finding["moment"] for finding in findings)
