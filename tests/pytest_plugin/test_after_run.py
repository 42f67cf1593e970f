"""A history that goes during the run: told, and no code that could be taken for a verdict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consentinel.pytest_plugin.after_run import follow_up
from consentinel.pytest_plugin.options import Settings, settings_of
from consentinel.report import exit_codes
from tests.history.builders import item, run, scenario, step
from tests.policy.builders import policy_of

pytest_plugins = ["pytester"]


@pytest.fixture
def settings(pytester: pytest.Pytester, tmp_path: Path) -> Settings:
    given = settings_of(pytester.parseconfig("-p", "consentinel.pytest_plugin.options"))
    return replace(given, history=tmp_path / "history.sqlite", baseline=True)


@pytest.mark.parametrize(
    ("outcome", "code"), [("passed", exit_codes.SETUP_FAILED), ("failed", exit_codes.BROKEN)], ids=str
)
def test_a_history_that_cannot_be_used_is_no_verdict(settings: Settings, outcome: str, code: int) -> None:
    assert settings.history is not None
    settings.history.write_bytes(b"not a database" * 100)
    told = run(scenario("one", outcome=outcome))
    after_run = follow_up(told, settings, partial=False)
    assert "the history cannot be used" in after_run.lines[0]
    assert after_run.code(told, settings) == code


def test_with_its_history_a_run_that_kept_all_says_so(settings: Settings) -> None:
    told = run(scenario("one"))
    assert follow_up(told, settings, partial=False).code(told, settings) == exit_codes.KEPT


def test_a_row_that_three_runs_have_looked_for_in_vain_is_drift_without_a_baseline(settings: Settings) -> None:
    row = {"item": "_old_*", "kind": "cookie", "pages": ["/articles/*"], "confirmed": True}
    policy = policy_of("We list it.", register=[row])
    settings, codes = replace(settings, baseline=False), []
    for _ in range(3):
        told = run(scenario("one", step(item("/articles/one", kind="request", change="sent"))))
        after_run = follow_up(told, settings, partial=False, policy=policy)
        codes.append(after_run.code(told, settings))
    assert codes == [exit_codes.KEPT, exit_codes.KEPT, exit_codes.DRIFT]
    assert any('lists "_old_*", and nobody has seen it' in line for line in after_run.lines)
    assert told["scenarios"][0]["findings"][0]["item"]["kind"] == "register"
