"""What a run asks of a Grid before it begins; no Grid needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consentinel.browser.grid import GridStatus, Node, Slot
from consentinel.pytest_plugin.grid_capacity import problem_with
from consentinel.pytest_plugin.options import Settings, settings_of

pytest_plugins = ["pytester"]

HERE, AWAY = "http://127.0.0.1:5555", "http://192.0.2.77:5555"


def grid(uri: str, *browsers: str) -> GridStatus:
    node = Node(uri, up=True, max_sessions=len(browsers), slots=tuple(map(Slot, browsers)))
    return GridStatus("http://me:secret@grid:4444", ready=True, nodes=(node,))


@pytest.fixture
def asked(pytester: pytest.Pytester) -> Callable[..., Settings]:
    return lambda *arguments: settings_of(pytester.parseconfig("-p", "consentinel.pytest_plugin.options", *arguments))


def test_a_grid_that_offers_what_is_asked_is_no_problem(asked: Callable[..., Settings]) -> None:
    both = asked("--browser", "chromium", "--browser", "firefox")
    assert problem_with(grid(HERE, "chrome", "firefox"), both) == ""


def test_a_browser_that_is_not_on_offer_is_told_before_the_run(asked: Callable[..., Settings]) -> None:
    told = problem_with(grid(HERE, "chrome"), asked("--browser", "firefox"))
    assert told == "the Grid at http://grid:4444 does not offer firefox: it offers chrome"


def test_a_wire_that_the_nodes_cannot_reach_is_told_with_the_remedies(asked: Callable[..., Settings]) -> None:
    told = problem_with(grid(AWAY, "chrome"), asked())
    assert "nodes on other machines, which cannot reach the recording proxy at 127.0.0.1" in told
    assert "--proxy-host" in told
    assert "--no-wire" in told


@pytest.mark.parametrize("remedy", [["--no-wire"], ["--proxy-host", "192.0.2.1"]])
def test_either_remedy_helps(asked: Callable[..., Settings], remedy: list[str]) -> None:
    assert problem_with(grid(AWAY, "chrome"), asked(*remedy)) == ""
