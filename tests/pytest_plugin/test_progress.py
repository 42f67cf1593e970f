"""What the terminal counts a scenario as, and what it leaves to the sentences at the end."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consentinel.pytest_plugin.pace import Pace, about, pace_of
from consentinel.pytest_plugin.progress import Progress, mark_inconclusive
from consentinel.report.history import Store
from tests.report.builders import run, scenario


def _progress(*, verbose: int = 0) -> Progress:
    plugins = SimpleNamespace(get_plugin=lambda name: None)
    return Progress(cast("pytest.Config", SimpleNamespace(pluginmanager=plugins, get_verbosity=lambda: verbose)))


def _report(outcome: Any, longrepr: Any, nodeid: str = "features/a.feature::test_a[chromium]") -> pytest.TestReport:
    return pytest.TestReport(nodeid, ("a", 1, "a"), {}, outcome, longrepr, "call")


def _inconclusive() -> pytest.TestReport:
    report = _report("passed", None)
    mark_inconclusive(report, "a", 1, "why")
    assert report.longrepr == ("a", 1, "could not tell: why")
    return report


def _from_worker(report: pytest.TestReport) -> pytest.TestReport:
    """The report as pytest-xdist hands it to the controller."""
    data = json.loads(json.dumps(report._to_json()))
    return pytest.TestReport._from_json(data)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (_report("passed", None), ("passed", ".", "HELD")),
        (_report("failed", "P24 does not hold"), ("broken", "F", "BROKEN")),
        (_report("failed", RuntimeError("something went wrong")), ("error", "E", "ERROR")),
        (_inconclusive(), ("inconclusive", "?", "COULD NOT TELL")),
        (_from_worker(_inconclusive()), ("inconclusive", "?", "COULD NOT TELL")),
        (_report("skipped", ("a", 1, "not allowed")), ("skipped", "s", "SKIPPED")),
        (_report("skipped", ("a", 1, "a page says “could not tell: why”")), ("skipped", "s", "SKIPPED")),
        (_report("failed", "an ordinary test", "tests/test_a.py::test_a"), None),
    ],
)
def test_a_broken_promise_is_told_once_and_a_fault_of_the_harness_with_its_traceback(
    report: pytest.TestReport, told: tuple[str, str, str] | None
) -> None:
    assert _progress().pytest_report_teststatus(report) == told


def test_a_sentence_takes_the_place_of_the_letter() -> None:
    assert _progress(verbose=1).pytest_report_teststatus(_report("failed", "P24")) == ("broken", "", "")


class Terminal:
    """What pytest's reporter does with a line, as far as progress asks it: `screen` is what is on the last line."""

    def __init__(self, *, isatty: bool) -> None:
        self.isatty, self.showfspath = isatty, True
        self.lines: list[str] = []
        self.screen = ""

    def write(self, text: str, **_: bool) -> None:
        self.screen = text + self.screen[len(text) :]

    def write_line(self, text: str, **_: bool) -> None:
        self.lines += [self.screen.rstrip() + text] if self.screen.strip() else text.splitlines()
        self.screen = ""

    def rewrite(self, text: str, *, erase: bool) -> None:
        self.screen = text if erase or text else self.screen


def _at(terminal: Terminal) -> Progress:
    plugins = SimpleNamespace(get_plugin=lambda name: terminal)
    return Progress(cast("pytest.Config", SimpleNamespace(pluginmanager=plugins, get_verbosity=lambda: 0)))


def _node(number: int) -> str:
    return f"features/a.feature::test_scenario_{number}[chromium]"


def test_a_terminal_shows_what_each_worker_plays_and_how_much_is_left() -> None:
    terminal = Terminal(isatty=True)
    progress = _at(terminal)
    progress.pytest_xdist_node_collection_finished([*map(_node, range(10)), "tests/test_a.py::test_a"])
    progress.pace = Pace(120.0)
    progress.pytest_runtest_logstart(_node(0))
    progress.pytest_runtest_logstart(_node(1))
    assert terminal.screen == "  [0 of 10, about 20 min left]  scenario 0[chromium] | scenario 1[chromium]"[:79]

    progress.ended(scenario("failed", "P24"))
    assert terminal.lines[-1].startswith("  BROKEN")
    assert "scenario 0" not in terminal.lines[-1], "what was running must not show through"
    progress.pytest_runtest_logfinish(_node(0))
    assert "[1 of 10, " in terminal.screen
    assert "scenario 0[" not in terminal.screen


def test_a_pipe_gets_plain_lines_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("consentinel.pytest_plugin.progress.time.monotonic", lambda: now[0])
    terminal = Terminal(isatty=False)
    progress = _at(terminal)
    progress.pytest_xdist_node_collection_finished([*map(_node, range(10))])
    for number in range(8):
        progress.pytest_runtest_logstart(_node(number))
        now[0] += 25.0
        progress.ended(scenario("failed" if number == 0 else "passed", "P24"))
    assert terminal.screen == ""
    assert terminal.lines == ["3 of 10, about 3 min left, 1 broken", "6 of 10, about 2 min left, 1 broken"]


@pytest.mark.parametrize(
    ("former", "done", "elapsed", "left"),
    [
        (None, 2, 20.0, None),
        (None, 4, 40.0, 60.0),
        (20.0, 0, 5.0, 205.0),
        (20.0, 5, 50.0, 75.0),
        (20.0, 10, 100.0, 0.0),
        (20.0, 11, 100.0, None),
    ],
)
def test_the_last_run_counts_until_this_one_has_a_pace_of_its_own(
    former: float | None, done: int, elapsed: float, left: float | None
) -> None:
    found = Pace(former).left_s(done, 10, elapsed)
    assert found == (left if left is None else pytest.approx(left, rel=0.08))


def test_an_estimate_is_told_in_words() -> None:
    told = [about(seconds) for seconds in (3, 55, 700, 7500)]
    assert told == ["under a minute left", "about 1 min left", "about 12 min left", "about 2 h 5 min left"]


def test_the_pace_is_that_of_the_sites_last_whole_run_in_these_browsers(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    assert pace_of(None, "Bluebird", ["chromium"]) == pace_of(file, "Bluebird", ["chromium"]) == Pace()
    with Store(file) as store:
        two = [scenario("passed", "P24"), scenario("passed", "P10", id="two", scenario="Another")]
        store.save(run(*two, browsers={"chromium": "156"}, seconds=60.0, started=1000.0))
        store.save(run(*two, browsers={"chromium": "156"}, seconds=5.0, started=2000.0, complete=False))
        store.save(run(*two, browsers={"firefox": "153"}, seconds=90.0, started=3000.0))
    assert pace_of(file, "Bluebird", ["chromium"]) == Pace(30.0)
    assert pace_of(file, "Another", ["chromium"]) == Pace()
    file.write_text("no history", encoding="ascii")
    assert pace_of(file, "Bluebird", ["chromium"]) == Pace()


def test_a_long_name_goes_on_under_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    terminal = Terminal(isatty=True)
    name = "A whole visit of somebody who withdraws their consent and then removes all cookies"
    _at(terminal).ended(scenario("passed", "P24", scenario=name))
    first, *further = terminal.lines[-1].splitlines()
    assert first.startswith("  heldP24  A whole visit"), "the terminal of these tests drops the blanks of the column"
    assert [line[:22].strip() for line in further] == [""] * len(further)
    assert all(len(line) < 60 for line in (first, *further))
    assert " ".join(line.strip() for line in (first[11:], *further)).startswith(name)
