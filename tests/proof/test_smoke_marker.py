"""`-m smoke` selects just what was chosen, by the command and by plain pytest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from consentinel.pytest_plugin import smoke
from consentinel.pytest_plugin.smoke import pytest_collection_modifyitems
from consentinel.smoke import WHOLE_VISIT, ids, read_choice
from tests.calls import call


@pytest.mark.parametrize("command", [["consentinel", "run"], ["pytest", "features"]])
def test_the_marker_selects_what_was_chosen(command: list[str]) -> None:
    told = call(*command, "-m", "smoke", "--collect-only", "-q", "-p", "no:cacheprovider", limit=120).stdout
    collected = [line for line in told.splitlines() if "::test_" in line]
    assert len(collected) == len(ids(read_choice())), told


@pytest.mark.parametrize(
    ("marks", "word", "asked", "there"),
    [
        ("", "", ["features"], False),
        ("P10", "", ["features"], False),
        ("P10 and whole_visit", "", ["features"], True),
        ("smoke", "", ["features"], True),
        ("", "whole_visit", ["features"], True),
        ("", "", ["features/long.feature:7"], True),
    ],
)
def test_whole_visits_are_played_where_they_are_asked_for(marks: str, word: str, asked: list[str], there: bool) -> None:
    items = [
        SimpleNamespace(parent=None, path=Path("long.feature"), get_closest_marker=lambda mark: mark == WHOLE_VISIT)
    ]
    left_out: list[object] = []

    def deselected(*, items: list[object]) -> None:
        left_out.extend(items)

    config = SimpleNamespace(
        option=SimpleNamespace(markexpr=marks, keyword=word),
        args=asked,
        hook=SimpleNamespace(pytest_deselected=deselected),
    )
    pytest_collection_modifyitems(cast("pytest.Config", config), cast("list[pytest.Item]", items))
    assert (len(items), len(left_out)) == ((1, 0) if there else (0, 1))


def test_workers_begin_with_the_longest_visit(monkeypatch: pytest.MonkeyPatch) -> None:
    config = SimpleNamespace(option=SimpleNamespace(markexpr="smoke", keyword=""), args=[], workerinput={})
    length = {"short": 1.0, "long": 9.0, "middle": 5.0}
    choice = {"scenarios": [{"id": name, "title": "", "adds": 1, "seconds": took} for name, took in length.items()]}
    monkeypatch.setattr(smoke, "read_choice", lambda: choice)
    monkeypatch.setattr(smoke, "_case_of", lambda item: item.name)
    monkeypatch.setattr(smoke, "FeatureFile", object)
    items = [_Item(name) for name in ("other", "short", "long", "middle")]
    pytest_collection_modifyitems(cast("pytest.Config", config), cast("list[pytest.Item]", items))
    assert [item.name for item in items] == ["long", "middle", "short", "other"]
    del config.workerinput
    items.sort(key=lambda item: item.name)
    pytest_collection_modifyitems(cast("pytest.Config", config), cast("list[pytest.Item]", items))
    assert [item.name for item in items] == ["long", "middle", "other", "short"], "one worker keeps the features' order"


@dataclass(eq=False)
class _Item:
    """A scenario as pytest collects it."""

    name: str
    parent: object = None

    def add_marker(self, name: str) -> None:
        """Nothing asks for it."""

    def get_closest_marker(self, _: str) -> None:
        """None is there."""
