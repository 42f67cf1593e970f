"""Pages that never fall silent: clean ones are judged in a bearable time, and what hides behind the noise is seen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.consent.dialog_driver import DialogDriver
from consentinel.evidence import standing
from consentinel.evidence.proxy import RecordingProxy
from consentinel.pytest_plugin.deployment import REFERENCE_ACCOUNT
from consentinel.site.load import load_profile
from consentinel.site.profile import Profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers import rest_sites, slow_sites
from tests.strangers.rest_sites import (
    HIDDEN,
    SCRIPT_THAT_IS_LATE,
    SLOW,
    TRACKER,
    WAYS,
    Site,
)

pytestmark = pytest.mark.browser

IN_A_WORKER = "worker that fetches"
"""It keeps to the wall clock, and so does its horizon."""

TELLING = ("fetch that stays open", "moving picture", "sound", "fetch every 200 ms", "frames that count")
"""The ways that are tried whenever the tests run; the others are marked as slow."""


def ways(*names: str, telling: tuple[str, ...] = TELLING) -> list[object]:
    return [pytest.param(name, marks=() if name in telling else pytest.mark.rest) for name in names]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with rest_sites.running() as running:
        yield running


@pytest.fixture(scope="module")
def profile(site: Site) -> Profile:
    return load_profile("reference", site.url("quiet"), {**REFERENCE_ACCOUNT})


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec, first_wire: RecordingProxy) -> Iterator[Resources]:
    wire = RecordingProxy(beside=first_wire)
    yield Resources(shared_browsers, spec, wire, horizon=5.0, elsewhere="about:blank")
    wire.close()


@pytest.fixture
def patient(resources: Resources, profile: Profile) -> Iterator[Visitor]:
    visitor = Visitor("visitor", resources, profile)
    yield visitor
    visitor.leave()


@pytest.fixture
def visitor(patient: Visitor, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """One who waits for a shorter time."""
    monkeypatch.setattr(standing, "PATIENCE", 1.0)
    monkeypatch.setattr(standing, "KNOWN", 0.3)
    monkeypatch.setattr(standing, "SURE", 0.5)
    monkeypatch.setattr(standing, "GIVEN_UP", 1.5)
    return patient


def doubts(visitor: Visitor) -> list[str]:
    return [rest.reason for rest in visitor.timeline.settled if not rest.complete]


def is_caught(visitor: Visitor) -> bool:
    told = any(request.host == TRACKER and request.url.endswith("/collect") for request in visitor.timeline.requests)
    return told or any(write.name == "_ga" for write in visitor.timeline.writes)


@pytest.mark.parametrize("way", ways(*(way for way in WAYS if way != IN_A_WORKER)))
def test_a_clean_page_that_never_falls_silent_is_judged(visitor: Visitor, site: Site, way: str) -> None:
    visitor.visit(site.url(way), "visits a page")
    assert doubts(visitor) == []
    assert [rest.bound for rest in visitor.timeline.settled] == [5.0]
    assert not is_caught(visitor)


@pytest.mark.rest
def test_a_worker_that_fetches_keeps_the_page_from_nothing(visitor: Visitor, site: Site) -> None:
    visitor.resources.horizon, horizon = 1.0, visitor.resources.horizon
    visitor.visit(site.url(IN_A_WORKER), "visits a page")
    visitor.resources.horizon = horizon
    assert doubts(visitor) == []


@pytest.mark.parametrize("way", ways("fetch that stays open", "XMLHttpRequest that stays open", "body that never ends"))
def test_what_was_not_waited_for_is_named(visitor: Visitor, site: Site, way: str) -> None:
    visitor.visit(site.url(way), "visits a page")
    (stood,) = visitor.timeline.settled[-1].standing
    assert stood.name == f"GET http://shop.localhost:{site.port}/{'endless' if 'body' in way else 'held'}"


@pytest.mark.parametrize(
    "way",
    ways(
        "frames that count",
        "fetch that stays open",
        "timers that set each other",
        telling=("timers that set each other",),
    ),
)
def test_a_minute_passes_on_such_a_page(visitor: Visitor, site: Site, way: str) -> None:
    visitor.visit(site.url(way), "visits a page")
    with visitor.doing("waits for a minute", horizon=60.0):
        pass
    assert doubts(visitor) == []
    assert visitor.timeline.settled[-1].bound == 60.0


@pytest.mark.rest
@pytest.mark.parametrize("hides", HIDDEN)
def test_what_a_silent_page_hides_is_seen(visitor: Visitor, site: Site, hides: str) -> None:
    visitor.visit(site.url("quiet", hides), "visits a page")
    assert is_caught(visitor)


@pytest.mark.parametrize("hides", ways(*HIDDEN, telling=("tenth answer", "cookie, later")))
@pytest.mark.parametrize("way", ways("fetch that stays open", "fetch every 200 ms", telling=("fetch every 200 ms",)))
def test_what_hides_behind_standing_traffic_is_seen(visitor: Visitor, site: Site, way: str, hides: str) -> None:
    visitor.visit(site.url(way, hides), "visits a page")
    assert is_caught(visitor)


@pytest.mark.parametrize(
    "way",
    ways(
        "fetch without a pause", "frames that fetch", "frames that count", "sound", "pictures", "picture after picture"
    ),
)
def test_a_tracker_that_comes_late_is_seen_on_any_such_page(visitor: Visitor, site: Site, way: str) -> None:
    visitor.visit(site.url(way, "later"), "visits a page")
    assert is_caught(visitor)


@pytest.mark.parametrize("hides", ways("", "later", telling=("later",)))
def test_a_script_that_does_not_come_is_a_doubt_that_names_it(visitor: Visitor, site: Site, hides: str) -> None:
    """What the page does all the while is seen."""
    visitor.visit(site.url(SCRIPT_THAT_IS_LATE, hides), "visits a page")
    assert doubts(visitor) == [f"a request never ended: http://{SLOW}:{site.port}/late.js"]
    assert is_caught(visitor) is bool(hides)


def test_a_page_that_loads_slowly_is_seen_whole(patient: Visitor) -> None:
    """Also when it is left by a link, and when a click comes while it still loads."""
    with slow_sites.running() as url:
        patient.visit(url, "visits a page")
        assert {write.name for write in patient.timeline.writes} >= {*slow_sites.WRITES}
        begun = len(patient.timeline.writes)
        with patient.doing("follows a link"):
            DialogDriver(patient.browser.driver, "link").click("a", [])
        assert {write.name for write in patient.timeline.writes[begun:]} >= {*slow_sites.WRITES}
        with patient.doing("loads the page anew and saves"):
            patient.browser.driver.get(url)
            DialogDriver(patient.browser.driver, "form").click("#save", [])
        assert patient.context.ask("document.title") == "Saved"
        assert doubts(patient) == []


def test_a_page_that_hangs_on_a_script_holds_nobody_up(visitor: Visitor) -> None:
    with slow_sites.running() as url:
        begun = time.monotonic()
        visitor.visit(f"{url}hanging", "visits a page")
        assert doubts(visitor) == [f"a request never ended: {url}never.js"]
        assert visitor.browser.driver.execute_script("return 1") == 1
        assert time.monotonic() - begun < 15


def test_the_clock_of_a_page_counts_whole_milliseconds(visitor: Visitor, site: Site) -> None:
    """Page time has run ahead by whatever timers asked for; a page may also have frozen what names a timer's place."""
    visitor.visit(site.url("timers of a frozen Error", "later"), "visits a page")
    assert "fraction" not in {write.name for write in visitor.timeline.writes}
    assert is_caught(visitor)
