"""A run for code hosts: GitHub's workflow commands and GitLab's code quality report.

Sources: https://docs.github.com/actions/reference/workflow-commands-for-github-actions and
https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from consentinel.report.causes import fingerprint
from consentinel.report.sarif import place
from consentinel.report.schema import CauseData, RunData, ScenarioData
from consentinel.report.text import plain

LONGEST = 600
"""Letters of a message at most."""

MOST = 10
"""Annotations of a level: GitHub shows no more of one step."""


def github(run: RunData) -> Iterator[str]:
    """Yield one workflow command for each cause, then one for each reason why a scenario could not be judged."""
    scenarios = {scenario["id"]: scenario for scenario in run["scenarios"]}
    for cause in run["causes"][:MOST]:
        first = _first(cause, scenarios)
        if first is not None:
            yield _command("error", first, ", ".join(cause["promises"]) or cause["rule"], cause["sentence"])
    reasons: dict[str, ScenarioData] = {}
    for scenario in run["scenarios"]:
        if scenario["outcome"] in ("inconclusive", "error"):
            reasons.setdefault(scenario["reason"], scenario)
    for reason, scenario in list(reasons.items())[:MOST]:
        title = "Could not tell" if scenario["outcome"] == "inconclusive" else "Error"
        yield _command("warning", scenario, title, f"{scenario['scenario']}: {reason}")


def gitlab(run: RunData) -> list[dict[str, Any]]:
    """Return the entries of a code quality report, one for each cause."""
    scenarios = {scenario["id"]: scenario for scenario in run["scenarios"]}
    found = ((cause, _first(cause, scenarios)) for cause in run["causes"])
    return [_entry(cause, scenario) for cause, scenario in found if scenario is not None]


def _first(cause: CauseData, scenarios: dict[str, ScenarioData]) -> ScenarioData | None:
    return next((scenarios[identity] for identity in cause["scenarios"] if identity in scenarios), None)


def _entry(cause: CauseData, scenario: ScenarioData) -> dict[str, Any]:
    path, line = place(scenario)
    return {
        "description": plain(cause["sentence"], LONGEST),
        "check_name": ", ".join(cause["promises"]) or cause["rule"],
        "fingerprint": fingerprint(cause),
        "severity": "minor" if cause["undeclared"] else "major",
        "location": {"path": path, "lines": {"begin": line}},
    }


def _command(level: str, scenario: ScenarioData, title: str, message: str) -> str:
    path, line = place(scenario)
    properties = f"file={_property(path)},line={line},title={_property(plain(title, 120))}"
    return f"::{level} {properties}::{_data(plain(message, LONGEST))}"


def _data(text: str) -> str:
    """Escape a message: a stranger's text must begin no command of its own."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
