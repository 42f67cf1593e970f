"""The reference site, up once for all tests of this folder, and its profile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.reference_site.serve import RunningSite, start
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from consentinel.visitor.http_session import session
from consentinel.visitor.plain_visitor import PlainVisitor

ENVIRONMENT = {"CONSENTINEL_USER": "ada@example.com", "CONSENTINEL_PASSWORD": "correct horse"}


@pytest.fixture(scope="session")
def running() -> Iterator[RunningSite]:
    with start() as site:
        yield site


@pytest.fixture(scope="session")
def profile(running: RunningSite) -> Profile:
    return load_profile("reference", f"https://harbour.localhost:{running.port}", ENVIRONMENT)


@pytest.fixture
def visitor(profile: Profile, running: RunningSite) -> PlainVisitor:
    return PlainVisitor(profile, session(running.ca_pem), {})
