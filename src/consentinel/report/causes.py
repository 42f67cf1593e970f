"""The causes behind a run's broken promises: each fault once, with every scenario that it broke behind it."""

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
"""The two sorts of causes, by `undeclared`, and what each is called."""

Sighting = tuple[FindingData, ScenarioData]


def causes(scenarios: Iterable[ScenarioData]) -> list[CauseData]:
    """The causes in the order in which they are numbered: the undeclared last, and what breaks most before the rest."""
    groups = _joined(_by_id(scenarios))
    made = sorted((_cause(group) for group in groups), key=_order)
    for number, cause in enumerate(made, start=1):
        cause["number"] = number
    return made


def by_finding(run: RunData) -> Mapping[str, CauseData]:
    """The run's causes by the ids that findings carry."""
    return {identity: cause for cause in run["causes"] for identity in (cause["id"], *cause["also"])}


def cause_ids(scenario: ScenarioData) -> list[str]:
    """The ids that a scenario's findings carry, each once, in the order in which they were found."""
    return list(dict.fromkeys(finding["cause"] for finding in scenario["findings"] if finding["rule"] != DRIFT))


def behind(scenario: ScenarioData, known: Mapping[str, CauseData]) -> list[CauseData]:
    """The causes that broke a scenario, in the order of their numbers. `known` is what `by_finding` returned."""
    told = {known[identity]["id"]: known[identity] for identity in cause_ids(scenario) if identity in known}
    return sorted(told.values(), key=lambda cause: cause["number"])


def half_line(told: list[CauseData]) -> str:
    """A scenario's causes in a few words: `cause 1 only`, `causes 1 and 3`; empty where it has none."""
    numbers = listed(str(cause["number"]) for cause in told)
    if len(told) == 1:
        return f"cause {numbers} only"
    return f"causes {numbers}" if told else ""


def seen_in(cause: CauseData) -> str:
    """Who saw a cause, in words: how many scenarios, of which promises, in which browsers."""
    promises = f" of {listed(cause['promises'])}" if cause["promises"] else ""
    return f"{count(len(cause['scenarios']), 'scenario')}{promises}, in {listed(map(browser, cause['browsers']))}"


@dataclass(slots=True)
class _Group:
    """The findings of one cause. `same` is what findings of one item share, whoever wrote it."""

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
    """The groups, those without a writer joined to the one group of the same item whose writer was seen."""
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
    )


def _order(cause: CauseData) -> tuple[bool, int, str]:
    return cause["undeclared"], -len(cause["scenarios"]), cause["id"]
