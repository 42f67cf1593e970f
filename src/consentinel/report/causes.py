"""Groups a run's findings by cause: each fault once, with every scenario that it broke."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from consentinel.report.advice import joint_advice
from consentinel.report.brought_in import brought_together
from consentinel.report.cause_words import at_work
from consentinel.report.history.cause import AT_WORK, UNDECLARED_RULE, cause_of
from consentinel.report.part_schema import PartData
from consentinel.report.parts import Part, parts, promises, seen_by, shortest, writers
from consentinel.report.promises import DRIFT
from consentinel.report.schema import CauseData, Item, RunData, ScenarioData
from consentinel.report.text import browser, count, listed

GROUPS = (
    (False, "Known, and not allowed"),
    (True, "In no category of the policy"),
)
"""The headings of the two groups of causes, by `undeclared`."""


def causes(scenarios: Iterable[ScenarioData]) -> list[CauseData]:
    """Return the causes by number: declared before undeclared, then by the number of scenarios that they break."""
    groups: dict[str, list[Part]] = {}
    for part in parts(scenarios):
        groups.setdefault(part.cause, []).append(part)
    joined = brought_together(groups).items()
    made = sorted((_cause(identity, sorted(group, key=_largest_first)) for identity, group in joined), key=_order)
    for number, cause in enumerate(made, start=1):
        cause["number"] = number
    return made


def by_finding(run: RunData) -> Mapping[str, CauseData]:
    """Return the run's causes by the cause ids of findings."""
    return {identity: cause for cause in run["causes"] for identity in (cause["id"], *cause["also"])}


def cause_ids(scenario: ScenarioData) -> list[str]:
    """Return the ids of a scenario's causes, each once, in the order of the findings."""
    return list(dict.fromkeys(cause_of(finding) for finding in scenario["findings"] if finding["rule"] != DRIFT))


def behind(scenario: ScenarioData, known: Mapping[str, CauseData]) -> list[CauseData]:
    """Return the causes that broke a scenario, by number. `known` is the result of `by_finding`."""
    broken_by = {known[identity]["id"]: known[identity] for identity in cause_ids(scenario) if identity in known}
    return sorted(broken_by.values(), key=lambda cause: cause["number"])


def fingerprint(cause: CauseData) -> str:
    """Return what a code host knows a cause by: the id of its item or, where it has several, a digest of their ids.

    Somebody may have dismissed what it said. That must not silence an item that the same service stores from now on.
    """
    ids = sorted(part["id"] for part in cause.get("parts", [])) or [cause["id"]]
    return ids[0] if len(ids) == 1 else hashlib.sha256("\x1f".join(ids).encode()).hexdigest()[:8]


def half_line(broken_by: list[CauseData]) -> str:
    """Return a scenario's causes in a few words: `cause 1 only`, `causes 1 and 3`; empty where it has none."""
    numbers = listed(str(cause["number"]) for cause in broken_by)
    if len(broken_by) == 1:
        return f"cause {numbers} only"
    return f"causes {numbers}" if broken_by else ""


def seen_in(cause: CauseData) -> str:
    """Describe where a cause was seen: the number of scenarios, their promises and browsers."""
    promises = f" of {listed(cause['promises'])}" if cause["promises"] else ""
    return f"{count(len(cause['scenarios']), 'scenario')}{promises}, in {listed(map(browser, cause['browsers']))}"


def _cause(identity: str, found: list[Part]) -> CauseData:
    """Return the cause that consists of these parts, all of one category, and undeclared all or none."""
    sightings = [one for part in found for one in part.sightings]
    first, records = found[0], [part.data for part in found]
    ids = dict.fromkeys([*(part.cause for part in found), *(one for part in records for one in _ids(part))])
    origin = next((part.first.get("origin", "") for part in found if part.cause == identity), "")
    undeclared = first.rule == UNDECLARED_RULE
    category, rules = first.first["category"], {part.rule for part in found}
    return CauseData(
        id=identity,
        also=[one for one in ids if one != identity],
        number=0,
        undeclared=undeclared,
        rule=first.rule if len(rules) == 1 else AT_WORK,
        category=category,
        item=_item(identity, found),
        written_by=writers(sightings),
        sentence=records[0]["sentence"] if len(found) == 1 else at_work(origin, found, undeclared=undeclared),
        advice=joint_advice([part.item for part in found], category, undeclared=undeclared),
        promises=promises(sightings),
        browsers=sorted({scenario["browser"] for _, scenario in sightings}),
        scenarios=seen_by(sightings),
        by_hand=shortest(finding for finding, _ in sightings),
        origin=origin,
        parts=records,
    )


def _ids(part: PartData) -> list[str]:
    return [part["id"], *part["also"]]


def _item(identity: str, found: list[Part]) -> Item:
    """Return the item of the only part, or else what stands for all: the service that was contacted, or the host."""
    if len(found) == 1:
        return found[0].item
    leading = next((part for part in found if part.is_contact and part.cause == identity), found[0])
    return {**leading.item, "name": ""}


def _largest_first(part: Part) -> tuple[bool, int, str]:
    """Return the sorting key of a cause's part: items before contacts, then what most scenarios show."""
    return part.is_contact, -len(seen_by(part.sightings)), part.id


def _order(cause: CauseData) -> tuple[bool, int, str]:
    return cause["undeclared"], -len(cause["scenarios"]), cause["id"]
