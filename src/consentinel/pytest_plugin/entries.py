"""The entries of the profile that a scenario needs, from what its steps declare and from the words of its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consentinel.pytest_plugin.internals import FeatureParser, Step, step_contexts
from consentinel.pytest_plugin.needs import check_needs
from consentinel.pytest_plugin.outlines import extend
from consentinel.pytest_plugin.vocabulary import words_of
from consentinel.shipped import name_of
from consentinel.site.needs import entry_of, is_met, needs_of
from consentinel.site.profile import Profile
from consentinel.visitor.errors import MissingEntry, NotAllowed, VisitFailure
from consentinel.visitor.sitemap import PAGES, entry_of_page


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a scenario: its file, its line, its name with the example filled in, its steps and its tags."""

    file: str
    line: int
    name: str
    steps: tuple[Step, ...]
    tags: frozenset[str]


def cases_of(path: Path, profile: Profile) -> Iterator[Case]:
    """Yield the cases of a feature file on a site, one for each example."""
    feature = FeatureParser(str(path.parent), path.name).parse()
    for template in feature.scenarios.values():
        extend(template, profile)
        tags = frozenset(template.tags | feature.tags | (template.rule.tags if template.rule else set()))
        for example in [context for table in template.examples for context in table.as_contexts()] or [{}]:
            scenario = template.render(example)
            words = [str(value) for key, value in example.items() if f"<{key}>" not in template.name]
            name = f"{scenario.name} ({', '.join(words)})" if words else scenario.name
            yield Case(name_of(path), template.line_number, name, tuple(scenario.steps), tags)


def check_entries(steps: Iterable[Step], profile: Profile) -> None:
    """Raises MissingEntry or NotAllowed where the profile lacks what one of these steps needs."""
    listed = list(steps)
    check_needs((step.name for step in listed), profile)
    for step in listed:
        for need in needs_of_step(step):
            if not is_met(need, profile):
                raise _failure(need)


def declared_needs() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what each step that has been imported declares to need, by its kind and pattern."""
    return {(step.type or "given", str(step.parser.name)): needs_of(step.step_func) for step in step_contexts()}


def needs_of_step(step: Step) -> tuple[str, ...]:
    """Return what a sentence needs: what its step declares, and the pages that it names."""
    for context in step_contexts():
        if context.type in (None, step.type) and context.parser.is_matching(step.name):
            arguments = context.parser.parse_arguments(step.name) or {}
            declared = (need.format(**arguments) for need in needs_of(context.step_func))
            return (*declared, *_pages(context.step_func, arguments))
    return ()


def _pages(step: Callable[..., Any], arguments: Mapping[str, Any]) -> Iterator[str]:
    for word in words_of(step, arguments, PAGES):
        yield f"pages.{entry_of_page(word)}"


def _failure(need: str) -> VisitFailure:
    entry = entry_of(need)
    return NotAllowed(entry) if entry.startswith("allow.") else MissingEntry(entry)
