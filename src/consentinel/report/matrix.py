"""All scenarios of a run as a table: a line per scenario, a column per browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consentinel.report.schema import ScenarioData


@dataclass(frozen=True, slots=True)
class Line:
    """One scenario in every browser that ran it. `example` tells the examples of an outline apart."""

    scenario: str
    rule: str
    example: str
    promises: tuple[str, ...]
    runs: tuple[ScenarioData, ...]

    def in_browser(self, name: str) -> tuple[ScenarioData, ...]:
        """Return its runs in this browser: several if it was repeated."""
        return tuple(run for run in self.runs if run["browser"] == name)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Each outcome that it had, once."""
        return tuple(sorted({run["outcome"] for run in self.runs}))


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature with its lines in the order of the file."""

    name: str
    file: str
    lines: tuple[Line, ...]


def features(scenarios: Iterable[ScenarioData]) -> list[Feature]:
    """Return the features in the order of their files."""
    by_file: dict[tuple[str, str], list[ScenarioData]] = {}
    for scenario in scenarios:
        by_file.setdefault((scenario["file"], scenario["feature"]), []).append(scenario)
    return [Feature(name, file, _lines(found)) for (file, name), found in sorted(by_file.items())]


def _lines(scenarios: list[ScenarioData]) -> tuple[Line, ...]:
    outlines: dict[tuple[int, str, str], dict[tuple[str, ...], list[ScenarioData]]] = {}
    for scenario in scenarios:
        outline = outlines.setdefault((scenario["line"], scenario["rule"], scenario["scenario"]), {})
        outline.setdefault(_texts(scenario), []).append(scenario)
    return tuple(
        Line(name, rule, _example(texts, list(examples)), tuple(runs[0]["promises"]), tuple(runs))
        for (_, rule, name), examples in sorted(outlines.items())
        for texts, runs in examples.items()
    )


def _texts(scenario: ScenarioData) -> tuple[str, ...]:
    return tuple(step["text"] for step in scenario["steps"])


def _example(texts: tuple[str, ...], all_texts: list[tuple[str, ...]]) -> str:
    """Return the steps in which this example differs from its siblings; empty for a scenario that has none."""
    differing = [
        text
        for place, text in enumerate(texts)
        if any(place >= len(other) or other[place] != text for other in all_texts)
    ]
    return "; ".join(differing)
