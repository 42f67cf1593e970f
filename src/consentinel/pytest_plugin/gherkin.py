"""What the Gherkin parser itself reads in a feature file: the measure for what was collected and reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser


class FeatureError(Exception):
    """A feature file that cannot be run as it stands. The message is one line: file, line, what, remedy."""


@dataclass(frozen=True, slots=True)
class Written:
    """One scenario as it is written; `cases` is how often it runs, once for each example."""

    name: str
    line: int
    cases: int


def written(path: Path) -> list[Written]:
    """The scenarios of a feature file. Raises FeatureError for a file that does not parse, or repeats a name.

    pytest-bdd keeps the last of two scenarios of one name in a file, without a word.
    """
    try:
        document = Parser().parse(path.read_text(encoding="utf-8"))
    except CompositeParserException as error:
        raise FeatureError(f"{path.name}: {str(error.errors[0]).strip()}") from error
    found = list(_scenarios(document.get("feature") or {}))
    twice = [name for name, times in Counter(one.name for one in found).items() if times > 1]
    if twice:
        line = max(one.line for one in found if one.name == twice[0])
        raise FeatureError(f'{path.name}:{line}: a second scenario is called "{twice[0]}"; give it a name of its own')
    return found


def _scenarios(parent: Mapping[str, Any]) -> Iterator[Written]:
    for child in parent.get("children", ()):
        if "rule" in child:
            yield from _scenarios(child["rule"])
        elif "scenario" in child:
            scenario = child["scenario"]
            rows = sum(len(table.get("tableBody") or ()) for table in scenario["examples"])
            cases = rows if scenario["examples"] else 1
            yield Written(scenario["name"], scenario["location"]["line"], cases)
