"""A thousand cookies and two thousand requests are judged, in work that grows with them and no faster."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from consentinel.evidence.records import Kind, Value
from consentinel.evidence.timeline import Timeline
from consentinel.pytest_plugin.scenario_run import ScenarioRun, StepRun
from consentinel.pytest_plugin.step_changes import steps_of
from consentinel.report.schema import StepData
from consentinel.site.profile import REFUSABLE
from consentinel.verdicts import (
    anonymity,
    lifetime,
    personal_data,
    sent,
    stored,
)
from consentinel.verdicts.judge import Judge
from tests.verdicts.builders import (
    PROFILE,
    cookie,
    request,
    rest,
    setting,
    state,
    timeline,
    visit,
    write,
)

Ask = Callable[[Timeline], object]


def crowded(cookies: int) -> Timeline:
    """So many cookies, written by scripts and answers, read at six moments, and twice as many requests."""
    jar = [cookie(f"c{n}", f"{n:06d}a7b8c9d0", host=f"h{n}.tracker.example", expires=1e9) for n in range(cookies)]
    own = [cookie("session", f"{n:06d}f1e2d3c4", path=f"/{n}") for n in range(cookies)]
    writes = [write(f"c{n}", at=10.0 + n / cookies, host=f"h{n}.tracker.example") for n in range(cookies)]
    beacons = [write(f"https://h{n}.tracker.example/b", at=10.0, kind=Kind.REQUEST) for n in range(cookies)]
    answers = [setting("same", f"{n:06d}", at=11.0, host=f"h{n}.tracker.example") for n in range(cookies)]
    asked = [
        request(f"https://h{n}.tracker.example/b?v={n:06d}", at=12.0, body=Value(f"x={n}")) for n in range(cookies)
    ]
    same = [cookie("same", f"{n:06d}", host=f"h{n}.tracker.example") for n in range(cookies)]
    read = [state(20.0 + n, *jar, *own, *same) for n in range(6)]
    return timeline(visit(), *writes, *beacons, *answers, *asked, *read, rest())


def of_steps(seen: Timeline) -> list[StepData]:
    scenario_run = ScenarioRun("id", "f", "r", "s", "f.feature", 1, [], [], Judge("P10"), None)
    scenario_run.steps = [StepRun("When", "they look", "passed", 5.0 + n, 6.0 + n) for n in range(30)]
    return steps_of(scenario_run, [seen], PROFILE)


QUESTIONS: dict[str, Ask] = {
    "only": lambda seen: stored.only(seen, PROFILE, (), ()),
    "none_of": lambda seen: stored.none_of(seen, PROFILE, REFUSABLE, ()),
    "written_since": lambda seen: stored.written_since(seen, PROFILE, REFUSABLE, (), 0.0),
    "declared_once": lambda seen: stored.declared_once(seen, PROFILE, ()),
    "nothing_at_all": lambda seen: stored.nothing_at_all(seen, PROFILE),
    "only_allowed": lambda seen: sent.only_allowed(seen, PROFILE, (), ()),
    "all_declared": lambda seen: sent.all_declared(seen, PROFILE, ()),
    "stores_no_personal_data": lambda seen: personal_data.stores_no_personal_data(seen, PROFILE, ()),
    "told_nobody": lambda seen: personal_data.sends_no_personal_data(seen, PROFILE, ()),
    "functionality_stays_home": lambda seen: anonymity.functionality_stays_home(seen, PROFILE, ()),
    "came_back": lambda seen: anonymity.came_back(seen, PROFILE, (), 22.5),
    "share_nothing": lambda seen: anonymity.share_nothing(seen, seen, PROFILE),
    "bounded": lambda seen: lifetime.bounded(seen, PROFILE, ()),
    "steps": of_steps,
}


def work(ask: Ask, seen: Timeline) -> int:
    """How many lines of Python the question takes: the same on a quick and on a slow machine."""
    lines = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()  # that of the coverage measurement
    sys.settrace(trace)
    try:
        ask(seen)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("question", QUESTIONS)
def test_work_grows_with_what_was_seen_and_no_faster(question: str) -> None:
    ask = QUESTIONS[question]
    ask(crowded(80))  # what is prepared once, is
    few, many = work(ask, crowded(20)), work(ask, crowded(80))
    assert few > 20, "the question looks at nothing"
    assert many < 5 * few, f"{few} lines for 20 cookies, {many} for 80"


def test_a_thousand_cookies_and_two_thousand_requests_are_judged() -> None:
    seen = crowded(1000)
    assert len(seen.requests) == 2000
    assert len(stored.only(seen, PROFILE, (), ()).findings) == 2000
    assert len(sent.only_allowed(seen, PROFILE, (), ()).findings) == 1000
    assert len(stored.written_since(seen, PROFILE, REFUSABLE, (), 0.0).findings) == 2000
    assert sum(len(step["items"]) for step in of_steps(seen)) > 3000
