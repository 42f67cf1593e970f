"""Prints the progress of a run: a line for each scenario that ended, what is running, how many are left, and how long.

A scenario gets a line on a terminal or with -v. In a file or pipe, pytest prints its one-letter results, so that logs
stay short, and each minute a plain line says how far the run is. The summary describes failures in full in both cases.
"""

from __future__ import annotations

import shutil
import textwrap
import time
from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from consentinel.pytest_plugin.pace import Pace, about
from consentinel.report.schema import Outcome, ScenarioData

WORDS: dict[Outcome, tuple[str, str, dict[str, bool]]] = {
    "passed": (".", "held", {"green": True}),
    "failed": ("F", "BROKEN", {"red": True, "bold": True}),
    "error": ("E", "ERROR", {"red": True, "bold": True}),
    "inconclusive": ("?", "could not tell", {"yellow": True}),
    "skipped": ("s", "skipped", {"yellow": True}),
}

COULD_NOT_TELL = "could not tell: "
"""The prefix of an inconclusive scenario's reason in its report. Only people read it."""

_INCONCLUSIVE = "consentinel_inconclusive"
"""The attribute of an inconclusive scenario's report. pytest-xdist sends it from a worker to the controller."""


def mark_inconclusive(report: pytest.TestReport, file: str, line: int, reason: str) -> None:
    """Make this the report of an inconclusive scenario. pytest itself counts it as skipped."""
    report.outcome, report.longrepr = "skipped", (file, line, f"{COULD_NOT_TELL}{reason}")
    setattr(report, _INCONCLUSIVE, True)


WORD = 15
"""Letters of the column that says how a scenario ended."""

REMINDER_S = 60.0
"""The time between two lines about progress in a log, in seconds."""


class Progress:
    """Prints a line for each scenario as it ends, and what is left. `total` counts the selected scenarios.

    `pace` is set when the site is known. `running` holds the node ids of what is being played, in the order of begin.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
        verbosity = config.get_verbosity()
        self.is_verbose = verbosity > 0
        self.by_sentence = self.is_verbose or (verbosity == 0 and self.terminal is not None and self.terminal.isatty)
        self.on_terminal = self.by_sentence and self.terminal is not None and bool(self.terminal.isatty)
        self.done = 0
        self.total = 0
        self.broken = 0
        self.last = ""
        self.pace = Pace()
        self.running: dict[str, None] = {}
        self.begun = self.reminded = time.monotonic()
        if self.by_sentence and self.terminal is not None:
            self.terminal.showfspath = False

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Return a scenario's category, and its letter unless the scenario gets a line of its own."""
        if not _is_scenario(report.nodeid):
            return None
        inconclusive = report.skipped and getattr(report, _INCONCLUSIVE, False)
        if report.when != "call" and report.passed:
            return "", "", ""
        outcome: Outcome = "inconclusive" if inconclusive else "skipped" if report.skipped else report.outcome
        if outcome == "failed" and not isinstance(report.longrepr, str):
            outcome = "error"  # a verdict's report is text; pytest shows the traceback of any other error
        category = "broken" if outcome == "failed" else outcome
        letter, word, _ = WORDS[outcome]
        # With -v pytest would print the word beside the line that `ended` prints; else it is for the list at the end.
        return category, "" if self.by_sentence else letter, "" if self.is_verbose else word.upper()

    def ended(self, scenario: ScenarioData) -> None:
        """Print the line of a scenario that ended."""
        self.done += 1
        self.broken += scenario["outcome"] == "failed"
        if self.terminal is None:
            return
        if not self.by_sentence:
            self._remind()
            return
        self._clear()
        if scenario["feature"] != self.last:
            self.last = scenario["feature"]
            self.terminal.write_line(f"\n{scenario['feature']}", bold=True)
        _, word, style = WORDS[scenario["outcome"]]
        promise = f"{scenario['promises'][0]}  "
        self.terminal.write(f"  {word:<{WORD}}", **style)
        line = f"{promise}{scenario['scenario']}  ({scenario['browser']}, {scenario['seconds']:.1f} s)"
        self.terminal.write_line(self._wrapped(line, WORD + 2, len(promise)))

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Count the selected scenarios, where they are played in this process."""
        self._count(item.nodeid for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Count the selected scenarios, of which each worker of pytest-xdist collects all."""
        self._count(ids)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Show that a scenario runs. With pytest-xdist each worker has one."""
        if _is_scenario(nodeid):
            self.running[nodeid] = None
            self._show()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Show what else is running."""
        if self.running.pop(nodeid, nodeid) is None and self.running:
            self._show()

    def state(self) -> str:
        """Return how far the run is, in words: `12 of 184, about 9 min left`."""
        parts = [f"{self.done} of {self.total}" if self.total else f"{self.done} done"]
        left = self.pace.left_s(self.done, self.total, time.monotonic() - self.begun)
        if left is not None and self.done < self.total:
            parts.append(about(left))
        return ", ".join(parts)

    def _count(self, nodeids: Iterable[str]) -> None:
        self.total = sum(map(_is_scenario, nodeids))
        self.begun = self.reminded = time.monotonic()

    def _wrapped(self, line: str, begin: int, indent: int) -> str:
        """Return a line that begins in this column as lines that fit a terminal; the further ones are indented more."""
        if not self.on_terminal:
            return line
        width = max(40, shutil.get_terminal_size().columns - 1)
        first, further = " " * begin, " " * (begin + indent)
        lines = textwrap.wrap(line, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
        return "\n".join(lines)[begin:]

    def _show(self) -> None:
        """Write what is running on the line that the next outcome will replace."""
        if not self.on_terminal:
            return
        line = f"  [{self.state()}]  {' | '.join(map(_name, self.running))}"
        self._clear()
        self.terminal.rewrite(line[: max(20, shutil.get_terminal_size().columns - 1)], erase=False)
        self.terminal.rewrite("", erase=False)

    def _clear(self) -> None:
        if self.on_terminal:
            self.terminal.rewrite("", erase=True)
            self.terminal.rewrite("", erase=False)

    def _remind(self) -> None:
        """Tell a log how far the run is, once a minute."""
        now = time.monotonic()
        if now - self.reminded >= REMINDER_S:
            self.reminded = now
            broken = f", {self.broken} broken" if self.broken else ""
            self.terminal.write_line(f"{self.state()}{broken}")


def _name(nodeid: str) -> str:
    """Return a scenario's name as its node id has it, shortened where several share a line."""
    return nodeid.partition("::test_")[2].replace("_", " ")[:90]


def _is_scenario(nodeid: str) -> bool:
    return nodeid.partition("::")[0].endswith(".feature")
