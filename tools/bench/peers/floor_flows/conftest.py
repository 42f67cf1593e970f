"""One Chromium for all flows, and a new context for each visitor: no harness at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tools.bench.peers.floor_flows.client import Client, running
from tools.bench.peers.floor_flows.visitor import Visitor
from tools.bench.peers.reference import ARGUMENTS, CHROMIUM, ROUNDS


@pytest.fixture(params=range(ROUNDS), autouse=True)
def round_number(request: pytest.FixtureRequest) -> int:
    """Runs each flow so many times."""
    return int(request.param)


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    """The same Chromium as the harness's, with the same arguments."""
    with running(CHROMIUM, ARGUMENTS) as client:
        yield client


@pytest.fixture
def visitor(client: Client) -> Iterator[Visitor]:
    """A new visitor."""
    visitor = Visitor(client)
    yield visitor
    visitor.leave()
