"""Invented runs: small, complete, and of the published shape."""

from __future__ import annotations

from typing import Any, cast

from consentinel.report.causes import causes
from consentinel.report.schema import (
    VERSION,
    FindingData,
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)
from tests.report.builders import identified

STARTED = 1_790_000_000.0
DAY_S = 86_400.0


def item(name: str = "_ga", **changed: Any) -> ItemData:
    data: dict[str, Any] = {
        "kind": "cookie",
        "name": name,
        "host": "www.shop.example",
        "path": "/",
        "category": "analytics",
        "party": "first",
        "change": "added",
        "lifetime_s": 400 * DAY_S,
        "size": 27,
        "written_by": "https://www.shop.example:8443/js/analytics.js?v=3:14:5",
        "http_only": False,
        "secure": True,
        "same_site": "lax",
        "partition": None,
    }
    return cast(ItemData, data | changed)


def step(*items: ItemData, text: str = "they read three articles", granted: list[str] | None = None) -> StepData:
    return {
        "keyword": "When",
        "text": text,
        "outcome": "passed",
        "at": STARTED + 1,
        "seconds": 0.5,
        "picture": "",
        "granted": granted,
        "items": list(items),
    }


def finding(**changed: Any) -> FindingData:
    data: dict[str, Any] = {
        "promise": "P24",
        "rule": "refused",
        "category": "social",
        "item": {"kind": "cookie", "name": "sid", "host": "social.example"},
        "moment": "they read three articles",
        "at": STARTED + 2,
        "written_by": "",
        "sentence": "A social cookie was stored after the refusal.",
        "pattern": "",
        "cause": "",
    }
    return identified(cast(FindingData, data | changed))


def scenario(name: str = "a-refusal", *steps: StepData, browser: str = "chromium", **changed: Any) -> ScenarioData:
    data: dict[str, Any] = {
        "id": f"{name}-{browser}",
        "feature": "Social network cookies",
        "rule": "",
        "scenario": name.replace("-", " "),
        "file": "features/social.feature",
        "line": 12,
        "tags": ["P24"],
        "promises": ["P24"],
        "browser": browser,
        "outcome": "passed",
        "reason": "",
        "started": STARTED,
        "seconds": 2.0,
        "bound_s": 5.0,
        "worker": "main",
        "steps": list(steps),
        "findings": [],
        "timelines": [f"timelines/{name}-{browser}.json"],
        "hars": [],
        "attempts": 1,
        "repetition": 1,
    }
    return cast(ScenarioData, data | changed)


def run(*scenarios: ScenarioData, **changed: Any) -> RunData:
    browsers = {data["browser"]: "156" for data in scenarios} or {"chromium": "156"}
    data: dict[str, Any] = {
        "version": VERSION,
        "tool": "consentinel 0.1.0",
        "site": "shop",
        "base_url": "https://www.shop.example",
        "started": STARTED,
        "seconds": 30.0,
        "complete": True,
        "browsers": browsers,
        "wire": True,
        "horizon_s": 5.0,
        "promises": [
            {"id": "P08", "title": "decide each time", "not_provable": "no current browser offers it"},
            {"id": "P24", "title": "social can be refused", "not_provable": ""},
        ],
        "blindness": [],
        "scenarios": list(scenarios),
        "causes": causes(scenarios),
        "problems": [],
    }
    return cast(RunData, data | changed)


def run_with(*items: ItemData, browser: str = "chromium", granted: list[str] | None = None, **changed: Any) -> RunData:
    """A run of one scenario of one step that saw these items."""
    return run(scenario("a-refusal", step(*items, granted=granted), browser=browser), **changed)
