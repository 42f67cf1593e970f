"""A visitor with WebKit: what they do works as with any other engine, and what cannot be done is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consentinel.browser.device import PHONE, Device
from consentinel.browser.errors import BrowserCannot
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, CookiePolicy, Engine
from consentinel.evidence.records import Kind
from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Profile
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.own_browser import OwnBrowserVisitor
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.webkit.conftest import Doorway

pytestmark = pytest.mark.webkit


def plant(site: RunningSite) -> str:
    return site.url("control.localhost", "/plant?third=1&run=webkit")


def test_a_visit_is_recorded(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    settled = visitor.timeline.settled[-1]
    assert (settled.complete, settled.bound, settled.page) == (True, 0.5, plant(site))
    cookies = {(item.host, item.name): item for item in visitor.timeline.states[-1].items if item.kind is Kind.COOKIE}
    assert set(cookies) == {
        (host, name) for host in ("control.localhost", "guest.localhost") for name in ("plant_http", "plant_script")
    }
    assert cookies["guest.localhost", "plant_http"].http_only
    assert cookies["guest.localhost", "plant_http"].expires is not None


def test_what_is_sent_within_the_horizon_is_seen(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    with visitor.doing("waits", horizon=1.5):
        visitor.browser.driver.execute_script("setTimeout(() => fetch('/plant/fetch?run=late'), 1000);")
    assert any(request.url.endswith("run=late") for request in visitor.timeline.requests)


def test_what_is_sent_on_leaving_is_seen(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    visitor.leave_site("leaves")
    assert any("/plant/beacon" in request.url for request in visitor.timeline.requests)


def test_a_page_that_is_not_the_sites_is_none(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive()
    with pytest.raises(SiteUnavailable, match="answered 404"):
        visitor.visit(site.url("control.localhost", "/missing"), "visits a page")
    with pytest.raises(SiteUnavailable):
        visitor.visit(site.url("nobody.invalid", "/"), "visits a page")


def test_two_visitors_share_nothing(arrive: Doorway, site: RunningSite) -> None:
    one, other = arrive(), arrive()
    one.visit(plant(site), "visits the control page")
    other.visit(site.url("control.localhost", "/plant/end"), "visits another page")
    assert other.timeline.states[-1].items == ()


def test_a_second_tab_is_visible_and_shares_the_jar(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    visitor.context.open_tab()
    visitor.visit(site.url("control.localhost", "/plant/end"), "opens a second tab")
    assert visitor.browser.driver.execute_script("return document.visibilityState;") == "visible"
    assert "plant_http" in visitor.cookie_names()


def test_a_screenshot_shows_the_page(arrive: Doorway, site: RunningSite, tmp_path: Path) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    visitor.observer.read(tmp_path / "one.jpg", "one.jpg")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    assert visitor.timeline.pictures[-1].path == "one.png"


def test_a_phone_has_its_width_its_pixels_and_its_name(arrive: Doorway, site: RunningSite) -> None:
    visitor = arrive(PHONE)
    visitor.visit(site.url("control.localhost", "/plant/end"), "visits a page")
    looks = visitor.browser.driver.execute_script("return [innerWidth, devicePixelRatio, navigator.userAgent];")
    assert looks == [390, 2, PHONE.user_agent]


def test_a_window_that_cannot_be_so_narrow_is_said(arrive: Doorway, browser_pool: BrowserPool) -> None:
    with pytest.raises(BrowserCannot, match="cannot show a window 240 pixels wide"):
        arrive(Device(viewport=(240, 320)))
    assert browser_pool.own == []


def test_what_cannot_be_imitated_is_said(
    arrive: Doorway, site: RunningSite, resources: Resources, profile: Profile
) -> None:
    visitor = arrive()
    visitor.visit(plant(site), "visits the control page")
    with pytest.raises(BrowserCannot, match="cannot let time pass"):
        visitor.come_back(3600.0, "comes back an hour later")
    with pytest.raises(BrowserCannot, match="of one site only"):
        visitor.remove_all_cookies()
    with pytest.raises(BrowserCannot, match="keeps no profile"):
        OwnBrowserVisitor("visitor", resources, profile)
    with pytest.raises(BrowserCannot, match="without telling pages"):
        Visitor("visitor", resources, profile, replace(resources.spec, cookies=CookiePolicy.NONE))


def test_a_display_comes_and_goes_with_the_fleet() -> None:
    browser_pool = BrowserPool()
    assert browser_pool.ensure(BrowserSpec(Engine.WEBKIT)).startswith("MiniBrowser")
    assert browser_pool.screen is not None
    browser_pool.close()
    assert browser_pool.screen is None
    assert browser_pool.own == []
