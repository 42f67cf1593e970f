"""Visitors who come with WebKit, which is optional, to one running reference site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browsers.device import DESKTOP, Device
from browsers.fleet import Fleet
from browsers.install import is_there
from browsers.setup import Engine, Setup
from evidence.wire import Wire
from pages.equipment import Equipment
from pages.visitor import Visitor
from reference_site.serve import RunningSite
from sites.profile import Profile
from tests.deployed import profile, site, wire

__all__ = ["profile", "site", "wire"]


@pytest.fixture(scope="session", autouse=True)
def _installed() -> None:
    if not is_there(Engine.WEBKIT):
        pytest.skip("WebKit is not installed; python -m browsers.install webkit installs it")


@pytest.fixture(scope="session")
def equipment(fleet: Fleet, wire: Wire, site: RunningSite) -> Equipment:
    return Equipment(
        fleet, Setup(Engine.WEBKIT), wire, horizon=0.5, elsewhere=site.url("control.localhost", "/elsewhere")
    )


class Doorway:
    """Lets visitors in, and sees them off when the test is over."""

    def __init__(self, equipment: Equipment, profile: Profile) -> None:
        self._equipment = equipment
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
def arrive(equipment: Equipment, profile: Profile) -> Iterator[Doorway]:
    doorway = Doorway(equipment, profile)
    yield doorway
    doorway.close()
