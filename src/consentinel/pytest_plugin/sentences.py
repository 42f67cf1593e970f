"""Checks that each sentence of a feature matches exactly one step and uses words that the step knows.

If two steps match, pytest-bdd uses one of them and reports nothing. It finds a wrong word only when the step runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from consentinel.pytest_plugin.internals import (
    FeatureParser,
    ScenarioTemplate,
    Step,
    StepFunctionContext,
    step_contexts,
)
from consentinel.pytest_plugin.nearest import Sayable, nearest
from consentinel.pytest_plugin.vocabulary import faults
from consentinel.shipped import feature_files, name_of


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a feature, and the steps that match it as pairs of kind and pattern."""

    file: str
    line: int
    text: str
    steps: tuple[tuple[str, str], ...]


def sentences_of(path: Path) -> list[Sentence]:
    """Return the distinct sentences of a feature file, with examples filled in."""
    return [
        Sentence(name_of(path), step.line_number, step.name, tuple(map(_pattern, matching)))
        for step, matching in _matched(path)
    ]


def step_patterns() -> list[tuple[str, str]]:
    """Return the kind and the pattern of each imported step, without pytest-bdd's own `trace`."""
    return sorted(
        {_pattern(step) for step in step_contexts() if not step.step_func.__module__.startswith("pytest_bdd.")}
    )


def _pattern(step: StepFunctionContext) -> tuple[str, str]:
    return (step.type or "given", str(step.parser.name))


def ambiguous(path: Path) -> list[str]:
    """Return one line for each sentence of the file that several steps match."""
    return [
        f'{path.name}:{step.line_number}: "{step.name}" is matched by {len(steps)} steps: {", ".join(_names(steps))}'
        for step, steps in _matched(path)
        if len(steps) > 1
    ]


def undefined(path: Path) -> list[str]:
    """Return a message for each sentence of the file that no step matches, with the nearest ones below it."""
    unknown = [step for step, matching in _matched(path) if not matching]
    known = sayable() if unknown else []
    return [
        f'{path.name}:{step.line_number}: no step matches "{step.name}"; {_advice(step, known)}' for step in unknown
    ]


def _advice(step: Step, known: list[Sayable]) -> str:
    lines = "".join(f"\n    {one}" for one in nearest(step.type, step.name, known))
    return f"`consentinel steps` lists all sentences. The nearest are:{lines}"


def sayable() -> list[Sayable]:
    """Return each sentence of the shipped features, and the bare pattern of each step."""
    said = [Sayable(*_pattern(step), sentence.name) for sentence, steps in _shipped() for step in steps]
    return [*said, *(Sayable(kind, pattern, pattern) for kind, pattern in step_patterns())]


def _shipped() -> Iterator[tuple[Step, list[StepFunctionContext]]]:
    for path in feature_files():
        yield from _match(path)


def misworded(path: Path, own: Mapping[str, Collection[str]]) -> list[str]:
    """Return one line for each wrong word in the file, with the words that may stand in its place.

    `own` are the words that each table of the profile adds.
    """
    return [
        f'{path.name}:{step.line_number}: "{step.name}": {fault}'
        for step, matching in _matched(path)
        if len(matching) == 1
        for fault in faults(matching[0].step_func, matching[0].parser.parse_arguments(step.name) or {}, own)
    ]


@cache
def _matched(path: Path) -> list[tuple[Step, list[StepFunctionContext]]]:
    return _match(path)


def _match(path: Path) -> list[tuple[Step, list[StepFunctionContext]]]:
    feature = FeatureParser(str(path.parent), path.name).parse()
    sentences: dict[tuple[str, str], tuple[Step, list[StepFunctionContext]]] = {}
    for step in chain.from_iterable(_rendered(template) for template in feature.scenarios.values()):
        sentences.setdefault((step.type, step.name), (step, _matching(step)))
    return list(sentences.values())


def _rendered(template: ScenarioTemplate) -> Iterator[Step]:
    examples = [context for table in template.examples for context in table.as_contexts()] or [{}]
    for example in examples:
        yield from template.render(example).steps


def _matching(step: Step) -> list[StepFunctionContext]:
    return [
        candidate
        for candidate in step_contexts()
        if candidate.type in (None, step.type) and candidate.parser.is_matching(step.name)
    ]


def _names(steps: list[StepFunctionContext]) -> list[str]:
    return [f"{step.step_func.__module__}.{step.step_func.__name__}" for step in steps]
