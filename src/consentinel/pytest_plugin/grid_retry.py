"""A browser that goes away with its node of a Grid: the scenario gets one fresh attempt, and no verdict from the first.

This is no retry of a verdict: an attempt whose browser was lost has none. The attempt that counts says its number.
"""

from __future__ import annotations

import pytest
from _pytest.runner import runtestprotocol  # the only way to run an item anew; pytest-rerunfailures goes it too
from urllib3.exceptions import HTTPError

from consentinel.browser.errors import BrowserGone
from consentinel.pytest_plugin.collect import FeatureFile
from consentinel.pytest_plugin.options import settings_of
from consentinel.pytest_plugin.scenario_run import ScenarioRun

ATTEMPTS = 2
"""How often a scenario is tried at most."""
ATTEMPT = pytest.StashKey[int]()
LOST = pytest.StashKey[bool]()
"""On an item: whether the attempt that has just ended lost its browser."""
REASON = "the Grid lost the browser while the scenario ran, probably with its node"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a scenario on a Grid until an attempt keeps its browser, twice at most; only the last one is reported."""
    if settings_of(item.config).grid is None or not isinstance(item.parent, FeatureFile):
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for attempt in range(1, ATTEMPTS + 1):
        item.stash[ATTEMPT], item.stash[LOST] = attempt, False
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if not item.stash[LOST]:
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def attempt_of(item: pytest.Item) -> int:
    """The number of this attempt, from 1."""
    return item.stash.get(ATTEMPT, 1)


def is_lost(item: pytest.Item, scenario_run: ScenarioRun, error: BaseException | None) -> bool:
    """Whether this attempt lost a browser of a Grid, which then says nothing about the site."""
    if settings_of(item.config).grid is None:
        return False
    gone = isinstance(error, BrowserGone | HTTPError) or any(visitor.browser.lost for visitor in scenario_run.visitors)
    item.stash[LOST] = gone
    return gone


def is_spare(item: pytest.Item) -> bool:
    """Whether this attempt lost its browser and another one follows."""
    return item.stash.get(LOST, False) and attempt_of(item) < ATTEMPTS
