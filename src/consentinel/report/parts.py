"""Groups findings by item: what a cause consists of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from consentinel.report.advice import advice
from consentinel.report.history.cause import UNDECLARED_RULE, author_of, cause_of, is_contact, rule_of
from consentinel.report.part_schema import PartData
from consentinel.report.promises import DRIFT
from consentinel.report.schema import FindingData, Item, ScenarioData

Sighting = tuple[FindingData, ScenarioData]


@dataclass(slots=True)
class Part:
    """The findings of one item. `same` is equal for all findings of one item, whichever script wrote it.

    `cause` is the id of the cause that it belongs to: its own where nothing else is known to be behind it.
    """

    id: str
    cause: str
    same: tuple[str, ...]
    author: str
    sightings: list[Sighting] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @property
    def first(self) -> FindingData:
        """Its first finding."""
        return self.sightings[0][0]

    @property
    def rule(self) -> str:
        """The rule as a cause has it."""
        return self.same[0]

    @property
    def is_contact(self) -> bool:
        """Whether it is a service that was contacted."""
        return is_contact(self.first["rule"])

    @property
    def item(self) -> Item:
        """The item, with its pattern for a name."""
        item = self.first["item"]
        return Item(kind=item["kind"], name="" if self.is_contact else self.first["pattern"], host=item["host"])

    @property
    def data(self) -> PartData:
        """Its record."""
        found = [finding for finding, _ in self.sightings]
        item, undeclared = self.item, self.rule == UNDECLARED_RULE
        return PartData(
            id=self.id,
            also=self.also,
            rule=self.rule,
            kind=item["kind"],
            name=item["name"],
            host=item["host"],
            written_by=writers(self.sightings),
            sentence=Counter(one["sentence"] for one in found).most_common(1)[0][0],
            advice=advice(item, self.first["category"], undeclared=undeclared),
            promises=promises(self.sightings),
            scenarios=seen_by(self.sightings),
            by_hand=shortest(found),
        )


def parts(scenarios: Iterable[ScenarioData]) -> Iterator[Part]:
    """Yield each item that was found, with its findings. One without a writer joins the only one that has a writer."""
    by_id = _by_id(scenarios)
    seen: dict[tuple[str, ...], list[Part]] = {}
    for part in by_id.values():
        if part.author:
            seen.setdefault(part.same, []).append(part)
    for part in by_id.values():
        written = seen.get(part.same, [])
        if not part.author and len(written) == 1:
            written[0].sightings += part.sightings
            written[0].also.append(part.id)
    joined = {identity for part in by_id.values() for identity in part.also}
    yield from (part for identity, part in by_id.items() if identity not in joined)


def writers(sightings: Iterable[Sighting]) -> list[str]:
    """Return everyone who was seen writing or sending it, each once."""
    return list(dict.fromkeys(finding["written_by"] for finding, _ in sightings if finding["written_by"]))


def promises(sightings: Iterable[Sighting]) -> list[str]:
    """Return the ids of the promises that it breaks."""
    return sorted({finding["promise"] for finding, _ in sightings if finding["promise"]})


def seen_by(sightings: Iterable[Sighting]) -> list[str]:
    """Return the ids of the scenarios that showed it, each once."""
    return list(dict.fromkeys(scenario["id"] for _, scenario in sightings))


def shortest(found: Iterable[FindingData]) -> list[str]:
    """Return the shortest of the ways to see it by hand; empty where none is known."""
    ways = [one["by_hand"] for one in found if one.get("by_hand")]
    return min(ways, key=lambda lines: (len(lines), sum(map(len, lines)), lines), default=[])


def _by_id(scenarios: Iterable[ScenarioData]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for scenario in scenarios:
        for finding in scenario["findings"]:
            if finding["rule"] != DRIFT:
                part = found.setdefault(finding["cause"], _part(finding))
                part.sightings.append((finding, scenario))
    return found


def _part(finding: FindingData) -> Part:
    item = finding["item"]
    same = (rule_of(finding["rule"]), item["kind"], finding["pattern"], item["host"].lower().strip("."))
    author = author_of(item["kind"], finding["written_by"])
    return Part(finding["cause"], cause_of(finding), same, author)
