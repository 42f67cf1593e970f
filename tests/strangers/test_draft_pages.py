"""A draft names pages with content as articles, and nothing else that a page links to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from selenium.webdriver.remote.webdriver import WebDriver

from consentinel.drafting.tour import links_of, named_links, tour
from consentinel.visitor.http_session import session
from tests.strangers.draft_sites import Answer, serving

PAGE = Answer("<title>A page</title><main>Words to read.</main>")
HOST = "reader.localhost"
ANSWERS = {
    ("*", "/"): PAGE,
    ("*", "/one"): PAGE,
    ("*", "/two"): PAGE,
    ("*", "/three"): PAGE,
    ("*", "/cookies"): PAGE,
    ("*", "/catalogue"): Answer("%PDF-1.7", "application/pdf"),
    ("*", "/prices.csv"): Answer("a,b", "text/csv", headers=(("Content-Disposition", "attachment; filename=p.csv"),)),
    ("*", "/report"): Answer("<p>Saved.", headers=(("Content-Disposition", "attachment"),)),
    ("*", "/broken"): Answer("<p>Oops.", status=500),
    ("*", "/home"): Answer("", status=302, headers=(("Location", "/"),)),
    ("*", "/again"): Answer("", status=302, headers=(("Location", "/one"),)),
    ("*", "/away"): Answer("", status=302, headers=(("Location", "http://other.localhost:{port}/one"),)),
    ("*", "/members"): Answer("<p>Robots are not welcome.", status=403),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(ANSWERS) as port:
        yield f"http://{HOST}:{port}/"


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with session(None) as made:
        yield made


def link(path: str, text: str = "Read on", **more: Any) -> dict[str, Any]:
    return {"text": text, "selector": f'a[href="{path}"]', "inside": False, "download": False, "path": path, **more}


def articles(address: str, http: requests.Session, *paths: str) -> tuple[str, ...]:
    return tour([link(path) for path in paths], address, http).articles


@pytest.mark.parametrize("path", ["/catalogue", "/prices.csv", "/report", "/broken", "/nowhere", "/home", "/away"])
def test_what_is_no_page_of_the_site_is_no_article(path: str, address: str, http: requests.Session) -> None:
    assert articles(address, http, path, "/one", "/two", "/three") == ("/one", "/two", "/three")


def test_two_links_to_one_page_are_one_article(address: str, http: requests.Session) -> None:
    assert articles(address, http, "/one", "/again", "/two") == ("/one", "/two")


def test_a_page_that_refuses_programs_is_left_for_the_browser_to_judge(address: str, http: requests.Session) -> None:
    assert articles(address, http, "/members") == ("/members",)


def test_a_link_that_offers_a_download_and_one_in_a_dialog_are_no_articles(
    address: str, http: requests.Session
) -> None:
    found = [link("/one", download=True), link("/two", inside=True), link("/three")]
    assert tour(found, address, http).articles == ("/three",)


def test_a_page_of_no_links_has_no_articles(address: str, http: requests.Session) -> None:
    assert articles(address, http) == ()


def test_the_policy_is_named_and_is_no_article(address: str, http: requests.Session) -> None:
    found = tour([link("/cookies", "Cookie policy"), link("/one")], address, http)
    assert found.links["policy"][1] == "/cookies"
    assert found.articles == ("/one",)
    assert found.others == ("/cookies",)


def test_a_route_that_the_page_itself_knows_is_a_page_of_its_own(address: str, http: requests.Session) -> None:
    routes = ("/#/tea", "/#!/salt", "/one#/soap")
    assert articles(address, http, "/#/tea", *routes[1:], "/nowhere#/tea") == routes


LEADING = {
    "by class": '<a href="#">Up</a> <a href="#" class="wanted">Cookie settings</a>',
    "without address": '<a>Up</a> <a class="wanted" onclick="">Cookie settings</a>',
    "by role": '<span role="button" class="wanted" tabindex="0">Cookie settings</span>',
    "by value": '<input type="button" class="wanted" value="Cookie settings">',
    "for this screen": """<a id="small" style="display:none" href="#">Cookie settings</a>
<button class="wanted">Cookie settings</button>""",
    "by script": '<a href="javascript:void(0)">Up</a> <a href="javascript:void(0)" class="wanted">Cookie settings</a>',
}


@pytest.mark.browser
@pytest.mark.parametrize("kind", LEADING)
def test_the_link_to_the_settings_is_named_whatever_it_is_made_of(driver: WebDriver, kind: str) -> None:
    with serving(
        {("*", "/"): Answer(f"<title>A page</title><main>Words.</main><footer>{LEADING[kind]}</footer>")}
    ) as port:
        driver.get(f"http://{HOST}:{port}/")
        selector, path = named_links(links_of(driver, []))["preferences"]
        found = driver.find_elements("css selector", selector)
        assert [one.get_attribute("class") for one in found] == ["wanted"]
        assert path in ("", "/")
