"""Takes from a run what the history keeps: promises, scenarios, and each item with the circumstances of its sightings.

A pure function of `RunData`. Values of items are not in `RunData` and so never reach the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from consentinel.report.history.names import pattern_of, plain, writer_of
from consentinel.report.promises import answers
from consentinel.report.scenario_key import coordinates
from consentinel.report.schema import (
    ItemData,
    RunData,
    ScenarioData,
    StepData,
)

NO_CHOICE = "before any choice"
ALL_REFUSED = "all refused"
_AND, _ALLOWED = " and ", " allowed"


class Key(NamedTuple):
    """What makes it the same item in another run. `pattern` is the name with volatile tokens folded."""

    browser: str
    kind: str
    host: str
    pattern: str
    path: str
    partition: str


class Facts(NamedTuple):
    """The circumstances that may change. What could not be seen: an empty `writer`, an "unknown" `same_site`."""

    category: str
    party: str
    http_only: bool
    secure: bool
    same_site: str
    writer: str
    choice: str


class Sighting(NamedTuple):
    """One item in one scenario. `lifetime_s` is the longest that was seen, in seconds; None ends with the session."""

    scenario: str
    key: Key
    name: str
    facts: Facts
    lifetime_s: float | None


class PromiseState(NamedTuple):
    """The state of one promise in one browser; `browser` is empty for all of them together."""

    id: str
    browser: str
    state: str


class ScenarioState(NamedTuple):
    """How a scenario ended; of several repetitions the worst outcome."""

    id: str
    feature: str
    scenario: str
    browser: str
    outcome: str

    @property
    def judged(self) -> bool:
        """Whether it ran to an answer, so that what it did not see was not there."""
        return self.outcome in ("passed", "failed")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run as the history knows it. `started` is in seconds since the epoch; `blind` are (browser, kind) pairs."""

    site: str
    base_url: str
    tool: str
    started: float
    seconds: float
    complete: bool
    browsers: tuple[tuple[str, str], ...]
    blind: frozenset[tuple[str, str]]
    promises: tuple[PromiseState, ...]
    scenarios: tuple[ScenarioState, ...]
    sightings: frozenset[Sighting]

    @property
    def engines(self) -> tuple[str, ...]:
        """The names of the run's browsers, in order."""
        return tuple(name for name, _ in self.browsers)


def snapshot(run: RunData) -> Snapshot:
    """Return what is worth remembering of this run."""
    return Snapshot(
        site=run["site"],
        base_url=run["base_url"],
        tool=run["tool"],
        started=run["started"],
        seconds=run["seconds"],
        complete=run["complete"],
        browsers=tuple(sorted(run["browsers"].items())),
        blind=_blind(run),
        promises=_promises(run),
        scenarios=_scenarios(run["scenarios"]),
        sightings=_sightings(run["scenarios"]),
    )


def _promises(run: RunData) -> tuple[PromiseState, ...]:
    states: list[PromiseState] = []
    for answer in answers(run):
        states.append(PromiseState(answer.id, "", answer.state))
        states += [PromiseState(answer.id, browser, state) for browser, state in answer.browsers]
    return tuple(sorted(states))


def _blind(run: RunData) -> frozenset[tuple[str, str]]:
    blind = {(blindness["browser"], blindness["kind"]) for blindness in run["blindness"]}
    if not run["wire"]:
        blind |= {(browser, "request") for browser in run["browsers"]}
    return frozenset(blind)


_WORST_FIRST = ("failed", "error", "inconclusive", "passed", "skipped")


def _scenarios(scenarios: Iterable[ScenarioData]) -> tuple[ScenarioState, ...]:
    states: dict[str, ScenarioState] = {}
    for data in scenarios:
        name = coordinates(data)
        state = ScenarioState(name, plain(data["feature"]), plain(data["scenario"]), data["browser"], data["outcome"])
        known = states.get(name)
        if known is None or _WORST_FIRST.index(state.outcome) < _WORST_FIRST.index(known.outcome):
            states[name] = state
    return tuple(states[name] for name in sorted(states))


def _sightings(scenarios: Iterable[ScenarioData]) -> frozenset[Sighting]:
    longest: dict[tuple[str, Key, str, Facts], float | None] = {}
    for scenario in scenarios:
        for step, item in _items(scenario):
            seen = (coordinates(scenario), _key(scenario["browser"], item), plain(item["name"]), _facts(step, item))
            longest[seen] = _longer(longest[seen], item["lifetime_s"]) if seen in longest else item["lifetime_s"]
    return frozenset(Sighting(*seen, lifetime) for seen, lifetime in longest.items())


def _items(scenario: ScenarioData) -> Iterator[tuple[StepData, ItemData]]:
    for step in scenario["steps"]:
        for item in step["items"]:
            if item["change"] != "gone":
                yield step, item


def _key(browser: str, item: ItemData) -> Key:
    path = "" if item["kind"] == "request" else item["path"]
    return Key(
        browser,
        item["kind"],
        plain(item["host"].lower()),
        pattern_of(plain(item["name"])),
        pattern_of(plain(path)),
        writer_of(plain(item["partition"] or "")),
    )


def _facts(step: StepData, item: ItemData) -> Facts:
    return Facts(
        item["category"],
        item["party"],
        item["http_only"],
        item["secure"],
        item["same_site"],
        writer_of(plain(item["written_by"])),
        _choice(step["granted"]),
    )


def _choice(granted: list[str] | None) -> str:
    if granted is None:
        return NO_CHOICE
    refusable = sorted(set(granted) - {"functionality"})
    return _AND.join(refusable) + _ALLOWED if refusable else ALL_REFUSED


def categories_in(choice: str) -> frozenset[str]:
    """Return the categories that a choice allows, as `Facts.choice` names it, besides those that need none."""
    return frozenset(choice.removesuffix(_ALLOWED).split(_AND)) if choice.endswith(_ALLOWED) else frozenset()


def _longer(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return one if other is None else other
    return max(one, other)
