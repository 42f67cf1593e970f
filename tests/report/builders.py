"""Small runs, built by the line."""

from __future__ import annotations

from typing import Any, cast

from consentinel.report.causes import causes
from consentinel.report.history.cause import cause_id, folded
from consentinel.report.schema import (
    VERSION,
    FindingData,
    ItemData,
    Outcome,
    RunData,
    ScenarioData,
    StepData,
)


def finding(promise: str = "P24", **changed: Any) -> FindingData:
    made: FindingData = {
        "promise": promise,
        "rule": "nothing-refused",
        "category": "social",
        "item": {"kind": "cookie", "name": "nb_uid", "host": "social.localhost"},
        "moment": "When they refuse social cookies",
        "at": 1001.5,
        "written_by": "https://social.localhost/widget.js:14",
        "sentence": "The social network set nb_uid after a refusal.",
        "pattern": "",
        "cause": "",
    }
    return identified(cast("FindingData", {**made, **changed}))


def identified(found: FindingData) -> FindingData:
    """The finding with its pattern and its cause, where it has none yet."""
    thing = found["item"]
    found["pattern"] = found["pattern"] or folded(thing["name"])
    about = (found["rule"], found["category"], thing["kind"], found["pattern"], thing["host"], found["written_by"])
    found["cause"] = found["cause"] or cause_id(*about)
    return found


def item(name: str = "session", **changed: Any) -> ItemData:
    made: ItemData = {
        "kind": "cookie",
        "name": name,
        "host": "www.site.localhost",
        "path": "/",
        "category": "functionality",
        "party": "first",
        "change": "added",
        "lifetime_s": None,
        "size": 40,
        "written_by": "",
        "http_only": True,
        "secure": True,
        "same_site": "lax",
        "partition": None,
    }
    return cast("ItemData", {**made, **changed})


def step(text: str = "a new visitor", **changed: Any) -> StepData:
    made: StepData = {
        "keyword": "Given",
        "text": text,
        "outcome": "passed",
        "at": 1000.0,
        "seconds": 0.5,
        "picture": "",
        "granted": None,
        "items": [],
    }
    return cast("StepData", {**made, **changed})


def scenario(outcome: Outcome = "passed", *promises: str, **changed: Any) -> ScenarioData:
    made: ScenarioData = {
        "id": "a-refusal-holds-chromium",
        "feature": "Social network cookies",
        "rule": "Refusing keeps the networks away",
        "scenario": "A refusal holds",
        "file": "features/social.feature",
        "line": 12,
        "tags": list(promises),
        "promises": list(promises),
        "browser": "chromium",
        "outcome": outcome,
        "reason": "",
        "started": 1000.0,
        "seconds": 3.0,
        "bound_s": 5.0,
        "worker": "",
        "steps": [step(), step("they refuse social cookies", keyword="When", at=1001.0, granted=[])],
        "findings": [],
        "timelines": [],
        "hars": [],
        "attempts": 1,
        "repetition": 1,
    }
    return cast("ScenarioData", {**made, **changed})


def run(*scenarios: ScenarioData, **changed: Any) -> RunData:
    made: RunData = {
        "version": VERSION,
        "tool": "Consentinel 0.1.0",
        "site": "Bluebird",
        "base_url": "https://www.site.localhost/",
        "started": 1_795_593_600.0,
        "seconds": 60.0,
        "complete": True,
        "browsers": {"chromium": "156", "firefox": "153"},
        "wire": True,
        "horizon_s": 5.0,
        "promises": [
            {"id": "P08", "title": "Decide cookie by cookie", "not_provable": "No browser offers it."},
            {"id": "P10", "title": "Preferences rule", "not_provable": ""},
            {"id": "P24", "title": "Social can be refused", "not_provable": ""},
        ],
        "blindness": [],
        "scenarios": list(scenarios),
        "causes": causes(scenarios),
        "problems": [],
    }
    return cast("RunData", {**made, **changed})
