"""The ten flows without a question: what the browser itself takes for a visitor's tab, the loads and the clicks."""

from __future__ import annotations

from collections.abc import Callable

from tools.bench.peers import reference as site
from tools.bench.peers.floor_flows.visitor import Visitor

PHONE = (390, 844)


def test_warm_up(visitor: Visitor) -> None:
    visitor.visit(site.HOME)


def test_first_visit(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.sees(site.BANNER)


def test_accept_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.visit(site.ARTICLE)


def test_refuse_all(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    visitor.visit(site.ARTICLE)


def test_refuse_social(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics", "advertising")
    visitor.visit(site.ARTICLE)


def test_delete_and_be_asked_again(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.remove_all_cookies()
    visitor.visit(site.HOME)
    visitor.sees(site.BANNER)


def test_change_of_mind(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.ACCEPT_ALL)
    visitor.change_to_refusal()
    visitor.visit(site.ARTICLE)


def test_sign_in_and_buy_with_all_refused(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    visitor.visit(site.SIGN_IN)
    visitor.fill("input[name=email]", site.USER)
    visitor.fill("input[name=password]", site.PASSWORD)
    visitor.click("main form button[type=submit]", loads=True)
    visitor.visit(site.PRODUCT)
    visitor.click("form.add-to-basket button", loads=True)
    visitor.visit(site.ORDER_FORM)
    visitor.click("#place-order", loads=True)


def test_second_profile(visitor: Visitor, arrive: Callable[..., Visitor]) -> None:
    visitor.visit(site.HOME)
    visitor.decide(site.REFUSE_ALL)
    second = arrive()
    second.visit(site.HOME)
    second.sees(site.BANNER)
    second.leave()


def test_phone(arrive: Callable[..., Visitor]) -> None:
    visitor = arrive(PHONE)
    visitor.visit(site.HOME)
    visitor.sees(site.BANNER)
    visitor.leave()


def test_three_pages_with_analytics(visitor: Visitor) -> None:
    visitor.visit(site.HOME)
    visitor.allow_only("analytics")
    for article in site.ARTICLES:
        visitor.visit(article)
