"""The smoke run: the few scenarios that catch most, chosen from the proof's results by `consentinel smoke-choice`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NotRequired

from typing_extensions import TypedDict

FILE = Path(__file__).with_name("smoke.json")
"""The choice that is shipped."""

SMOKE = "smoke"
"""The marker of the chosen scenarios."""

WHOLE_VISIT = "whole_visit"
"""The tag of the scenarios that are written for smoke runs and left out of whole runs."""


class Chosen(TypedDict):
    """One scenario: the stable id of its case, its title, and the defects that it adds to those of the ones before.

    `seconds` is how long it took in the run by which the choice was shortened.
    """

    id: str
    title: str
    adds: int
    seconds: NotRequired[float]


class Choice(TypedDict):
    """A choice of scenarios: of so many `defects` in the results they catch `caught`."""

    scenarios: list[Chosen]
    defects: int
    caught: int


def read_choice(file: Path = FILE) -> Choice:
    """Return the choice in a file. Raises OSError or ValueError where there is none."""
    choice: Choice = json.loads(file.read_text(encoding="utf-8"))
    return choice


def write_choice(choice: Choice, file: Path = FILE) -> None:
    """Write a choice. Raises OSError."""
    file.write_text(json.dumps(choice, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def ids(choice: Choice) -> Sequence[str]:
    """Return the ids of the chosen scenarios' cases."""
    return [scenario["id"] for scenario in choice["scenarios"]]


def lengths(choice: Choice) -> dict[str, float]:
    """Return how many seconds each of the chosen scenarios took, by the id of its case; 0 where nobody knows."""
    return {scenario["id"]: scenario.get("seconds", 0.0) for scenario in choice["scenarios"]}
