"""One browser for all flows, and a new context for each visitor: no harness at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from tools.bench.peers.floor_flows.client import running, running_firefox
from tools.bench.peers.floor_flows.visitor import BidiVisitor, Visitor
from tools.bench.peers.reference import ARGUMENTS, CHROMIUM, FIREFOX, PREFERENCES, ROUNDS


@pytest.fixture(params=range(ROUNDS), autouse=True)
def round_number(request: pytest.FixtureRequest) -> int:
    """Runs each flow so many times."""
    return int(request.param)


@pytest.fixture(scope="session")
def arrive() -> Iterator[Callable[..., Visitor]]:
    """Makes a new visitor, in the same browser as the harness's, with the same arguments or preferences."""
    if FIREFOX:
        with running_firefox(FIREFOX, PREFERENCES) as firefox:
            yield partial(BidiVisitor, firefox)
    else:
        with running(CHROMIUM, ARGUMENTS) as chromium:
            yield partial(Visitor, chromium)


@pytest.fixture
def visitor(arrive: Callable[..., Visitor]) -> Iterator[Visitor]:
    """A new visitor."""
    visitor = arrive()
    yield visitor
    visitor.leave()
