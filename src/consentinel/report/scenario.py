"""One scenario as its page shows it: each step with what it changed and what was found in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from consentinel.report import links
from consentinel.report.inventory import UNDECLARED, is_category
from consentinel.report.schema import (
    FindingData,
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)
from consentinel.report.text import choice
from consentinel.report.timeline import Event, Timeline, read
from consentinel.report.timeline_svg import WIDTH, Parties, draw

SHOWN_EVENTS = 400
"""The number of events that a page lists; the timeline's file has all of them."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Requests to one host during a step."""

    host: str
    category: str
    party: str
    paths: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with its picture (None if there is none), its diff, whom it contacted, and the findings in it.

    `chosen` is what the visitor has allowed, in words, where the step changed that.
    """

    data: StepData
    number: int
    picture: str | None
    changes: tuple[ItemData, ...]
    contacts: tuple[Contact, ...]
    findings: tuple[FindingData, ...]
    chosen: str

    @property
    def summary(self) -> str:
        """The changes in numbers, such as `2 added, 1 gone, 14 requests`, or an empty string."""
        counted = Counter(item["change"] for item in self.changes)
        parts = [f"{counted[change]} {change}" for change in ("added", "changed", "gone") if counted[change]]
        requests = sum(contact.times for contact in self.contacts)
        if requests:
            parts.append(f"{requests:,} {'request' if requests == 1 else 'requests'}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A visitor's timeline with its picture as SVG, and the first of its events for those who cannot see one."""

    timeline: Timeline
    picture: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A scenario, ready for its template. `downloads` are (label, path) of the files that exist."""

    data: ScenarioData
    steps: tuple[StepView, ...]
    timelines: tuple[Drawn, ...]
    downloads: tuple[tuple[str, str], ...]

    @property
    def explained(self) -> bool:
        """Whether a step shows why the scenario did not pass."""
        return any(step.findings or step.data["outcome"] in ("failed", "error", "inconclusive") for step in self.steps)

    @property
    def faulty(self) -> tuple[int, ...]:
        """The numbers of the steps during which something was found."""
        return tuple(step.number for step in self.steps if step.findings)


def scenario_view(scenario: ScenarioData, run: RunData, folder: Path) -> ScenarioView:
    """Return the scenario's page in data. `folder` is where pictures and timelines lie."""
    return ScenarioView(
        data=scenario,
        steps=_steps(scenario, folder),
        timelines=drawn(scenario, run, folder),
        downloads=tuple(_downloads(scenario, folder)),
    )


def declared(category: str) -> str:
    """Return the category's name, or that it has none."""
    return category if is_category(category) else UNDECLARED


def drawn(
    scenario: ScenarioData, run: RunData, folder: Path, *, width: int = WIDTH, span_s: float = 0.1
) -> tuple[Drawn, ...]:
    """Return the scenario's timelines with their pictures, of that width and of so many seconds at least."""
    found = [read(folder, path) for path in scenario["timelines"] if links.inside(path)]
    parties = _parties(scenario, run)
    return tuple(
        Drawn(
            timeline,
            draw(timeline, scenario, parties, width=width, span_s=span_s) if timeline.events else "",
            timeline.events[:SHOWN_EVENTS],
        )
        for timeline in found
    )


def _parties(scenario: ScenarioData, run: RunData) -> Parties:
    known = {
        item["host"]: (item["party"], declared(item["category"]))
        for step in scenario["steps"]
        for item in step["items"]
    }
    return Parties(run["base_url"], known)


def _steps(scenario: ScenarioData, folder: Path) -> tuple[StepView, ...]:
    findings = _placed(scenario)
    before = [None, *(step["granted"] for step in scenario["steps"])]
    return tuple(
        StepView(
            data=step,
            number=number,
            picture=_existing(folder, step["picture"]),
            changes=tuple(item for item in step["items"] if item["change"] != "sent"),
            contacts=_contacts(step["items"]),
            findings=tuple(findings.get(number, ())),
            chosen=_chosen(step, before[number - 1]),
        )
        for number, step in enumerate(scenario["steps"], start=1)
    )


def _chosen(step: StepData, before: list[str] | None) -> str:
    return "" if step["outcome"] == "not run" or step["granted"] == before else choice(step["granted"])


def _placed(scenario: ScenarioData) -> dict[int, list[FindingData]]:
    """Return the findings by the number of their step. A finding before the first step belongs to the first step."""
    placed: dict[int, list[FindingData]] = {}
    for finding in scenario["findings"]:
        begun = [
            number
            for number, step in enumerate(scenario["steps"], start=1)
            if step["outcome"] != "not run" and step["at"] <= finding["at"]
        ]
        placed.setdefault(max(begun, default=1), []).append(finding)
    return placed


def _contacts(items: list[ItemData]) -> tuple[Contact, ...]:
    hosts: dict[tuple[str, str, str], list[str]] = {}
    for item in items:
        if item["change"] == "sent":
            hosts.setdefault((item["host"], declared(item["category"]), item["party"]), []).append(item["name"])
    return tuple(
        Contact(host, category, party, tuple(dict.fromkeys(paths)), len(paths))
        for (host, category, party), paths in hosts.items()
    )


def _existing(folder: Path, path: str) -> str | None:
    return path if links.inside(path) and (folder / path).is_file() else None


def _downloads(scenario: ScenarioData, folder: Path) -> list[tuple[str, str]]:
    files = [("Timeline (JSON)", path) for path in scenario["timelines"]]
    files += [("Traffic (HAR)", path) for path in scenario["hars"]]
    return [(label, path) for label, path in files if _existing(folder, path)]
