"""Recipes for many sites and for pull requests: their commands are understood, and the comment is one and the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.recipes.test_recipes import ROOT, parsed, script

RECIPES = ROOT / "docs/recipes"
OWN_PYTHON = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def manifests(name: str) -> list[dict[str, Any]]:
    return list(YAML(typ="safe", pure=True).load_all((RECIPES / name).read_text(encoding="utf-8")))


def step(workflow: str, job: str, name: str) -> dict[str, Any]:
    steps = parsed(f"docs/recipes/{workflow}")["jobs"][job]["steps"]
    found: dict[str, Any] = next(one for one in steps if one.get("name") == name)
    return found


def bash(command: str, folder: Path, *, as_github: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "PATH": OWN_PYTHON, **environment}
    line = ["bash", *("-e" for _ in range(as_github)), "-c", command]
    return subprocess.run(line, cwd=folder, env=known, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    """A folder of profiles that are all wrong: each has its result without a browser."""
    folder = tmp_path / "sites"
    folder.mkdir()
    for number in range(5):
        (folder / f"site-{number}.toml").write_text("unknown = 1\n")
    return tmp_path


def results(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("results/*.json"))


def test_each_shard_of_the_workflow_plays_its_sites_and_the_page_has_all(sites: Path) -> None:
    play = step("fleet-github.yml", "shard", "Play the shard")["run"]
    shards = parsed("docs/recipes/fleet-github.yml")["jobs"]["shard"]["strategy"]["matrix"]["shard"]
    for shard in shards:
        told = bash(play, sites, SHARD=str(shard))
        assert told.returncode == 0, told.stderr
        assert "This shard ended with 4." in told.stdout
    assert results(sites / "fleet") == [f"site-{number}" for number in range(5)]
    page = bash(step("fleet-github.yml", "page", "Write the page")["run"], sites)
    assert page.returncode == 4, page.stderr
    assert (sites / "fleet/index.html").exists()
    assert bash(step("fleet-github.yml", "page", "Put the results aside")["run"], sites).returncode == 0
    assert results(sites / "fleet") == sorted(file.stem for file in (sites / "fleet/before").glob("*.json"))


def test_each_pod_of_the_job_plays_a_shard(sites: Path) -> None:
    _, job, page = manifests("fleet-job.yaml")
    (container,) = job["spec"]["template"]["spec"]["containers"]
    command = container["command"][-1].replace("/sites", "sites").replace("/fleet", "fleet")
    for index in range(job["spec"]["completions"]):
        assert bash(command, sites, as_github=False, JOB_COMPLETION_INDEX=str(index)).returncode == 0
    assert len(results(sites / "fleet")) == 5
    (container,) = page["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["consentinel", "fleet", "/sites", "--report", "/fleet", "--page"]


def test_the_grid_grows_with_its_queue() -> None:
    (values,) = manifests("selenium-grid-values.yaml")
    assert values["autoscaling"]["enabled"] is True
    assert values["autoscaling"]["scalingType"] == "job"
    assert values["chromeNode"]["imageName"] == "node-chromium"
    assert values["edgeNode"]["enabled"] is False


GH = """#!{python}
import json, sys, pathlib
file = pathlib.Path("{folder}/comments.json")
comments = json.loads(file.read_text()) if file.exists() else []
given = sys.argv[2:]
if "--jq" in given:
    print("\\n".join(str(one["id"]) for one in comments))
    sys.exit()
body = pathlib.Path(given[given.index("--field") + 1].removeprefix("body=@")).read_text()
method = given[given.index("--method") + 1]
path = next(one for one in given if one.startswith("repos/"))
if method == "POST":
    comments.append({{"id": 7, "body": body, "path": path}})
else:
    comments[0].update(body=body, path=path)
file.write_text(json.dumps(comments))
"""


def test_a_pull_request_has_one_comment_that_each_run_writes_anew(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    script(programs / "gh", "")
    (programs / "gh").write_text(GH.format(python=sys.executable, folder=tmp_path))
    (tmp_path / "summary.md").write_text("first")
    comment = step("pull-request.yml", "consent", "Comment")["run"]
    known = {"NUMBER": "12", "GITHUB_REPOSITORY": "team/shop", "REPORT": "."}
    known["PATH"] = f"{programs}{os.pathsep}{OWN_PYTHON}"
    for text in ("first", "second"):
        (tmp_path / "summary.md").write_text(text)
        told = bash(comment, tmp_path, as_github=True, **known)
        assert told.returncode == 0, told.stderr
    (only,) = json.loads((tmp_path / "comments.json").read_text())
    assert only["body"] == "<!-- consentinel -->\nsecond"
    assert only["path"] == "repos/team/shop/issues/comments/7"


def test_the_command_of_a_pull_request_is_understood(tmp_path: Path) -> None:
    command = step("pull-request.yml", "consent", "Run the policy")["run"]
    asked: dict[str, str] = {"SITE": "reference", "BASE_URL": "", "REPORT": str(tmp_path)}
    told = bash(command.replace("-n 2", "--collect-only -q"), ROOT, as_github=True, **asked)
    assert told.returncode == 0, told.stdout[-500:] + told.stderr
    assert "whole_visits.feature" in told.stdout
