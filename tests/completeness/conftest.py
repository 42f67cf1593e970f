"""One running reference site, proxy and browser per engine, and visitors who are recorded as in any scenario."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.evidence.proxy import RecordingProxy
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.completeness.log import ServerLog
from tests.deployed import profile, site, wire

__all__ = ["profile", "site", "wire"]


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec, wire: RecordingProxy, site: RunningSite) -> Resources:
    elsewhere = site.url("control.localhost", "/elsewhere")
    return Resources(shared_browsers, spec, wire, horizon=1.0, elsewhere=elsewhere)


@pytest.fixture
def visitor(resources: Resources, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    for name, value in REFERENCE_ACCOUNT.items():
        monkeypatch.setenv(name, value)
    visitor = Visitor("visitor", resources, profile)
    yield visitor
    visitor.leave()
    resources.end_scenario()


@pytest.fixture
def log(site: RunningSite) -> ServerLog:
    """What reached the server from now on."""
    return ServerLog(site)
