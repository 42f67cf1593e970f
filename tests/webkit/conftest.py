"""Visitors who come with WebKit, which is optional, to one running reference site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.browser.device import DESKTOP, Device
from consentinel.browser.install import is_there
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.deployed import profile, site, wire

__all__ = ["profile", "site", "wire"]


@pytest.fixture(scope="session", autouse=True)
def _installed() -> None:
    if not is_there(Engine.WEBKIT):
        pytest.skip("WebKit is not installed; consentinel install webkit installs it")


@pytest.fixture(scope="session")
def resources(browser_pool: BrowserPool, wire: RecordingProxy, site: RunningSite) -> Resources:
    return Resources(
        browser_pool,
        BrowserSpec(Engine.WEBKIT),
        wire,
        horizon=0.5,
        elsewhere=site.url("control.localhost", "/elsewhere"),
    )


class Doorway:
    """Lets visitors in, and sees them off when the test is over."""

    def __init__(self, resources: Resources, profile: Profile) -> None:
        self._equipment = resources
        self._profile = profile
        self._inside: list[Visitor] = []

    def __call__(self, device: Device = DESKTOP) -> Visitor:
        visitor = Visitor("visitor", self._equipment, self._profile, device=device)
        self._inside.append(visitor)
        return visitor

    def close(self) -> None:
        for visitor in self._inside:
            visitor.leave()


@pytest.fixture
def arrive(resources: Resources, profile: Profile) -> Iterator[Doorway]:
    doorway = Doorway(resources, profile)
    yield doorway
    doorway.close()
