"""Groups a run's findings by cause: each fault once, with every scenario that it broke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from consentinel.report.advice import advice
from consentinel.report.history.cause import (
    UNDECLARED_RULE,
    author_of,
    is_contact,
    rule_of,
)
from consentinel.report.promises import DRIFT
from consentinel.report.schema import (
    CauseData,
    FindingData,
    Item,
    RunData,
    ScenarioData,
)
from consentinel.report.text import browser, count, listed

GROUPS = (
    (False, "Known, and not allowed"),
    (True, "In no category of the policy"),
)
"""The headings of the two groups of causes, by `undeclared`."""

Sighting = tuple[FindingData, ScenarioData]


def causes(scenarios: Iterable[ScenarioData]) -> list[CauseData]:
    """Return the causes by number: declared before undeclared, then by the number of scenarios that they break."""
    groups = _joined(_by_id(scenarios))
    made = sorted((_cause(group) for group in groups), key=_order)
    for number, cause in enumerate(made, start=1):
        cause["number"] = number
    return made


def by_finding(run: RunData) -> Mapping[str, CauseData]:
    """Return the run's causes by the cause ids of findings."""
    return {identity: cause for cause in run["causes"] for identity in (cause["id"], *cause["also"])}


def cause_ids(scenario: ScenarioData) -> list[str]:
    """Return the cause ids of a scenario's findings, each once, in the order of the findings."""
    return list(dict.fromkeys(finding["cause"] for finding in scenario["findings"] if finding["rule"] != DRIFT))


def behind(scenario: ScenarioData, known: Mapping[str, CauseData]) -> list[CauseData]:
    """Return the causes that broke a scenario, by number. `known` is the result of `by_finding`."""
    broken_by = {known[identity]["id"]: known[identity] for identity in cause_ids(scenario) if identity in known}
    return sorted(broken_by.values(), key=lambda cause: cause["number"])


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


@dataclass(slots=True)
class _Group:
    """The findings of one cause. `same` is equal for all findings of one item, whichever script wrote it."""

    same: tuple[str, ...]
    author: str
    sightings: list[Sighting] = field(default_factory=list)
    also: list[str] = field(default_factory=list)


def _by_id(scenarios: Iterable[ScenarioData]) -> dict[str, _Group]:
    groups: dict[str, _Group] = {}
    for scenario in scenarios:
        for finding in scenario["findings"]:
            if finding["rule"] != DRIFT:
                group = groups.setdefault(finding["cause"], _group(finding))
                group.sightings.append((finding, scenario))
    return groups


def _group(finding: FindingData) -> _Group:
    item = finding["item"]
    same = (rule_of(finding["rule"]), item["kind"], finding["pattern"], item["host"].lower().strip("."))
    return _Group(same, author_of(item["kind"], finding["written_by"]))


def _joined(groups: dict[str, _Group]) -> Iterator[_Group]:
    """Yield the groups. A group without a writer joins the only group of the same item that has one."""
    seen: dict[tuple[str, ...], list[_Group]] = {}
    for group in groups.values():
        if group.author:
            seen.setdefault(group.same, []).append(group)
    for identity, group in groups.items():
        written = seen.get(group.same, [])
        if not group.author and len(written) == 1:
            written[0].sightings += group.sightings
            written[0].also.append(identity)
    joined = {identity for group in groups.values() for identity in group.also}
    yield from (group for identity, group in groups.items() if identity not in joined)


def _cause(group: _Group) -> CauseData:
    found = [finding for finding, _ in group.sightings]
    first, rule = found[0], group.same[0]
    name = "" if is_contact(first["rule"]) else first["pattern"]
    undeclared = rule == UNDECLARED_RULE
    item = Item(kind=first["item"]["kind"], name=name, host=first["item"]["host"])
    return CauseData(
        id=first["cause"],
        also=group.also,
        number=0,
        undeclared=undeclared,
        rule=rule,
        category=first["category"],
        item=item,
        written_by=list(dict.fromkeys(one["written_by"] for one in found if one["written_by"])),
        sentence=Counter(one["sentence"] for one in found).most_common(1)[0][0],
        advice=advice(item, first["category"], undeclared=undeclared),
        promises=sorted({one["promise"] for one in found if one["promise"]}),
        browsers=sorted({scenario["browser"] for _, scenario in group.sightings}),
        scenarios=list(dict.fromkeys(scenario["id"] for _, scenario in group.sightings)),
        by_hand=_shortest(found),
    )


def _shortest(found: Iterable[FindingData]) -> list[str]:
    """Return the shortest of the ways to see it by hand; empty where none is known."""
    ways = [one["by_hand"] for one in found if one.get("by_hand")]
    return min(ways, key=lambda lines: (len(lines), sum(map(len, lines)), lines), default=[])


def _order(cause: CauseData) -> tuple[bool, int, str]:
    return cause["undeclared"], -len(cause["scenarios"]), cause["id"]
