"""The ten flows, as Playwright's documentation writes tests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tools.bench.peers import reference as site
from tools.bench.peers.playwright_flows.visitor import Visitor

EVERYONE = ("analytics", "social", "advertising")

ON_HOME_PAGE = ("analytics", "advertising")
"""The home page has no share buttons."""

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


def test_warm_up(page: Page) -> None:
    page.goto(site.HOME)


def test_first_visit(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.is_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY
    assert visitor.services() == set()


def test_accept_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    with visitor.telling(*ON_HOME_PAGE):
        visitor.accept_all()
    with visitor.telling(*EVERYONE):
        visitor.visit(site.ARTICLE)
    assert {*site.ANALYTICS, "_cbp", "_adn"} <= visitor.cookies()


def test_refuse_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.refuse_all()
    visitor.visit(site.ARTICLE)
    visitor.is_not_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY
    assert visitor.services() == set()


def test_refuse_social(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics", "advertising")
    with visitor.telling("analytics"):
        visitor.visit(site.ARTICLE)
    cookies = visitor.cookies()
    assert cookies >= site.ANALYTICS
    assert not cookies & site.SOCIAL
    assert "social" not in visitor.services()


def test_delete_and_be_asked_again(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    with visitor.telling(*ON_HOME_PAGE):
        visitor.accept_all()
    visitor.remove_all_cookies()
    visitor.visit(site.HOME)
    visitor.is_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_change_of_mind(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    with visitor.telling(*ON_HOME_PAGE):
        visitor.accept_all()
    visitor.change_to_refusal()
    before = {(c["name"], c["value"]) for c in visitor.page.context.cookies() if c["name"] not in site.FUNCTIONALITY}
    visitor.heard.clear()
    visitor.visit(site.ARTICLE)
    after = {(c["name"], c["value"]) for c in visitor.page.context.cookies() if c["name"] not in site.FUNCTIONALITY}
    assert after <= before
    assert visitor.services() == set()


def test_sign_in_and_buy_with_all_refused(visitor: Visitor) -> None:
    page = visitor.page
    visitor.visit(site.HOME)
    visitor.refuse_all()
    visitor.visit(site.SIGN_IN)
    page.locator("input[name=email]").fill(site.USER)
    page.locator("input[name=password]").fill(site.PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#sign-out")).to_be_visible()
    visitor.watch()
    visitor.visit(site.PRODUCT)
    page.locator("form.add-to-basket button").click()
    expect(page.locator("#basket-lines")).to_be_visible()
    visitor.watch()
    visitor.visit(site.ORDER_FORM)
    page.locator("#place-order").click()
    expect(page.locator("#order-confirmed")).to_be_visible()
    visitor.watch()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_second_profile(visitor: Visitor, second_profile: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.refuse_all()
    second_profile.visit(site.HOME)
    second_profile.is_asked()
    assert second_profile.cookies() <= site.FUNCTIONALITY


@pytest.mark.browser_context_args(**PHONE)
def test_phone(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.is_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_three_pages_with_analytics(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics")
    for article in site.ARTICLES:
        with visitor.telling("analytics"):
            visitor.visit(article)
    assert visitor.cookies() >= site.ANALYTICS
    collected = [url for url in visitor.heard if "/g/collect" in url and "en=page_view" in url]
    assert all(any(article.rpartition("/")[2] in url for url in collected) for article in site.ARTICLES)
