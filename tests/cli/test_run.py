"""Which feature files `consentinel run` plays for what its command line names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from consentinel.cli.run import command
from consentinel.report.exit_codes import NOTHING_RAN, SETUP_FAILED
from consentinel.shipped import FEATURES


@pytest.mark.parametrize(
    ("named", "played"),
    [
        ("social.feature", FEATURES / "social.feature"),
        ("wcag.feature", FEATURES / "rules" / "wcag.feature"),
        ("rules/eu.feature", FEATURES / "rules" / "eu.feature"),
    ],
)
def test_a_shipped_feature_is_named_with_or_without_its_folder(named: str, played: object) -> None:
    assert command([named])[-1] == str(played)
    assert command([f"{named}::test_one"])[-1] == f"{played}::test_one"


def test_a_file_that_is_not_shipped_stays_as_it_is_named() -> None:
    assert command(["none.feature"])[-1] == "none.feature"


@pytest.mark.process
def test_each_scenario_has_an_id_of_its_own_in_whatever_folder_the_command_is_given(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "consentinel", "run", "--collect-only", "-q", "-k", "same_holds_on_a_subdomain"]
    done = subprocess.run(
        [*asked, "first_visit.feature", "social.feature"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[0] == "first_visit.feature::test_the_same_holds_on_a_subdomain[chromium]", (
        done.stdout
    )


@pytest.mark.process
@pytest.mark.parametrize(
    "asked",
    [["--report", "reports"], ["--history", "reports/history.sqlite"], ["--report=reports", "-p", "no:randomly"]],
)
def test_a_folder_that_is_the_value_of_an_option_names_no_features(tmp_path: Path, asked: list[str]) -> None:
    (tmp_path / "reports").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "consentinel", "run", "--collect-only", "-q", "-k", "same_holds_on_a_subdomain", *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "test_the_same_holds_on_a_subdomain[chromium]" in done.stdout, done.stdout + done.stderr


@pytest.mark.process
def test_a_wrong_option_is_said_in_the_name_of_this_command(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "consentinel", "run", "--nonsense"]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == SETUP_FAILED
    assert "consentinel run: error: unrecognized arguments: --nonsense" in done.stderr
    assert "pytest.main" not in done.stderr


@pytest.mark.process
def test_words_that_select_no_scenario_are_said_to(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "consentinel", "run", "-q", "-k", "nonsense", "--report", str(tmp_path / "report")]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == NOTHING_RAN
    assert "No scenario was selected: look at -m, -k and the names of the feature files." in done.stdout
