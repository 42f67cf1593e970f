"""Fixtures for visitors who are recorded as in any scenario: one running reference site, its profile and a proxy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from consentinel.evidence.proxy import RecordingProxy
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site.serve import RunningSite, start
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile


@pytest.fixture(scope="session")
def site() -> Iterator[RunningSite]:
    with start() as running:
        yield running


@pytest.fixture(scope="session")
def profile(site: RunningSite) -> Profile:
    return load_profile("reference", site.url(path=""), {**REFERENCE_ACCOUNT})


@pytest.fixture(scope="session")
def wire(site: RunningSite, first_wire: RecordingProxy) -> Iterator[RecordingProxy]:
    wire = RecordingProxy(trust=Path(site.ca_pem), beside=first_wire)
    yield wire
    wire.close()
