"""Fixtures for visitors who are recorded as in any scenario: one running reference site, its profile and a proxy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence.wire import Wire
from reference_site.serve import RunningSite, start
from runner.deployment import REFERENCE_ACCOUNT
from sites.load import load_profile
from sites.profile import Profile


@pytest.fixture(scope="session")
def site() -> Iterator[RunningSite]:
    with start() as running:
        yield running


@pytest.fixture(scope="session")
def profile(site: RunningSite) -> Profile:
    return load_profile("reference", site.url(path=""), {**REFERENCE_ACCOUNT})


@pytest.fixture(scope="session")
def wire(site: RunningSite) -> Iterator[Wire]:
    wire = Wire(trust=Path(site.ca_pem))
    yield wire
    wire.close()
