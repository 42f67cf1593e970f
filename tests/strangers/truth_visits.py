"""Visitors of deployments made for one test, recorded as in any scenario, in each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import Answers, Deployment, deployed

Visit = Callable[..., tuple[Visitor, Deployment]]
"""Serves answers, and calls up the shop's first page; `cookies` are the names of a category's cookies."""


@pytest.fixture(scope="module")
def proxy() -> Iterator[RecordingProxy]:
    proxy = RecordingProxy()
    yield proxy
    proxy.close()


@pytest.fixture(scope="module", params=[Engine.CHROMIUM, Engine.FIREFOX], ids=str)
def resources(request: pytest.FixtureRequest, proxy: RecordingProxy) -> Iterator[Resources]:
    browser_pool = BrowserPool()
    yield Resources(browser_pool, BrowserSpec(request.param, trusted=(proxy.key,)), proxy, horizon=1.0)
    browser_pool.close()


@pytest.fixture
def visit(resources: Resources) -> Iterator[Visit]:
    with ExitStack() as until:

        def begin(answers: Answers, **cookies: tuple[str, ...]) -> tuple[Visitor, Deployment]:
            site = until.enter_context(deployed(answers))
            visitor = Visitor("visitor", resources, site.profile(**cookies))
            until.callback(visitor.leave)
            visitor.visit(site.url(), "visits the shop")
            return visitor, site

        yield begin
