"""What the terminal shows while a run goes on: each scenario by its sentence, and which one is running.

On a terminal (or with -v) each scenario gets a line. Piped into a file pytest's own dots stand for them, so that logs
stay short; what did not hold is told in full at the end either way.
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
"""How the reason of an inconclusive scenario begins on its report."""


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
        """Count what could not be told apart; leave the line to the sentence where there is one."""
        if not _is_scenario(report.nodeid):
            return None
        told = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
        unsure = report.skipped and COULD_NOT_TELL in told
        if report.when != "call" and report.passed:
            return "", "", ""
        outcome: Outcome = "inconclusive" if unsure else "skipped" if report.skipped else report.outcome
        if outcome == "failed" and not isinstance(report.longrepr, str):
            outcome = "error"  # a verdict's report is its sentences; pytest shows the traceback of all else
        category = "broken" if outcome == "failed" else outcome
        return category, "" if self.by_sentence else WORDS[outcome][0], ""

    def ended(self, scenario: ScenarioData) -> None:
        """Print the line of a scenario that has ended."""
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
        """Say which scenario is running, on the line that its outcome will take."""
        if self.by_sentence and self.terminal is not None and self.terminal.isatty and _is_scenario(nodeid):
            name = nodeid.partition("::test_")[2].replace("_", " ")
            self.terminal.rewrite(f"  ... {name[:90]}", erase=True)
            self.terminal.rewrite("", erase=False)


def _is_scenario(nodeid: str) -> bool:
    return nodeid.partition("::")[0].endswith(".feature")
