"""The run as Cucumber JSON, the array of features that Cucumber's HTML reporters read.

One feature per feature file and browser; a scenario's findings stand in its failing step's error message and its
screenshots are embedded, where the folder that holds them is given. Times are nanoseconds, as Cucumber has them.
"""

from __future__ import annotations

import base64
import mimetypes
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consentinel.report.links import inside
from consentinel.report.promises import reason
from consentinel.report.schema import RunData, ScenarioData, StepData
from consentinel.report.text import browser, plain

_STATUS = {
    "passed": "passed",
    "failed": "failed",
    "error": "failed",
    "inconclusive": "pending",
    "skipped": "skipped",
    "not run": "skipped",
}
"""Cucumber knows no "inconclusive"; "pending" is its word for a step without an answer, and is not a pass."""

_WORDS = re.compile(r"[^a-z0-9]+")


def cucumber_json(run: RunData, pictures: Path | None = None) -> list[dict[str, Any]]:
    """Return the features of a run. `pictures` is the report's folder if screenshots are to be embedded."""
    features: dict[tuple[str, str], dict[str, Any]] = {}
    for scenario in run["scenarios"]:
        key = (scenario["file"], scenario["browser"])
        feature = features.setdefault(key, _feature(scenario, run["browsers"]))
        feature["elements"].append(_element(scenario, feature["id"], pictures))
    return list(features.values())


def _feature(scenario: ScenarioData, browsers: dict[str, str]) -> dict[str, Any]:
    name = scenario["browser"]
    return {
        "uri": scenario["file"],
        "id": _slug(f"{scenario['feature']} {name}"),
        "keyword": "Feature",
        "name": f"{plain(scenario['feature'])} ({browser(name)})",
        "description": "",
        "line": 1,
        "tags": [],
        "metadata": {
            "browser": {"name": name, "version": browsers.get(name, "")},
            "device": platform.machine(),
            "platform": {"name": platform.system(), "version": platform.release()},
        },
        "elements": [],
    }


def _element(scenario: ScenarioData, feature: str, pictures: Path | None) -> dict[str, Any]:
    return {
        "id": f"{feature};{_slug(scenario['id'])}",
        "type": "scenario",
        "keyword": "Scenario",
        "name": plain(scenario["scenario"]),
        "description": plain(scenario["rule"]),
        "line": scenario["line"],
        "start_timestamp": datetime.fromtimestamp(scenario["started"], UTC).isoformat().replace("+00:00", "Z"),
        "tags": [{"name": f"@{tag.removeprefix('@')}", "line": scenario["line"]} for tag in scenario["tags"]],
        "steps": _steps(scenario, pictures),
    }


def _steps(scenario: ScenarioData, pictures: Path | None) -> list[dict[str, Any]]:
    """Return the scenario's steps. If no step has the scenario's outcome, a last step with that outcome is added."""
    steps = [_step(step, scenario, pictures) for step in scenario["steps"]]
    wanted = _STATUS[scenario["outcome"]]
    if wanted != "passed" and all(step["result"]["status"] != wanted for step in steps):
        last: StepData = {
            "keyword": "* ",
            "text": "the scenario's outcome",
            "outcome": scenario["outcome"],
            "at": scenario["started"] + scenario["seconds"],
            "seconds": 0.0,
            "picture": "",
            "granted": None,
            "items": [],
        }
        steps.append(_step(last, scenario, None))
    return steps


def _step(step: StepData, scenario: ScenarioData, pictures: Path | None) -> dict[str, Any]:
    status = _STATUS[step["outcome"]]
    result: dict[str, Any] = {"status": status, "duration": round(step["seconds"] * 1e9)}
    decided = status in ("failed", "pending") and step["outcome"] == scenario["outcome"]
    if decided or (status == "skipped" and scenario["outcome"] == "skipped"):
        result["error_message"] = _message(scenario)
    line = {
        "keyword": f"{step['keyword'].strip()} ",
        "name": plain(step["text"]),
        "line": scenario["line"],
        "match": {"location": scenario["file"]},
        "result": result,
    }
    picture = _picture(step["picture"], pictures)
    return {**line, "embeddings": [picture]} if picture else line


def _message(scenario: ScenarioData) -> str:
    if not scenario["findings"]:
        return plain(reason(scenario), 2000)
    return "\n".join(f"{finding['promise']}: {plain(finding['sentence'], 600)}" for finding in scenario["findings"])


def _picture(path: str, folder: Path | None) -> dict[str, str] | None:
    if folder is None or not inside(path) or not (folder / path).is_file():
        return None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return {"mime_type": kind, "data": base64.b64encode((folder / path).read_bytes()).decode("ascii")}


def _slug(text: str) -> str:
    return _WORDS.sub("-", text.lower()).strip("-")
