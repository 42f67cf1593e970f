"""Ends a run whose feature files have a problem, before any scenario runs: a line for each problem, exit code 4.

pytest-xdist would take a worker that ends by itself for a crashed one. So a worker hands its problems to the controller
and collects nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

HANDED_OVER = "consentinel_feature_problems"
"""The key of the problems in what a worker sends at its end."""

PROBLEMS = pytest.StashKey[list[str]]()
"""Stash key of the configuration: the problems that this process has found, each once."""

WORKERS_PROBLEMS = pytest.StashKey[list[str]]()
"""Stash key of the controller's configuration: the problems that its workers have found, each once."""


def add_problem(config: pytest.Config, problem: str) -> None:
    """Note a problem of a feature file: file, line, problem, remedy."""
    _note(config.stash.setdefault(PROBLEMS, []), problem)


def stop_at_problems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Stop if any problem was noted. Raises UsageError; a worker hands the problems over and gives up its items."""
    problems = config.stash.get(PROBLEMS, [])
    if problems and hasattr(config, "workeroutput"):
        config.workeroutput[HANDED_OVER] = problems
        items.clear()
    elif problems:
        raise pytest.UsageError("\n".join(problems))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over the problems that a worker has found."""
    for problem in getattr(node, "workeroutput", {}).get(HANDED_OVER, ()):
        _note(node.config.stash.setdefault(WORKERS_PROBLEMS, []), problem)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Set the exit code if workers have found problems."""
    if session.config.stash.get(WORKERS_PROBLEMS, []):
        session.exitstatus = pytest.ExitCode.USAGE_ERROR


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the problems that workers have found. Those of a run without workers are printed by pytest."""
    for problem in config.stash.get(WORKERS_PROBLEMS, []):
        terminalreporter.write_line(f"ERROR: {problem}", red=True)


def _note(noted: list[str], problem: str) -> None:
    if problem not in noted:
        noted.append(problem)
