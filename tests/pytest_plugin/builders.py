"""Scenario runs for tests without a browser, with visitors who hold a record."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

from mitmproxy import http

from consentinel.evidence.proxy import Tap
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.scenario_run import ScenarioRun, StepRun
from consentinel.verdicts.judge import Judge
from consentinel.visitor.visitor import Visitor


def visitor(timeline: Timeline, flows: list[http.HTTPFlow] | None = None) -> Visitor:
    """Somebody of whom only the record is left."""
    tap = None if flows is None else Tap("127.0.0.1", 1, 0.0, flows)
    recorder = SimpleNamespace(tap=tap, problems=["a picture could not be taken"])
    browser = SimpleNamespace(engine=timeline.browser, version="Browser 1")
    return cast("Visitor", SimpleNamespace(timeline=timeline, recorder=recorder, browser=browser))


def scenario_run(*visitors: Visitor, identity: str = "first-visit-abc123-chromium") -> ScenarioRun:
    """A scenario_run of two steps, the second of which did not run."""
    made = ScenarioRun(
        identity, "First visit", "Nothing", "A visit", "first_visit.feature", 7, ["P10"], ["P10"], Judge("P10"), None
    )
    made.steps = [StepRun("When", "they look", "passed", 0.0, 95.0), StepRun("Then", "nothing is stored")]
    made.visitors = list(visitors)
    return made


def feature(folder: Path, text: str, name: str = "some.feature") -> Path:
    """A feature file with this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
