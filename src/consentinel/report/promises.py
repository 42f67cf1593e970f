"""The policy, answered: what a run says about each promise, and about each rule beyond the policy.

A promise, or a rule, is

- **broken** if a finding names it, or if a scenario that carries its id failed without any finding that says more;
- **could not tell** if one of its scenarios was inconclusive or an error, or stopped because another promise was found
  broken;
- **kept** if all of its scenarios that ran passed, and at least one did;
- **not provable** if the list of promises says so and nothing ran that says it is broken;
- **not run** if none of its scenarios ran.

The first that applies counts: one breach in one browser outweighs every pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from consentinel.report.pack_schema import PromiseData
from consentinel.report.schema import FindingData, RunData, ScenarioData
from consentinel.report.text import browser, count, listed

State = Literal["broken", "could not tell", "kept", "not provable", "not run"]
ORDER: tuple[State, ...] = ("broken", "could not tell", "kept", "not provable", "not run")
"""The order in which a reader wants them."""

TESTED: tuple[State, ...] = ("broken", "could not tell", "kept")
"""The states of a promise that some scenario put to the test."""

DRIFT = "drift"
"""The rule of findings that compare with an earlier run: they say that something changed, not that a promise broke."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One cause, and every scenario that showed it. `finding` is the first that has it."""

    finding: FindingData
    scenarios: tuple[ScenarioData, ...]

    @property
    def browsers(self) -> tuple[str, ...]:
        """The browsers that showed it, each once."""
        return _browsers(self.scenarios)


@dataclass(frozen=True, slots=True)
class PromiseAnswer:
    """What the run says of one promise or rule, in `sentence` in words. `browsers` holds each browser's own state.

    `source` is where a rule beyond the policy comes from; it is empty for a promise.
    `sightings` are the faults that were found; `reasons` say, once each, why scenarios did not pass that found none.
    """

    id: str
    title: str
    state: State
    sentence: str
    scenarios: tuple[ScenarioData, ...]
    sightings: tuple[Sighting, ...]
    reasons: tuple[str, ...]
    browsers: tuple[tuple[str, State], ...]
    source: str = ""

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The browsers whose own answer is the answer of the whole run."""
        return tuple(name for name, state in self.browsers if state == self.state)

    @property
    def agreement(self) -> str:
        """How many browsers agree, in words; empty where no browser gave an answer."""
        if not self.browsers or self.state in ("not provable", "not run"):
            return ""
        names, agreeing = (
            [browser(name) for name, _ in self.browsers],
            [browser(name) for name in self.agreeing],
        )
        if len(names) == 1:
            return f"Tested in {names[0]} alone"
        if len(agreeing) == len(names):
            return f"{listed(names)} agree"
        return f"{len(agreeing)} of {len(names)} browsers say so: {listed(agreeing)}"


def answers(run: RunData) -> list[PromiseAnswer]:
    """Return what the run says of each promise, in the order of the policy, and then of each rule beyond it."""
    carried, numbers = _carried(run), cause_numbers(run)
    return [_answer(promise, carried[promise["id"]], numbers) for promise in run["promises"]]


def cause_numbers(run: RunData) -> dict[str, int]:
    """Return the number of each cause, by every id that its findings carry."""
    return {identity: cause["number"] for cause in run["causes"] for identity in (cause["id"], *cause["also"])}


def parted(answered: Iterable[PromiseAnswer]) -> tuple[list[PromiseAnswer], list[PromiseAnswer]]:
    """Return the answers about promises, and those about rules beyond the policy."""
    listed_answers = list(answered)
    return [one for one in listed_answers if not one.source], [one for one in listed_answers if one.source]


def unassigned(run: RunData) -> list[Sighting]:
    """Findings that name no promise of this run, such as drift, which no answer would show otherwise."""
    known = {promise["id"] for promise in run["promises"]}
    return list(
        _sightings(
            (
                (finding, scenario)
                for scenario in run["scenarios"]
                for finding in scenario["findings"]
                if finding["rule"] == DRIFT or finding["promise"] not in known
            ),
            cause_numbers(run),
        )
    )


def verdict(answered: Iterable[PromiseAnswer]) -> State:
    """Return the worst answer that counts: broken, could not tell, kept, or not run where nothing was answered."""
    states = {answer.state for answer in answered}
    return next((state for state in ORDER if state in states and state != "not provable"), "not run")


def _carried(run: RunData) -> dict[str, list[ScenarioData]]:
    carried: dict[str, list[ScenarioData]] = {promise["id"]: [] for promise in run["promises"]}
    for scenario in run["scenarios"]:
        named = [*scenario["promises"], *(finding["promise"] for finding in _breaches(scenario))]
        for promise in dict.fromkeys(named):
            if promise in carried:
                carried[promise].append(scenario)
    return carried


def _answer(promise: PromiseData, scenarios: list[ScenarioData], numbers: dict[str, int]) -> PromiseAnswer:
    """Return the answer to one promise. Its sightings are in the order of their causes' `numbers`."""
    found = _sightings(_about(promise["id"], scenarios), numbers)
    sightings = tuple(sorted(found, key=lambda one: numbers.get(one.finding["cause"], len(numbers) + 1)))
    state = _state(promise, scenarios)
    reasons = tuple(_reasons(state, promise["id"], scenarios))
    return PromiseAnswer(
        id=promise["id"],
        title=promise["title"],
        state=state,
        sentence=_sentence(state, promise, scenarios, [*_sentences(sightings), *reasons]),
        scenarios=tuple(scenarios),
        sightings=sightings,
        reasons=reasons,
        browsers=tuple(
            (name, _state(promise, [scenario for scenario in scenarios if scenario["browser"] == name]))
            for name in _browsers(scenarios)
        ),
        source=promise.get("source", ""),
    )


def _about(promise: str, scenarios: Iterable[ScenarioData]) -> Iterator[tuple[FindingData, ScenarioData]]:
    for scenario in scenarios:
        for finding in _breaches(scenario):
            if finding["promise"] == promise:
                yield finding, scenario


def _state(promise: PromiseData, scenarios: list[ScenarioData]) -> State:
    found = {_says(promise["id"], scenario) for scenario in scenarios}
    if "broken" in found:
        return "broken"
    if "could not tell" in found:
        return "could not tell"
    if promise["not_provable"]:
        return "not provable"
    return "kept" if "kept" in found else "not run"


def _says(promise: str, scenario: ScenarioData) -> State:
    if _names(promise, scenario):
        return "broken"
    if scenario["outcome"] == "failed":
        return "could not tell" if _breaches(scenario) else "broken"
    if scenario["outcome"] in ("inconclusive", "error"):
        return "could not tell"
    return "kept" if scenario["outcome"] == "passed" else "not run"


def _breaches(scenario: ScenarioData) -> list[FindingData]:
    return [finding for finding in scenario["findings"] if finding["rule"] != DRIFT]


def _sightings(found: Iterable[tuple[FindingData, ScenarioData]], numbers: Mapping[str, int]) -> Iterator[Sighting]:
    """Yield what was found, each cause once; a finding whose cause the record lacks stands by itself."""
    grouped: dict[tuple[str | int, ...], list[tuple[FindingData, ScenarioData]]] = {}
    for finding, scenario in found:
        changed = finding["sentence"] if finding["rule"] == DRIFT else ""
        same = (finding["promise"], numbers.get(finding["cause"], finding["cause"]), changed)
        grouped.setdefault(same, []).append((finding, scenario))
    for group in grouped.values():
        by_id = {scenario["id"]: scenario for _, scenario in group}
        yield Sighting(group[0][0], tuple(by_id.values()))


def _browsers(scenarios: Iterable[ScenarioData]) -> tuple[str, ...]:
    return tuple(sorted({scenario["browser"] for scenario in scenarios}))


def _sentences(sightings: Iterable[Sighting]) -> Iterator[str]:
    return (sighting.finding["sentence"] for sighting in sightings)


def _reasons(state: State, promise: str, scenarios: list[ScenarioData]) -> Iterator[str]:
    if state not in ("kept", "not provable"):
        telling = (scenario for scenario in scenarios if _says(promise, scenario) == state)
        yield from dict.fromkeys(reason(scenario) for scenario in telling if not _names(promise, scenario))


def _names(promise: str, scenario: ScenarioData) -> bool:
    return any(finding["promise"] == promise for finding in _breaches(scenario))


def _sentence(state: State, promise: PromiseData, scenarios: list[ScenarioData], sentences: list[str]) -> str:
    if state == "not provable":
        return promise["not_provable"]
    if state == "kept":
        telling = [scenario for scenario in scenarios if scenario["outcome"] == "passed"]
        return f"Held in {count(len(telling), 'scenario')}, in {listed(map(browser, _browsers(telling)))}."
    return (
        sentences[0] if sentences else f"No scenario of this {'rule' if promise.get('source') else 'promise'} was run."
    )


def reason(scenario: ScenarioData) -> str:
    """Return why the scenario did not pass, in one sentence."""
    breaches = _breaches(scenario)
    if scenario["outcome"] == "failed" and breaches:
        broken = list(dict.fromkeys(finding["promise"] for finding in breaches))
        were = "was" if len(broken) == 1 else "were"
        what = f"because {listed(broken)} {were} found broken in it"
        return f"The scenario “{scenario['scenario']}” stopped before its end, {what}."
    if scenario["reason"]:
        return scenario["reason"]
    stopped = next((step for step in scenario["steps"] if step["outcome"] == scenario["outcome"]), None)
    where = f" at “{stopped['keyword'].strip()} {stopped['text']}”" if stopped else ""
    return f"The scenario “{scenario['scenario']}” {_ENDED[scenario['outcome']]}{where}."


_ENDED = {
    "passed": "passed",
    "failed": "failed",
    "error": "ended in an error",
    "inconclusive": "could not be decided",
    "skipped": "was skipped",
}
