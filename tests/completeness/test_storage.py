"""The record has each item that was stored, and every item's writer as it truly is."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By

from consentinel.evidence.records import Kind
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.suite.pages.account import Account
from consentinel.suite.pages.reading import Reading
from consentinel.suite.pages.shop import Shop
from consentinel.verdicts.attribution_text import who_wrote
from consentinel.visitor.choices import Choices
from consentinel.visitor.page import Page
from consentinel.visitor.visitor import Visitor

PLANTED = {
    (Kind.COOKIE, "plant_http"),
    (Kind.COOKIE, "plant_script"),
    (Kind.LOCAL_STORAGE, "plant_local"),
    (Kind.SESSION_STORAGE, "plant_session"),
    (Kind.INDEXED_DB, "plant-db"),
    (Kind.CACHE, "plant-cache"),
    (Kind.FILE, "plant-file"),
}
WORKER = (Kind.SERVICE_WORKER, "/plant-sw/")

SITE, CIRCLE, WIDGETS, ADNET, METRICS = hosts.SITE, hosts.CIRCLE, hosts.WIDGETS, hosts.ADNET, hosts.METRICS

WRITERS = {
    (Kind.COOKIE, SITE, "harbour_consent"): f"https://{SITE}/static/consent.js",
    (Kind.COOKIE, SITE, "harbour_csrf"): f"https://{SITE}/",
    (Kind.COOKIE, SITE, "harbour_session"): f"https://{SITE}/account/sign-in",
    (Kind.COOKIE, SITE, "harbour_basket"): f"https://{SITE}/basket",
    (Kind.COOKIE, SITE, "harbour_lang"): f"https://{SITE}/language/fr",
    (Kind.COOKIE, SITE, "harbour_ab"): f"https://{SITE}/",
    (Kind.LOCAL_STORAGE, SITE, "harbour.display"): f"https://{SITE}/static/display.js",
    (Kind.COOKIE, SITE, "_ga"): f"https://{METRICS}/tag.js",
    (Kind.COOKIE, SITE, "_ga_HARBOUR1"): f"https://{METRICS}/tag.js",
    (Kind.COOKIE, SITE, "_gid"): f"https://{METRICS}/tag.js",
    (Kind.INDEXED_DB, SITE, "metrics-buffer"): f"https://{METRICS}/tag.js",
    (Kind.COOKIE, SITE, "_cbp"): f"https://{WIDGETS}/embed.js",
    (Kind.COOKIE, CIRCLE, "circle_id"): f"https://{WIDGETS}/button",
    (Kind.LOCAL_STORAGE, WIDGETS, "circle.prefs"): f"https://{WIDGETS}/button",
    (Kind.COOKIE, SITE, "_adn"): f"https://{ADNET}/tag.js",
    (Kind.COOKIE, ADNET, "adnet_id"): f"https://{ADNET}/pixel",
    (Kind.SESSION_STORAGE, SITE, "adn.seen"): f"https://{ADNET}/tag.js",
    (Kind.CACHE, SITE, "adn-creatives"): f"https://{ADNET}/tag.js",
}
"""Who writes what on the reference site, from its sources."""

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def test_what_is_planted_is_recorded_one_to_one(visitor: Visitor, site: RunningSite) -> None:
    visitor.visit(site.url(hosts.CONTROL, "/plant?third=1&run=plant1"), "visits the control page")
    state = visitor.timeline.state
    assert state is not None
    first = {(item.kind, item.name) for item in state.items if item.host == hosts.CONTROL}
    third = {(item.kind, item.name) for item in state.items if item.host == hosts.GUEST}
    assert first == PLANTED | {WORKER}
    assert third - {WORKER} == PLANTED
    assert {item.host for item in state.items} == {hosts.CONTROL, hosts.GUEST}


def test_a_frame_within_a_frame_of_a_page_that_was_left_refuses_nothing(visitor: Visitor, site: RunningSite) -> None:
    """Chromium tells of the outer frame's end alone where the inner one is of another site."""
    home = f"https://social-frame-in-frame.{SITE}:{site.port}"
    visitor.visit(f"{home}/", "visits the home page")
    Choices(visitor).refuse_all()
    for number, url in enumerate((f"{home}/account/sign-in", f"{home}/basket", f"{home}/"), 1):
        visitor.visit(url, f"goes on to page {number}")
    assert WIDGETS in {urlsplit(request.url).hostname for request in visitor.timeline.requests}
    assert [state.unread for state in visitor.timeline.states if state.unread] == []


def test_every_write_of_an_accepted_visit_names_its_writer(visitor: Visitor) -> None:
    Reading(visitor).visit("home page")
    Choices(visitor).accept_all()
    Page(visitor).click("language", "chooses another language")
    with visitor.doing("chooses dark colours"):
        visitor.browser.driver.find_element(By.CSS_SELECTOR, "[data-theme-choice=dark]").click()
    Reading(visitor).read_articles(2)
    Account(visitor).sign_in()
    Shop(visitor).put_into_basket()

    timeline = visitor.timeline
    wrote: dict[tuple[Kind, str, str], str] = {}
    for state in timeline.states:
        for item in state.items:
            wrote[(item.kind, item.host, item.name)] = _place(who_wrote(timeline, item, state.at))
    assert wrote == WRITERS


def _place(address: str) -> str:
    """An address without port, query and line."""
    parts = urlsplit(address)
    head, _, tail = parts.path.rpartition(":")
    return f"{parts.scheme}://{parts.hostname}{head if head and tail.isdecimal() else parts.path}"
