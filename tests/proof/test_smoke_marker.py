"""`-m smoke` selects just what was chosen, by the command and by plain pytest."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

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
