"""Each sentence of a feature has exactly one step, and words that the step knows.

pytest-bdd itself lets one of two steps win without a word, and finds a wrong word when the step has begun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from pytest_bdd.parser import FeatureParser, ScenarioTemplate, Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from consentinel.pytest_plugin.vocabulary import faults


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a feature has it, and the steps that match it, as pairs of kind and pattern."""

    file: str
    line: int
    text: str
    steps: tuple[tuple[str, str], ...]


def sentences_of(path: Path) -> list[Sentence]:
    """The distinct sentences of a feature file, examples filled in."""
    return [
        Sentence(path.name, step.line_number, step.name, tuple(map(_pattern, found))) for step, found in _matched(path)
    ]


def step_patterns() -> list[tuple[str, str]]:
    """The kind and the pattern of each step that has been imported, pytest-bdd's own `trace` left out."""
    return sorted({_pattern(step) for step in _steps() if not step.step_func.__module__.startswith("pytest_bdd.")})


def _pattern(step: StepFunctionContext) -> tuple[str, str]:
    return (step.type or "given", str(step.parser.name))


def ambiguous(path: Path) -> list[str]:
    """One line for each sentence of the file that several steps match."""
    return [
        f'{path.name}:{step.line_number}: "{step.name}" is matched by {len(found)} steps: {", ".join(_names(found))}'
        for step, found in _matched(path)
        if len(found) > 1
    ]


def undefined(path: Path) -> list[str]:
    """One line for each sentence of the file that no step matches."""
    return [
        f'{path.name}:{step.line_number}: no step matches "{step.name}"; the sentences are in steps/'
        for step, found in _matched(path)
        if not found
    ]


def misworded(path: Path, own: Mapping[str, Collection[str]]) -> list[str]:
    """One line for each word of the file that its sentence has no meaning for, with those that it has.

    `own` are the words that each table of the profile adds.
    """
    return [
        f'{path.name}:{step.line_number}: "{step.name}": {fault}'
        for step, found in _matched(path)
        if len(found) == 1
        for fault in faults(found[0].step_func, found[0].parser.parse_arguments(step.name) or {}, own)
    ]


@cache
def _matched(path: Path) -> list[tuple[Step, list[StepFunctionContext]]]:
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
    return [one for one in _steps() if one.type in (None, step.type) and one.parser.is_matching(step.name)]


def _steps() -> list[StepFunctionContext]:
    return list(step_function_context_registry.values())


def _names(found: list[StepFunctionContext]) -> list[str]:
    return [f"{one.step_func.__module__}.{one.step_func.__name__}" for one in found]
