"""After each step: whether the record shows that its sentence acted."""

from __future__ import annotations

from consentinel.pytest_plugin.scenario_run import ScenarioRun
from consentinel.site.profile import Profile
from consentinel.verdicts.deeds import undone
from consentinel.verdicts.judge import CannotTell


def check_acted(scenario_run: ScenarioRun, number: int, profile: Profile) -> None:
    """Judge step `number` (from 0), which went well as far as it told. Raises CannotTell where nothing shows it."""
    step = scenario_run.steps[number]
    timelines = [visitor.timeline for visitor in scenario_run.visitors]
    doubts = undone(step.text, step.started, timelines, profile)
    if doubts:
        scenario_run.end(number, "inconclusive")
        raise CannotTell(doubts)
