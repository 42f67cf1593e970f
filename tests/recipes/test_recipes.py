"""The recipes: well-formed, and the cron script does what it says, against a stand-in for the run itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from consentinel.report.history import Store
from consentinel.report.schema import RunData
from tests.history.builders import (
    finding,
    item,
    run,
    run_with,
    scenario,
)

ROOT = Path(__file__).parents[2]


def parsed(name: str) -> dict[str, Any]:
    content: dict[str, Any] = YAML(typ="safe", pure=True).load((ROOT / name).read_text(encoding="utf-8"))
    return content


def test_github_actions_runs_each_browser_and_keeps_what_it_made() -> None:
    workflow = parsed("docs/recipes/github-actions.yml")
    job = workflow["jobs"]["consent"]
    assert "schedule" in workflow["on"]
    assert job["strategy"]["matrix"]["browser"] == ["chromium", "firefox"]
    uses = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all("@v" in action for action in uses)
    assert any(action.startswith("actions/upload-artifact") for action in uses)


def test_gitlab_runs_each_browser_and_warns_when_it_could_not_tell() -> None:
    job = parsed("docs/recipes/gitlab-ci.yml")["consent"]
    assert job["parallel"]["matrix"] == [{"BROWSER": ["chromium", "firefox"]}]
    assert job["allow_failure"]["exit_codes"] == [10]
    assert job["artifacts"]["when"] == "always"


def test_what_the_recipes_install_is_what_the_harness_runs_on() -> None:
    install = next(
        step
        for step in parsed("docs/recipes/github-actions.yml")["jobs"]["consent"]["steps"]
        if step.get("name") == "Install"
    )
    assert install["run"] == "python -m pip install consentinel"
    assert parsed("docs/recipes/gitlab-ci.yml")["consent"]["before_script"][-1] == install["run"]


def github_command() -> str:
    steps = parsed("docs/recipes/github-actions.yml")["jobs"]["consent"]["steps"]
    command: str = next(step["run"] for step in steps if step.get("name") == "Run the policy")
    return command.replace("${{ matrix.browser }}", "chromium").replace(
        "${{ steps.history.outputs.baseline }}", "--baseline"
    )


def gitlab_command() -> str:
    return "\n".join(parsed("docs/recipes/gitlab-ci.yml")["consent"]["script"])


@pytest.mark.parametrize("command", [github_command, gitlab_command])
def test_the_command_of_a_recipe_is_understood(command: Callable[[], str], tmp_path: Path) -> None:
    own_python = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    history = str(tmp_path / "history.sqlite")
    environment = {**os.environ, "PATH": own_python, "SITE": "reference", "BROWSER": "chromium", "HISTORY": history}
    line = f"{command().strip()} --collect-only -q --report '{tmp_path}/report' --junitxml '{tmp_path}/junit.xml'"
    listed = subprocess.run(
        ["bash", "-e", "-c", line], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert listed.returncode == 0, listed.stdout[-500:] + listed.stderr
    assert "tests collected" in listed.stdout


def test_compose_has_a_hub_and_a_node_for_each_browser() -> None:
    services = parsed("docs/recipes/compose.yaml")["services"]
    assert set(services) == {"hub", "chromium", "firefox"}
    assert services["hub"]["ports"] == ["127.0.0.1:4444:4444"]
    assert len({service["image"].partition(":")[2] for service in services.values()}) == 1


@dataclass
class Night:
    """The cron script with a run that is invented beforehand."""

    folder: Path

    def prepare(self, told: RunData, code: int) -> None:
        (self.folder / "told.json").write_text(json.dumps(told))
        (self.folder / "code").write_text(str(code))

    def pass_by(self) -> int:
        environment = {
            "PATH": os.environ["PATH"],
            "SITE": "shop",
            "BROWSERS": "chromium",
            "MAIL_TO": "privacy@example.org",
            "MAILER": str(self.folder / "mailer"),
            "PYTHON": str(self.folder / "python"),
            "REPORTS": str(self.folder / "reports"),
        }
        script = ["bash", str(ROOT / "docs/recipes/nightly.sh")]
        return subprocess.run(script, env=environment, check=False, timeout=120).returncode

    @property
    def mails(self) -> list[str]:
        return [file.read_text() for file in sorted(self.folder.glob("mail-*"))]


@pytest.fixture
def night(tmp_path: Path) -> Night:
    folder = tmp_path
    script(folder / "mailer", f'{{ echo "$@"; cat; }} > "{folder}/mail-$(date +%s%N)"\n')
    keep = f'"{sys.executable}" -c "{KEEP}" "{folder}"'
    script(folder / "python", f'if [ "$3" = run ]; then {keep}; exit "$(cat "{folder}/code")"; fi\n{REAL}')
    return Night(folder)


KEEP = (
    "import json, sys; from pathlib import Path; from consentinel.report.history import Store; "
    "folder = Path(sys.argv[1]); "
    "text = (folder / 'told.json').read_text(); (folder / 'reports/latest').mkdir(parents=True, exist_ok=True); "
    "(folder / 'reports/latest/run.json').write_text(text); "
    "store = Store(folder / 'reports/history.sqlite'); store.save(json.loads(text)); store.close()"
)
REAL = f'exec "{sys.executable}" "$@"\n'


def script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}")
    path.chmod(0o755)


needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")


@needs_flock
def test_a_mail_comes_when_the_answer_is_another_one(night: Night) -> None:
    night.prepare(run_with(), 0)
    assert night.pass_by() == 0
    assert night.pass_by() == 0
    assert len(night.mails) == 1
    assert night.mails[0].startswith("-s Consent at shop: all that was asked was kept privacy@example.org\n")

    broken = run(scenario("a-refusal", outcome="failed", findings=[finding()]))
    night.prepare(broken, 1)
    assert [night.pass_by(), night.pass_by()] == [1, 1]
    assert len(night.mails) == 2
    told = f"    A social cookie was stored after the refusal. (cause {finding()['cause']})"
    assert f"P24 broken: social can be refused\n{told}" in night.mails[1]


@needs_flock
def test_a_mail_names_what_drifted(night: Night) -> None:
    night.prepare(run_with(), 0)
    night.pass_by()
    with Store(night.folder / "reports/history.sqlite") as store:
        store.accept(1)
    night.prepare(run_with(item("_fbp")), 11)
    assert night.pass_by() == 11
    assert 'New since the baseline: cookie "_fbp" of www.shop.example (analytics).' in night.mails[-1]


@needs_flock
def test_a_mail_says_what_an_error_kept_from_an_answer(night: Night) -> None:
    failed = scenario("a-refusal", outcome="error", reason="KeyError: 'checkout' (steps/own.py:12)")
    night.prepare(run(failed), 12)
    assert night.pass_by() == 12
    assert "an error kept scenarios from an answer" in night.mails[0]
    assert "P24 could not be told" in night.mails[0]


@needs_flock
def test_a_run_that_did_not_come_to_an_end_is_mailed_with_its_last_words(night: Night) -> None:
    night.prepare(run_with(), 4)
    assert night.pass_by() == 4
    assert "the run did not come to an end (exit code 4)" in night.mails[0]
