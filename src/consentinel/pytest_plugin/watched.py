"""Lets a person watch a scenario: `--step` waits before each sentence, `--hold-open` at the first finding.

Both wait for Enter in the terminal, while the browser's window stays as it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_bdd.parser import Scenario, Step

from consentinel.pytest_plugin.options import Settings, settings_of
from consentinel.pytest_plugin.scenario_run import ScenarioRun
from consentinel.pytest_plugin.scenario_secrets import secrets_of
from consentinel.pytest_plugin.scenarios import profile_of, scenario_run_of
from consentinel.pytest_plugin.serialize import discreet
from consentinel.pytest_plugin.step_changes import filled
from consentinel.report.schema import ItemData
from consentinel.report.text import plain
from consentinel.verdicts.finding import UNDECLARED
from consentinel.verdicts.judge import PromiseBroken

MOST = 12
"""How many items and requests are listed for a sentence."""

WORDS = {"added": "stored", "changed": "changed", "gone": "gone", "sent": "sent to"}

KEYS = "Enter plays it, c and Enter the rest of the scenario, Ctrl-C ends the run: "

HELD = "The browser's window stays open. Enter goes on, Ctrl-C ends the run: "


def pytest_configure(config: pytest.Config) -> None:
    """Register what waits, where it is asked for. Raises UsageError where several workers are."""
    settings = settings_of(config)
    if not (settings.step or settings.hold_open):
        return
    name = "step" if settings.step else "hold-open"
    if getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput"):
        raise pytest.UsageError(f"--{name} waits for you at one scenario at a time: leave out -n")
    config.pluginmanager.register(Watched(config, settings, name))


class Watched:
    """Waits for the person at the terminal. `name` is the option by which they asked for it."""

    def __init__(self, config: pytest.Config, settings: Settings, name: str) -> None:
        self.settings, self.name = settings, name
        self.plugins = config.pluginmanager
        self.capture: Any = config.pluginmanager.get_plugin("capturemanager")
        self.playing_on = ""
        """The id of the scenario whose rest is played without waiting."""
        self.has_held = False

    def pytest_sessionstart(self) -> None:
        """Raise UsageError where nobody can press Enter."""
        with self._at_the_terminal():
            is_there = sys.stdin.isatty()
        if not is_there:
            raise pytest.UsageError(f"--{self.name} waits for Enter: it needs a terminal")

    @pytest.hookimpl(tryfirst=True)
    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, scenario: Scenario, step: Step) -> None:
        """Say what the last sentence left, and wait before the next one begins."""
        scenario_run = scenario_run_of(request.node)
        if not self.settings.step or self.playing_on == scenario_run.id:
            return
        number = scenario_run.current
        if number == 0:
            lines = [f"{scenario_run.scenario}  ({scenario_run.file}:{scenario_run.line})"]
        else:
            lines = [*changes(scenario_run, number - 1, request.node)]
        lines.append(f"  {number + 1} of {len(scenario.steps)}: {step.keyword.strip()} {step.name}")
        if self._wait(lines, KEYS).strip() == "c":
            self.playing_on = scenario_run.id

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_step_error(self, request: pytest.FixtureRequest, exception: Exception) -> None:
        """Wait at the first finding, before the visitor leaves."""
        if not self.settings.hold_open or self.has_held or not isinstance(exception, PromiseBroken):
            return
        self.has_held = True
        scenario_run = scenario_run_of(request.node)
        secrets = secrets_of(profile_of(request.node), scenario_run.visitors)
        sentence = scenario_run.steps[scenario_run.current].text
        found = (f"  {plain(secrets.without(one.sentence))} ({one.moment})" for one in exception.findings)
        self._wait([f"{scenario_run.scenario}: “{sentence}” does not hold.", *found], HELD)

    @property
    def terminal(self) -> Any:
        """What prints for pytest, which comes later than this."""
        return self.plugins.get_plugin("terminalreporter")

    def _wait(self, lines: Iterable[str], prompt: str) -> str:
        """Print lines, and return what the person types. Raises KeyboardInterrupt where the terminal is gone."""
        with self._at_the_terminal():
            for line in ("", *lines):
                self.terminal.write_line(line)
            self.terminal.write(f"  {prompt}", flush=True)
            typed = sys.stdin.readline()
        if not typed:
            raise KeyboardInterrupt
        return typed

    @contextmanager
    def _at_the_terminal(self) -> Iterator[None]:
        """Give the person's own input and output back, which pytest captures."""
        self.capture.suspend(in_=True)
        try:
            yield
        finally:
            self.capture.resume()


def changes(scenario_run: ScenarioRun, number: int, item: pytest.Item) -> Iterator[str]:
    """Yield what step `number` (from 0) stored, changed and sent, a line each; requests to the site come last."""
    profile = profile_of(item)
    timelines = [visitor.timeline for visitor in scenario_run.visitors]
    secrets = secrets_of(profile, scenario_run.visitors)
    items = discreet(filled(scenario_run.steps[number], timelines, profile)["items"], secrets)
    items.sort(key=lambda one: one["change"] == "sent" and one["party"] == "first")
    yield from (f"    {_line(one)}" for one in items[:MOST])
    if len(items) > MOST:
        yield f"    and {len(items) - MOST} more"
    if not items:
        yield "    nothing was stored or sent"


def _line(item: ItemData) -> str:
    category = "in no category" if item["category"] == UNDECLARED else item["category"]
    if item["change"] == "sent":
        return f"{WORDS['sent']} {plain(item['host'], 100)}{plain(item['name'], 120)} ({category})"
    writer = f", by {plain(item['written_by'], 120)}" if item["written_by"] else ""
    kind = item["kind"].replace("_", " ")
    return (
        f"{WORDS[item['change']]} {kind} {plain(item['name'], 100)} of {plain(item['host'], 100)} ({category}){writer}"
    )
