"""The ten flows, as suites with plain pytest and Selenium write them."""

from __future__ import annotations

from tools.bench.peers import reference as site
from tools.bench.peers.selenium_flows.visitor import Visitor


def test_warm_up(visitor: Visitor) -> None:
    visitor.visit(site.HOME)


def test_first_visit(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.is_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_accept_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.visit(site.ARTICLE)
    visitor.keeps({*site.ANALYTICS, "_cbp", "_adn"})


def test_refuse_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    visitor.visit(site.ARTICLE)
    visitor.is_not_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_refuse_social(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics", "advertising")
    visitor.visit(site.ARTICLE)
    visitor.keeps(site.ANALYTICS)
    assert not visitor.cookies() & site.SOCIAL


def test_delete_and_be_asked_again(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.keeps(site.ANALYTICS)
    visitor.driver.delete_all_cookies()
    visitor.visit(site.HOME)
    visitor.is_asked()
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_change_of_mind(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.keeps(site.ANALYTICS)
    visitor.change_to_refusal()
    before = {(c["name"], c["value"]) for c in visitor.driver.get_cookies() if c["name"] not in site.FUNCTIONALITY}
    visitor.visit(site.ARTICLE)
    after = {(c["name"], c["value"]) for c in visitor.driver.get_cookies() if c["name"] not in site.FUNCTIONALITY}
    assert after <= before


def test_sign_in_and_buy_with_all_refused(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    visitor.visit(site.SIGN_IN)
    visitor.fill("input[name=email]", site.USER)
    visitor.fill("input[name=password]", site.PASSWORD)
    visitor.click("main form button[type=submit]")
    visitor.sees("#sign-out")
    visitor.visit(site.PRODUCT)
    visitor.click("form.add-to-basket button")
    visitor.sees("#basket-lines")
    visitor.visit(site.ORDER_FORM)
    visitor.click("#place-order")
    visitor.sees("#order-confirmed")
    assert visitor.cookies() <= site.FUNCTIONALITY


def test_second_profile(visitor: Visitor, second_profile: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    second_profile.visit(site.HOME)
    second_profile.is_asked()
    assert second_profile.cookies() <= site.FUNCTIONALITY


def test_phone(phone: Visitor) -> None:
    phone.visit(site.HOME)
    phone.is_asked()
    assert phone.cookies() <= site.FUNCTIONALITY


def test_three_pages_with_analytics(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics")
    for article in site.ARTICLES:
        visitor.visit(article)
        visitor.keeps(site.ANALYTICS)
