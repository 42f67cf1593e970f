"""Checks after each step that the recorded evidence shows what its sentence says was done."""

from __future__ import annotations

from consentinel.pytest_plugin.scenario_run import ScenarioRun
from consentinel.site.profile import Profile
from consentinel.verdicts.judge import CannotTell
from consentinel.verdicts.performed import not_performed


def check_acted(scenario_run: ScenarioRun, number: int, profile: Profile) -> None:
    """Check step `number` (from 0), which raised no error. Raises CannotTell if no evidence shows its action."""
    step = scenario_run.steps[number]
    timelines = [visitor.timeline for visitor in scenario_run.visitors]
    doubts = not_performed(step.text, step.started, timelines, profile)
    if doubts:
        scenario_run.end(number, "inconclusive")
        raise CannotTell(doubts)
