"""The published policy in a report: its text sentence by sentence, with what the run says of each one's promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consentinel.report.policy_schema import PolicyData, SentenceData
from consentinel.report.promises import ORDER, TESTED, PromiseAnswer, State
from consentinel.report.schema import CauseData, RunData, ScenarioData


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence and what is said of its promises. `state` is the worst of them: "not run" where nothing tests it.

    A sentence of which a part is untested is not "kept". `causes` are the run's causes that break one of its promises.
    """

    data: SentenceData
    state: State
    answers: tuple[PromiseAnswer, ...]
    scenarios: tuple[ScenarioData, ...]
    causes: tuple[CauseData, ...]

    @property
    def is_promising(self) -> bool:
        """Whether it promises something, be it what nothing tests."""
        return bool(self.data["promises"] or self.data.get("untested"))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return " | " in self.data["text"]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The page of the policy. `promising` counts the sentences that promise something, `tested` those put to the test.

    `unsaid` are promises that hold on the site and stand in no sentence, such as those that a register makes. Rules
    beyond the policy are not in it.
    """

    data: PolicyData
    sentences: tuple[SentenceView, ...]
    unsaid: tuple[PromiseAnswer, ...]

    @property
    def promising(self) -> int:
        """How many sentences promise something."""
        return sum(1 for one in self.sentences if one.is_promising)

    @property
    def tested(self) -> int:
        """How many of them some scenario put to the test."""
        return sum(1 for one in self.sentences if one.state in TESTED)

    @property
    def percent(self) -> int:
        """The share that was put to the test, rounded down."""
        return self.tested * 100 // self.promising if self.promising else 0

    @property
    def unconfirmed(self) -> int:
        """How many sentences of the policy file nobody has confirmed."""
        return sum(1 for one in self.sentences if one.data["id"] and not one.data["confirmed"])

    def count(self, state: State) -> int:
        """Return how many sentences that promise something are in a state."""
        return sum(1 for one in self.sentences if one.is_promising and one.state == state)


def policy_view(run: RunData, answered: Iterable[PromiseAnswer]) -> PolicyView | None:
    """Return the page of the policy, None for a run without a policy file."""
    data = run.get("policy")
    if data is None:
        return None
    by_id = {answer.id: answer for answer in answered if not answer.source}
    sentences = tuple(_view(one, by_id, run["causes"]) for one in data["sentences"])
    said = {promise for one in data["sentences"] for promise in one["promises"]}
    unsaid = tuple(answer for answer in by_id.values() if answer.id not in said and answer.scenarios)
    return PolicyView(data, sentences, unsaid)


def _view(sentence: SentenceData, by_id: Mapping[str, PromiseAnswer], causes: Iterable[CauseData]) -> SentenceView:
    answers = tuple(by_id[promise] for promise in sentence["promises"] if promise in by_id)
    states = {answer.state for answer in answers}
    state: State = next((one for one in ORDER if one in states), "not run")
    if state == "kept" and sentence.get("untested"):
        state = "not run"
    scenarios = {one["id"]: one for answer in answers for one in answer.scenarios}
    behind = tuple(one for one in causes if not set(one["promises"]).isdisjoint(sentence["promises"]))
    return SentenceView(sentence, state, answers, tuple(scenarios.values()), behind)
