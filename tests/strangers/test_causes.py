"""One undeclared cookie of a site that nobody here wrote is one cause, from the browser to the report."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from consentinel.report.reader import read_run
from consentinel.report.schema import RunData
from tests.calls import call
from tests.strangers.causes_sites import HOST, profile, shop

FEATURES = ("features/first_visit.feature", "features/rules/eu.feature")
SCENARIOS = "asks_before or Scrolling-scroll or one_click or server_itself"

pytestmark = pytest.mark.browser


def judged(port: int, folder: Path, *needed: str) -> tuple[int, str, RunData]:
    """Exit code, output and record of a few features against the shop."""
    done = call(
        *("pytest", *FEATURES, "-k", SCENARIOS, "-q", "-p", "no:cacheprovider"),
        *("--site", str(profile(port, folder, *needed)), "--report", str(folder / "report")),
        *("--no-pictures", "--no-evidence", "--junitxml", str(folder / "junit.xml")),
        limit=240.0,
    )
    return done.returncode, done.stdout + done.stderr, read_run(folder / "report" / "run.json")


def test_one_undeclared_cookie_is_one_cause_and_the_run_is_broken(tmp_path: Path) -> None:
    with shop(counts=False) as port:
        code, printed, run = judged(port, tmp_path, "choice")

    (cause,) = run["causes"]
    broken = [one for one in run["scenarios"] if one["outcome"] == "failed"]
    assert code == 1, printed
    assert len(broken) >= 3, printed
    assert {one["id"] for one in broken} == set(cause["scenarios"])
    assert (cause["undeclared"], cause["item"]) == (True, {"kind": "cookie", "name": "csrftoken", "host": HOST})
    assert "1 cause breaks" in printed
    assert " ".join(printed.split()).count("is in no category of the policy: stored before a choice") == 1
    assert "The site asks before it does anything else (Chromium): cause 1 only" in printed
    properties = ElementTree.parse(tmp_path / "junit.xml").findall(".//testcase/properties/property[@name='cause']")
    assert [one.get("value") for one in properties] == [cause["id"]] * len(broken)
    assert f'id="cause-{cause["id"]}"' in (tmp_path / "report" / "index.html").read_text("utf-8")


def test_a_breach_beside_it_is_a_cause_of_its_own_and_comes_first(tmp_path: Path) -> None:
    with shop(counts=True) as port:
        code, printed, run = judged(port, tmp_path, "choice")

    assert code == 1, printed
    assert [(one["item"]["name"], one["undeclared"]) for one in run["causes"]] == [
        ("_count", False),
        ("csrftoken", True),
    ], printed
    assert printed.index("Known, and not allowed") < printed.index("In no category of the policy")


def test_the_same_cookie_declared_is_no_cause_at_all(tmp_path: Path) -> None:
    with shop(counts=False) as port:
        code, printed, run = judged(port, tmp_path, "choice", "csrftoken")

    assert run["causes"] == [], printed
    assert code == 0, printed
