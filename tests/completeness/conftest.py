"""One running reference site, proxy and browser per engine, and visitors who are recorded as in any scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from browsers.fleet import Fleet
from browsers.setup import Engine, Setup
from evidence.wire import Wire
from pages.equipment import Equipment
from pages.visitor import Visitor
from reference_site.serve import RunningSite
from runner.deployment import REFERENCE_ACCOUNT
from sites.profile import Profile
from tests.completeness.log import ServerLog
from tests.deployed import profile, site, wire

__all__ = ["profile", "site", "wire"]

Arrive = Callable[[], Visitor]


@pytest.fixture(scope="session", params=[Engine.CHROMIUM, Engine.FIREFOX], ids=str)
def equipment(request: pytest.FixtureRequest, wire: Wire, site: RunningSite) -> Iterator[Equipment]:
    fleet = Fleet()
    elsewhere = site.url("control.localhost", "/elsewhere")
    yield Equipment(fleet, Setup(request.param, trusted=(wire.key,)), wire, horizon=1.0, elsewhere=elsewhere)
    fleet.close()


@pytest.fixture
def visitor(equipment: Equipment, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    for name, value in REFERENCE_ACCOUNT.items():
        monkeypatch.setenv(name, value)
    visitor = Visitor("visitor", equipment, profile)
    yield visitor
    visitor.leave()


@pytest.fixture
def log(site: RunningSite) -> ServerLog:
    """What reached the server from now on."""
    return ServerLog(site)
