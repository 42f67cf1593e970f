"""`--step` and `--hold-open`: what a person is told, and what waits for whom."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consentinel.pytest_plugin import watched
from consentinel.pytest_plugin.scenario_run import ScenarioRun
from consentinel.pytest_plugin.watched import MOST, Watched, changes
from consentinel.verdicts import stored
from consentinel.verdicts.finding import Finding
from consentinel.verdicts.judge import CannotTell, PromiseBroken
from tests.pytest_plugin.builders import scenario_run, visitor
from tests.pytest_plugin.test_export import SETTINGS
from tests.pytest_plugin.test_options import asked
from tests.verdicts.builders import HOME, PROFILE, cookie, only, request, state, timeline, visit

__all__ = ["asked"]
pytest_plugins = ["pytester"]

REQUEST = cast("pytest.FixtureRequest", SimpleNamespace(node=None))


class Terminal:
    """Somebody's terminal: what was printed, and the lines that they type."""

    def __init__(self) -> None:
        self.printed = ""

    def write(self, text: str, **_: bool) -> None:
        self.printed += text

    def write_line(self, text: str) -> None:
        self.printed += f"{text}\n"


class Typed(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> ScenarioRun:
    record = timeline(visit(), request(f"{HOME}x?u=1"), state(20.0, cookie("_ga"), cookie("odd")))
    played = scenario_run(visitor(record))
    monkeypatch.setattr(watched, "scenario_run_of", lambda _: played)
    monkeypatch.setattr(watched, "profile_of", lambda _: PROFILE)
    return played


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda text: monkeypatch.setattr(sys, "stdin", Typed(text))


def watching(terminal: Terminal, *, step: bool = False, hold_open: bool = False) -> Watched:
    capture = SimpleNamespace(suspend=lambda *, in_: None, resume=lambda: None)
    plugins = SimpleNamespace(get_plugin={"terminalreporter": terminal, "capturemanager": capture}.get)
    config = cast("pytest.Config", SimpleNamespace(pluginmanager=plugins))
    return Watched(config, replace(SETTINGS, step=step, hold_open=hold_open), "step")


def finding() -> Finding:
    return only(stored.only(timeline(visit(), state(20.0, cookie("_ga"))), PROFILE, (), ()))


def begin(watched: Watched, keyword: str, text: str) -> None:
    step = SimpleNamespace(keyword=keyword, name=text)
    watched.pytest_bdd_before_step(REQUEST, cast("Any", SimpleNamespace(steps=[1, 2])), cast("Any", step))


def test_before_a_sentence_the_last_ones_traces_are_listed(
    played: ScenarioRun, terminal: Terminal, type_in: Any
) -> None:
    type_in("\n")
    begin(watching(terminal, step=True), "Then", "nothing is stored")
    lines = terminal.printed.strip("\n").splitlines()
    assert lines[0].startswith("    stored cookie _ga of shop.example (analytics)")
    assert lines[1].startswith("    stored cookie odd of shop.example (in no category)")
    assert lines[2].startswith("    sent to www.shop.example/x (functionality)")
    assert lines[3] == "  2 of 2: Then nothing is stored"
    assert lines[4].startswith("  Enter plays it")


def test_the_rest_of_a_scenario_is_played_on_request(played: ScenarioRun, terminal: Terminal, type_in: Any) -> None:
    type_in("c\n")
    one = watching(terminal, step=True)
    begin(one, "When", "they look")
    terminal.printed = ""
    begin(one, "Then", "nothing is stored")
    assert terminal.printed == ""


def test_ctrl_d_ends_the_run_as_ctrl_c_does(played: ScenarioRun, terminal: Terminal, type_in: Any) -> None:
    type_in("")
    with pytest.raises(KeyboardInterrupt):
        begin(watching(terminal, step=True), "When", "they look")


def test_a_long_list_is_cut(played: ScenarioRun) -> None:
    played.visitors = [
        visitor(timeline(visit(), state(20.0, *(cookie(f"n{number:02}") for number in range(MOST + 3)))))
    ]
    lines = [*changes(played, 0, cast("pytest.Item", None))]
    assert len(lines) == MOST + 1
    assert lines[-1] == "    and 3 more"


def test_a_sentence_that_left_nothing_says_so(played: ScenarioRun) -> None:
    assert [*changes(played, 1, cast("pytest.Item", None))] == ["    nothing was stored or sent"]


def test_the_first_finding_alone_holds_the_window_open(played: ScenarioRun, terminal: Terminal, type_in: Any) -> None:
    type_in("\n")
    one = watching(terminal, hold_open=True)
    one.pytest_bdd_step_error(REQUEST, CannotTell(("no wire",)))
    assert terminal.printed == "", "a doubt is no finding"
    one.pytest_bdd_step_error(REQUEST, PromiseBroken("P10", (finding(),)))
    assert "A visit: “nothing is stored” does not hold." in terminal.printed
    assert finding().sentence in terminal.printed
    terminal.printed = ""
    one.pytest_bdd_step_error(REQUEST, PromiseBroken("P10", (finding(),)))
    assert terminal.printed == ""


def test_nobody_can_press_enter_in_a_log(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(pytest.UsageError, match="--step waits for Enter: it needs a terminal"):
        watching(terminal, step=True).pytest_sessionstart()


@pytest.mark.parametrize("name", ["step", "hold-open"])
def test_one_person_watches_one_scenario(asked: Any, name: str) -> None:
    settings = asked(f"--{name}")
    assert (settings.headed, settings.step, settings.hold_open) == (True, name == "step", name == "hold-open")


def test_several_workers_do_not_wait(pytester: pytest.Pytester) -> None:
    config = pytester.parseconfig("-p", "consentinel.pytest_plugin.options", "--step", "-n", "2")
    with pytest.raises(pytest.UsageError, match="leave out -n"):
        watched.pytest_configure(config)
