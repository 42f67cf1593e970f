"""Runs a scenario once more if a Selenium Grid loses its browser, for example because a node stops.

No verdict is retried: an attempt that lost its browser has no verdict. The record has the number of the attempt.
"""

from __future__ import annotations

import pytest
from urllib3.exceptions import HTTPError

from consentinel.browser.errors import BrowserGone
from consentinel.pytest_plugin.collect import FeatureFile
from consentinel.pytest_plugin.internals import run_once
from consentinel.pytest_plugin.options import settings_of
from consentinel.pytest_plugin.scenario_run import ScenarioRun

ATTEMPTS = 2
"""The largest number of attempts at one scenario."""
ATTEMPT = pytest.StashKey[int]()
LOST = pytest.StashKey[bool]()
"""Stash key of an item: whether the latest attempt lost its browser."""
REASON = "the Grid lost the browser while the scenario ran, probably with its node"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a scenario on a Grid until an attempt keeps its browser, at most ATTEMPTS times. Report the last attempt."""
    if settings_of(item.config).grid is None or not isinstance(item.parent, FeatureFile):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for attempt in range(1, ATTEMPTS + 1):
        item.stash[ATTEMPT], item.stash[LOST] = attempt, False
        reports = run_once(item, nextitem)
        if not item.stash[LOST]:
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def attempt_of(item: pytest.Item) -> int:
    """Return the number of this attempt, from 1."""
    return item.stash.get(ATTEMPT, 1)


def is_lost(item: pytest.Item, scenario_run: ScenarioRun, error: BaseException | None) -> bool:
    """Return whether this attempt lost a browser of a Grid. Such an attempt says nothing about the site."""
    if settings_of(item.config).grid is None:
        return False
    gone = isinstance(error, BrowserGone | HTTPError) or any(visitor.browser.lost for visitor in scenario_run.visitors)
    item.stash[LOST] = gone
    return gone


def is_spare(item: pytest.Item) -> bool:
    """Return whether this attempt lost its browser and another one follows."""
    return item.stash.get(LOST, False) and attempt_of(item) < ATTEMPTS
