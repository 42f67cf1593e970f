"""What an invented nightly run has beside the rest: repetitions that disagree, and a change since the night before."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from consentinel.evidence.guarded import host_of
from consentinel.report.history.cause import cause_id, folded, may_have_origin
from consentinel.report.schema import (
    FindingData,
    Item,
    ItemData,
    ScenarioData,
)

_BEACON: ItemData = {
    "kind": "request",
    "name": "/collect",
    "host": "analytics.localhost",
    "path": "/",
    "category": "analytics",
    "party": "third",
    "change": "sent",
    "lifetime_s": None,
    "size": 120,
    "written_by": "https://analytics.localhost/static/analytics.js:14",
    "http_only": False,
    "secure": True,
    "same_site": "unknown",
    "partition": None,
}


def made_finding(
    *, promise: str, rule: str, category: str, item: Item, moment: str, at: float, written_by: str, sentence: str
) -> FindingData:
    """Return a finding with the pattern and the cause that a run would give it."""
    pattern = folded(item["name"])
    return {
        "promise": promise,
        "rule": rule,
        "category": category,
        "item": item,
        "moment": moment,
        "at": at,
        "written_by": written_by,
        "sentence": sentence,
        "pattern": pattern,
        "cause": cause_id(rule, category, item["kind"], pattern, item["host"], written_by),
        "origin": _origin(rule, item, written_by),
    }


def _origin(rule: str, item: Item, written_by: str) -> str:
    """The service that is at work: every host of the demonstration but the site's own is one."""
    if not may_have_origin(rule):
        return ""
    host = item["host"] if item["kind"] == "request" else host_of(written_by)
    return "" if host.startswith("www.") else host


def repeated(first: ScenarioData) -> Iterator[ScenarioData]:
    """Two more runs of a scenario that held: the second holds too, the third finds a beacon."""
    for number in (2, 3):
        again = copy.deepcopy(first)
        again["id"], again["repetition"] = f"{first['id']}-r{number}", number
        if number == 3:
            again["outcome"], again["seconds"] = "failed", first["seconds"] * 1.4
            again["steps"][1]["items"].append(_BEACON)
            again["steps"][-1]["outcome"] = "failed"
            again["findings"] = [_found(first["started"])]
        yield again


def drifted(started: float) -> FindingData:
    """Something that the accepted run did not have."""
    return made_finding(
        promise="",
        rule="drift",
        category="",
        item={"kind": "cookie", "name": "_tt_pixel", "host": "pixel.localhost"},
        moment="When they refuse social cookies",
        at=started + 1.2,
        written_by="https://pixel.localhost/p.js:3",
        sentence="New since the accepted run: cookie “_tt_pixel” of pixel.localhost, which no category declares.",
    )


def _found(started: float) -> FindingData:
    return made_finding(
        promise="P21",
        rule="contacted without consent",
        category="analytics",
        item={"kind": "request", "name": "/collect", "host": "analytics.localhost"},
        moment="When they walk through the site without choosing",
        at=started + 1.3,
        written_by=_BEACON["written_by"],
        sentence="The page called analytics.localhost although the visitor had not chosen yet.",
    )
