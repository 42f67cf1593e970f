"""The plan of one pytest process of the proof: its deployments, and the scenarios to run on each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from consentinel.reference_site import hosts
from consentinel.reference_site.defects import Defect
from consentinel.reference_site.registry import ALL_DEFECTS, DECOYS, GARDEN_DECOYS, names_of
from consentinel.smoke import SMOKE, WHOLE_VISIT

CLEAN, GARDEN_CLEAN = hosts.CLEAN

RIGHT = (CLEAN, DECOYS, GARDEN_CLEAN, GARDEN_DECOYS)
"""The deployments that keep every promise: whatever is found on them is a false alarm."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played. `first` stops at the first scenario that names a defect's right cause.

    `promises` are, by deployment, the ids that a scenario must bear one of to be played there, in the order in which
    they are tried; without any, all are played. `hints` are the scenarios to begin with: those that caught it last.
    With `sentences`, only scenarios that hold one of them are played, each sentence until it has failed; `known` are
    the scenarios of a deployment of which it is known already what they say. `marked` is an expression of pytest's `-m`
    that the scenarios must meet as well. With `whatever_promise`, a right cause counts under any promise.
    """

    promises: Mapping[str, list[str]]
    first: bool = False
    hints: Mapping[str, list[str]] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)
    known: Mapping[str, list[str]] = field(default_factory=dict)
    marked: str = ""
    whatever_promise: bool = False

    def write(self, path: Path) -> None:
        """Write the plan to a file for the pytest process."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Plan:
        """Read the plan in the pytest process."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def by_site(self) -> dict[str, Plan]:
        """Return the parts of the plan for each site that it has a deployment of, by the name of the site's profile."""
        parts: dict[str, Plan] = {}
        for site in hosts.PROFILES:
            own = names_of(site)
            promises = {name: ids for name, ids in self.promises.items() if name in own}
            if promises:
                parts[site] = replace(self, promises=promises)
        return parts


def against(
    defects: Iterable[Defect], *, full: bool, first: bool, hints: Mapping[str, list[str]] | None = None
) -> Plan:
    """Return a plan against defects: every scenario of one's promises, or all scenarios with `full`."""
    promises = {defect.name: [] if full else list(defect.promises) for defect in defects}
    return Plan(promises, first, hints or {})


def by_smoke(defects: Iterable[Defect]) -> Plan:
    """Return a plan that plays the smoke run against defects, until one scenario names the right cause."""
    promises = {defect.name: [*defect.promises, SMOKE] for defect in defects}
    return Plan(promises, first=True, marked=SMOKE, whatever_promise=True)


def by_whole_visits(defects: Iterable[Defect]) -> Plan:
    """Return a plan that plays the whole visits of a defect's promises, to choose the next smoke run among them."""
    promises = {defect.name: list(defect.promises) for defect in defects}
    return Plan(promises, first=True, marked=WHOLE_VISIT, whatever_promise=True)


def named(names: Iterable[str]) -> list[Defect]:
    """Return the defects of these names, all where none is given. Raises ValueError for a name that is none."""
    wanted = list(names)
    known = {defect.name: defect for defect in ALL_DEFECTS}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ValueError(f"no such defect: {', '.join(unknown)}; `consentinel defects` lists them")
    return [known[name] for name in wanted] if wanted else list(ALL_DEFECTS)
