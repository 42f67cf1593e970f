"""Reads the scenarios of a feature file with the Gherkin parser.

The collection is checked against this list, so that a scenario that pytest-bdd leaves out is noticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser


class FeatureError(Exception):
    """The feature file cannot be run. The message is one line: file, line, problem, remedy."""


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario in a feature file. `cases` is the number of its runs: one, or one for each example.

    `tags` are its own, its rule's and its feature's, without the `@`.
    """

    name: str
    line: int
    cases: int
    tags: frozenset[str] = field(default=frozenset(), compare=False)
    expects: bool = field(default=True, compare=False)
    """Whether it has a Then. Without one it could find nothing, and would always pass."""


def written(path: Path) -> list[Written]:
    """Return the scenarios of a feature file. Raises FeatureError if it cannot be run as it is meant.

    A misspelt `Scenario:` or `Then` is no error for Gherkin: it becomes a part of the description above it. Of two
    scenarios with the same name in one file, pytest-bdd runs only the last and reports no error.
    """
    try:
        document = Parser().parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise FeatureError(f"{path.name}: is not in UTF-8 (byte {error.start}); save it in that encoding") from error
    except CompositeParserException as error:
        raise FeatureError(f"{path.name}: {str(error.errors[0]).strip()}") from error
    scenarios = list(_scenarios(document.get("feature") or {}))
    if not scenarios:
        raise FeatureError(f"{path.name}: holds no scenario; each begins with a line `Scenario:` and its name")
    for scenario in scenarios:
        if not scenario.expects:
            raise FeatureError(
                f'{path.name}:{scenario.line}: "{scenario.name}" expects nothing; add a sentence with Then'
            )
    twice = [name for name, times in Counter(scenario.name for scenario in scenarios).items() if times > 1]
    if twice:
        line = max(scenario.line for scenario in scenarios if scenario.name == twice[0])
        raise FeatureError(f'{path.name}:{line}: a second scenario is called "{twice[0]}"; give it a name of its own')
    return scenarios


def _scenarios(parent: Mapping[str, Any], above: frozenset[str] = frozenset()) -> Iterator[Written]:
    inherited = above | _tags(parent)
    for child in parent.get("children", ()):
        if "rule" in child:
            yield from _scenarios(child["rule"], inherited)
        elif "scenario" in child:
            scenario = child["scenario"]
            rows = sum(len(table.get("tableBody") or ()) for table in scenario["examples"])
            cases = rows if scenario["examples"] else 1
            expects = any(step["keywordType"] == "Outcome" for step in scenario["steps"])
            yield Written(scenario["name"], scenario["location"]["line"], cases, inherited | _tags(scenario), expects)


def _tags(node: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(tag["name"].removeprefix("@") for tag in node.get("tags", ()))
