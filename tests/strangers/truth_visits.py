"""Visitors of deployments made for one test, recorded as in any scenario, in each engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.proxy import RecordingProxy
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import Answers, Deployment, deployed

Visit = Callable[..., tuple[Visitor, Deployment]]
"""Serves answers, and calls up the shop's first page; `cookies` are the names of a category's cookies."""


@pytest.fixture(scope="module")
def proxy(first_wire: RecordingProxy) -> Iterator[RecordingProxy]:
    proxy = RecordingProxy(beside=first_wire)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec, proxy: RecordingProxy) -> Resources:
    return Resources(shared_browsers, spec, proxy, horizon=1.0)


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
