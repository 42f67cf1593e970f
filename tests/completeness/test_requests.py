"""The record has each request that reached the server, and none that did not: one to one."""

from __future__ import annotations

import pytest

from consentinel.browser.wait import NotYet, wait_until
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.suite.pages.reading import Reading
from consentinel.visitor.choices import Choices
from consentinel.visitor.visitor import Visitor
from tests.completeness.log import ServerLog, recorded

MECHANISMS = {
    "fetch",
    "preflight",
    "landed",
    "beacon",
    "keepalive",
    "xhr",
    "socket",
    "from-worker",
    "from-installation",
    "from-service-worker",
    "from-frame",
    "pagehide",
    "favicon.svg",
    "preload.svg",
    "background.svg",
    "image.svg",
}
"""The last path segments of what the tour sends; each must be in the server's log, or the tour proves nothing."""

OPTIONAL = {"favicon.svg"}
"""What a browser without a window may leave out."""

_SLOW_TO_END = """
    window.onpagehide = () => {
        const end = performance.now() + 350;
        while (performance.now() < end);
        navigator.sendBeacon("/last-word");
    };
"""

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def test_the_tour_is_recorded_one_to_one(visitor: Visitor, site: RunningSite, log: ServerLog) -> None:
    visitor.visit(site.url(hosts.CONTROL, "/tour?run=tour1"), "goes on the tour")
    with visitor.doing("waits for the end of the tour"):
        wait_until("the tour to end", lambda: _has_ended(visitor), 30)
    missing = visitor.browser.driver.execute_script("return document.documentElement.dataset.missing")
    visitor.leave_site("leaves")

    asked = log.asked()
    assert missing == ""
    assert {path.rpartition("/")[2] for _, _, path, _ in asked} >= MECHANISMS - OPTIONAL
    assert recorded(visitor.timeline) == asked


def test_an_accepted_visit_is_recorded_one_to_one(visitor: Visitor, log: ServerLog) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).accept_all()
    Reading(visitor).read_articles(3)
    Reading(visitor).walk_through_shop()
    Reading(visitor).visit("sub-domain")
    visitor.leave_site("leaves")
    assert recorded(visitor.timeline) == log.asked()


def test_last_words_are_recorded_however_slowly_a_page_says_them(
    visitor: Visitor, site: RunningSite, log: ServerLog
) -> None:
    """Browsers let a page speak on while the next one is shown already, and Chromium tells nobody of what it says."""
    visitor.visit(site.url(hosts.SITE, "/"), "goes to a page that is slow to end")
    with visitor.doing("lets the page ask to be told of its end"):
        visitor.browser.driver.execute_script(_SLOW_TO_END)
    visitor.leave_site("leaves")

    asked = log.asked()
    assert {path for _, _, path, _ in asked} >= {"/last-word"}
    assert recorded(visitor.timeline) == asked


def test_a_link_to_a_place_on_the_same_page_leads_to_no_other(visitor: Visitor, site: RunningSite) -> None:
    """Nothing would load, and the visit would wait for it in vain."""
    visitor.visit(site.url(hosts.SITE, "/account/sign-in?next=/billing"), "goes to sign in")
    links = visitor.browser.driver.execute_script("return Array.from(document.links, (a) => a.hash).filter(Boolean)")
    assert links
    assert not visitor.context.follow(site.url(hosts.SITE, "/account/sign-in"))


def _has_ended(visitor: Visitor) -> bool:
    if visitor.browser.driver.execute_script("return document.documentElement.dataset.tour") != "done":
        raise NotYet("the page has not said that it is done")
    return True
