"""One running reference site for all tests of this folder."""

from collections.abc import Iterator

import pytest

from consentinel.reference_site.serve import RunningSite, start
from tests.reference_site.client import Client


@pytest.fixture(scope="session")
def running() -> Iterator[RunningSite]:
    with start() as site:
        yield site


@pytest.fixture
def visitor(running: RunningSite) -> Client:
    """A new visitor of the clean site."""
    return Client(running)
