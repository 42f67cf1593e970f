"""A policy file in a run: a wrong one ends it before anything is judged; without one its scenarios are skipped."""

from __future__ import annotations

from pathlib import Path

from tests.calls import call

RUN = ("pytest", "features/register.feature", "--no-pictures", "--no-evidence")


def test_a_policy_file_that_cannot_be_used_ends_the_run_with_4(tmp_path: Path) -> None:
    file = tmp_path / "shop.toml"
    file.write_text('[[register]]\nitem = "*"\n', encoding="utf-8")
    done = call(*RUN, "--report", str(tmp_path / "report"), "--policy", str(file), limit=180.0)
    assert done.returncode == 4, done.stdout
    assert 'shop.toml: register[0].item = "*": names every item' in done.stdout + done.stderr


def test_without_a_policy_file_its_scenarios_are_skipped_and_say_so(tmp_path: Path) -> None:
    done = call(*RUN, "--report", str(tmp_path / "report"), limit=180.0)
    assert "no policy file goes with this site; adding it would enable this scenario" in done.stdout
    assert "2 skipped" in done.stdout
    assert done.returncode == 5, "a run that has skipped each scenario has judged nothing"
