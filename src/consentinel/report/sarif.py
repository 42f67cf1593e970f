"""A run as SARIF 2.1.0, for code scanning: a rule for each promise, a result for each cause and promise.

Source: OASIS, Static Analysis Results Interchange Format 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consentinel.report.cause_words import things_in_words
from consentinel.report.causes import fingerprint
from consentinel.report.pack_schema import PromiseData
from consentinel.report.schema import CauseData, RunData, ScenarioData
from consentinel.report.text import plain

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "consentinelCause/v1"
"""The name under which a result carries the fingerprint of its cause, which is the same in the next run."""

LONGEST = 1000
"""Letters of a sentence at most."""


def sarif(run: RunData) -> dict[str, Any]:
    """Return the run as a SARIF log. Scenarios that could not be judged are notifications, not results."""
    rules = _rules(run)
    places = {scenario["id"]: scenario for scenario in run["scenarios"]}
    indexes = {rule["id"]: index for index, rule in enumerate(rules)}
    results = [_result(cause, rule, indexes[rule], places) for cause in run["causes"] for rule in _rules_of(cause)]
    name, _, version = run["tool"].rpartition(" ")
    driver = {"name": name or run["tool"], "semanticVersion": version or "0", "rules": rules}
    invocation = {
        "executionSuccessful": run["complete"],
        "toolExecutionNotifications": list(_notifications(run)),
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "invocations": [invocation], "results": results}],
    }


def place(scenario: ScenarioData) -> tuple[str, int]:
    """Return the feature file of a scenario, relative to the working folder where it lies in it, and the line."""
    path = Path(scenario["file"])
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return path.as_posix(), max(scenario["line"], 1)


def _rules_of(cause: CauseData) -> list[str]:
    """Return the promises that a cause breaks; the rule that found it where there is none."""
    return list(cause["promises"]) or [cause["rule"]]


def _rules(run: RunData) -> list[dict[str, Any]]:
    known: dict[str, PromiseData] = {promise["id"]: promise for promise in run["promises"]}
    used = [rule for cause in run["causes"] for rule in _rules_of(cause)]
    return [_rule(identity, known.get(identity)) for identity in dict.fromkeys([*known, *used])]


def _rule(identity: str, promise: PromiseData | None) -> dict[str, Any]:
    title = plain(promise["title"] if promise else identity, LONGEST) or identity
    return {"id": identity, "name": identity, "shortDescription": {"text": title}}


def _result(cause: CauseData, rule: str, index: int, scenarios: dict[str, ScenarioData]) -> dict[str, Any]:
    seen = [scenarios[identity] for identity in cause["scenarios"] if identity in scenarios]
    fitting = [scenario for scenario in seen if rule in scenario["promises"]] or seen
    places = dict.fromkeys(map(place, fitting))
    what = things_in_words(cause)
    parts = (plain(cause["sentence"], LONGEST), plain(f"({what})", LONGEST) if what else "", cause["advice"])
    text = " ".join(filter(None, parts))
    return {
        "ruleId": rule,
        "ruleIndex": index,
        "level": "error",
        "message": {"text": text},
        "locations": [_location(*first) for first in list(places)[:1]],
        "relatedLocations": [_location(*other) for other in list(places)[1:]],
        "partialFingerprints": {FINGERPRINT: f"{fingerprint(cause)}/{rule}"},
    }


def _location(path: str, line: int) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}, "region": {"startLine": line}}}


def _uri(path: str) -> str:
    return Path(path).as_uri() if path.startswith("/") else path.replace("%", "%25").replace(" ", "%20")


def _notifications(run: RunData) -> Iterator[dict[str, Any]]:
    for scenario in run["scenarios"]:
        if scenario["outcome"] in ("inconclusive", "error"):
            said = f"{scenario['scenario']}: {scenario['reason']}"
            yield {
                "level": "error" if scenario["outcome"] == "error" else "warning",
                "message": {"text": plain(said, LONGEST) or "no reason is known"},
                "locations": [_location(*place(scenario))],
            }
