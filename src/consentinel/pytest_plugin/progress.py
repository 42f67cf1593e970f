"""Prints the progress of a run: a line for each scenario that ended, and the name of the running one.

A scenario gets a line on a terminal or with -v. In a file or pipe, pytest prints its one-letter results, so that logs
stay short. The summary describes failures in full in both cases.
"""

from __future__ import annotations

from typing import Any

import pytest

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


class Progress:
    """Prints a line for each scenario as it ends. `total` grows as scenarios are collected."""

    def __init__(self, config: pytest.Config) -> None:
        self.terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
        verbosity = config.get_verbosity()
        self.by_sentence = verbosity > 0 or (verbosity == 0 and self.terminal is not None and self.terminal.isatty)
        self.done = 0
        self.last = ""
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
        return category, "" if self.by_sentence else WORDS[outcome][0], ""

    def ended(self, scenario: ScenarioData) -> None:
        """Print the line of a scenario that ended."""
        self.done += 1
        if not self.by_sentence or self.terminal is None:
            return
        if scenario["feature"] != self.last:
            self.last = scenario["feature"]
            self.terminal.write_line(f"\n{scenario['feature']}", bold=True)
        _, word, style = WORDS[scenario["outcome"]]
        promise = scenario["promises"][0]
        self.terminal.write(f"  {word:<15}", **style)
        self.terminal.write_line(
            f"{promise}  {scenario['scenario']}  ({scenario['browser']}, {scenario['seconds']:.1f} s)"
        )

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Print the name of the running scenario on the line that its outcome will replace."""
        if self.by_sentence and self.terminal is not None and self.terminal.isatty and _is_scenario(nodeid):
            name = nodeid.partition("::test_")[2].replace("_", " ")
            self.terminal.rewrite(f"  ... {name[:90]}", erase=True)
            self.terminal.rewrite("", erase=False)


def _is_scenario(nodeid: str) -> bool:
    return nodeid.partition("::")[0].endswith(".feature")
