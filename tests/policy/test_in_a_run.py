"""A policy file in a run: a wrong one ends it before it begins; without a register its scenarios are skipped."""

from __future__ import annotations

from pathlib import Path

from consentinel.policy.load import load_policy
from consentinel.report.exit_codes import DRIFT
from consentinel.site.load import PROFILES
from consentinel.visitor.errors import MissingPolicy
from tests.calls import call

RUN = ("pytest", "features/register.feature", "--no-pictures", "--no-evidence")


def test_a_policy_file_that_cannot_be_used_ends_the_run_with_4(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text('[[register]]\nitem = "*"\n', encoding="utf-8")
    done = call(*RUN, "--report", str(tmp_path / "report"), "--policy", str(file), limit=180.0)
    assert done.returncode == 4, done.stdout
    assert 'shop.toml: register[0].item = "*": names every item' in done.stdout + done.stderr


def test_a_promise_that_is_not_known_ends_the_run_with_4(tmp_path: Path) -> None:
    text = (PROFILES.parent.parent / "reference_site" / "policy.toml").read_text(encoding="utf-8")
    file = tmp_path / "shop.toml"
    file.write_text(text.replace('"P01"', '"P91"'), encoding="utf-8")
    done = call(*RUN, "--report", str(tmp_path / "report"), "--policy", str(file), limit=180.0)
    assert done.returncode == 4, done.stdout
    assert "promises P91, which is not known" in done.stdout + done.stderr


def test_without_a_register_its_scenarios_are_skipped_and_say_so(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    source = f'url = "https://www.shop.example/"\ndate = 2026-03-31\nsha256 = "{"0" * 64}"\n'
    file.write_text(f"[source]\n{source}", encoding="utf-8")
    done = call(*RUN, "--report", str(tmp_path / "report"), "--policy", str(file), limit=180.0)
    assert "the policy file has no [[register]]; adding it would enable this scenario" in done.stdout
    assert "6 skipped" in done.stdout
    assert done.returncode == 5, "a run that has skipped each scenario has judged nothing"


def test_a_changed_policy_is_drift_and_is_told_in_the_report(tmp_path: Path) -> None:
    text = (PROFILES.parent.parent / "reference_site" / "policy.toml").read_text(encoding="utf-8")
    first = load_policy(PROFILES.parent.parent / "reference_site" / "policy.toml").sentence[0]
    file = tmp_path / "shop.toml"
    file.write_text(text.replace(first.fingerprint, "0" * 16), encoding="utf-8")
    run = ("pytest", "features/policy_page.feature", "-k", "announced", "--no-pictures", "--no-evidence")
    done = call(*run, "--report", str(tmp_path / "report"), "--policy", str(file), limit=180.0)
    assert f"The policy has changed sentence {first.id}, which promised nothing" in done.stdout
    assert done.returncode == DRIFT
    assert "Changed since" in (tmp_path / "report" / "policy.html").read_text(encoding="utf-8")


def test_a_site_without_a_policy_file_says_so() -> None:
    assert str(MissingPolicy("policy")).startswith("no policy file goes with this site; adding it would enable")
