"""A visitor without scripts, at the reference site."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from requests import Response

from consentinel.reference_site.serve import RunningSite
from consentinel.site.profile import Elements, Profile
from consentinel.visitor import sitemap
from consentinel.visitor.errors import MissingEntry, SiteUnavailable
from consentinel.visitor.http_session import session
from consentinel.visitor.plain_visitor import PlainVisitor
from tests.descriptors import descriptors, where_listed
from tests.serving import QuietHandler, Server, listening


@pytest.mark.parametrize("page", ["home page", "cookie policy", "legal page", "article", "search page", "sub-domain"])
def test_the_pages_of_the_site_answer(visitor: PlainVisitor, page: str) -> None:
    visitor.call(page)
    assert visitor.page.status_code == 200
    assert visitor.page.url == sitemap.address(visitor.profile, page)
    assert visitor.at > 0
    assert len(visitor.text().split()) > 20


def test_an_address_that_does_not_exist_answers_so(visitor: PlainVisitor) -> None:
    visitor.call("error page")
    assert visitor.page.status_code == 404


def test_a_name_under_localhost_is_this_machine_and_keeps_its_certificate(
    running: RunningSite, profile: Profile
) -> None:
    trusting = PlainVisitor(profile, session(running.ca_pem), {})
    assert trusting.get(running.url("circle.localhost", "/")).status_code < 500
    for distrusting, url, why in (
        (PlainVisitor(profile, session(None), {}), running.url(), "is of no trusted authority"),
        (trusting, running.url("stranger.localhost"), "is for another name"),
    ):
        with pytest.raises(SiteUnavailable, match=f"did not answer: its certificate {why}"):
            distrusting.get(url)


def test_cookies_of_the_answer_and_of_what_led_to_it(visitor: PlainVisitor) -> None:
    visitor.call("home page")
    names = {header.partition("=")[0] for header in visitor.set_cookie_headers()}
    assert names <= {"harbour_session", "harbour_csrf", "lb", "harbour_lang"}
    visitor.call("secure area")
    assert visitor.page.history, "the secure area sends strangers to its door"
    assert visitor.set_cookie_headers() is not None


def test_links_are_full_addresses_and_can_be_followed(visitor: PlainVisitor) -> None:
    visitor.call("cookie policy")
    links = visitor.links_of("legal_link")
    assert [status for _, status in visitor.statuses_of("legal_link")] == [200] * len(links)
    assert all(link.startswith(f"{visitor.profile.site.base_url}") for link in links)
    assert len(visitor.links_of("browser_help")) >= 3
    assert visitor.links("a.nothing-of-the-kind") == []


def test_an_element_that_the_profile_does_not_name_is_said_to_be_missing(visitor: PlainVisitor) -> None:
    bare = replace(visitor, profile=visitor.profile.model_copy(update={"elements": Elements.model_validate({})}))
    bare.call("home page")
    with pytest.raises(MissingEntry, match=r"elements\.legal_link"):
        bare.links_of("legal_link")


@pytest.mark.parametrize(
    "headers", [{"User-Agent": "Lynx/2.8"}, {"User-Agent": None}, {"Accept-Language": None}, {"Accept-Language": "xx"}]
)
def test_unusual_visitors_are_answered(visitor: PlainVisitor, headers: dict[str, str | None]) -> None:
    odd = replace(visitor, headers=headers)
    odd.call("home page")
    assert odd.page.status_code == 200


def test_before_the_first_call_there_is_no_page(visitor: PlainVisitor) -> None:
    with pytest.raises(SiteUnavailable, match="no page was called up yet"):
        visitor.text()


def test_a_closed_port_is_a_site_that_does_not_answer(visitor: PlainVisitor) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"https://harbour.localhost:{port}/"
    with pytest.raises(SiteUnavailable, match=rf"\A{url} did not answer: no connection \(Connection refused\)\Z"):
        visitor.get(url)


def test_a_link_that_is_no_address_is_one_that_does_not_answer(visitor: PlainVisitor) -> None:
    page = Response()
    page.url, page.encoding = str(visitor.profile.site.base_url), "utf-8"
    page._content = b'<a href="https://[half">one</a> <a href="/a">two</a>'
    visitor.answer = page
    assert visitor.links("a") == ["https://[half", f"{page.url}a"]
    elements = visitor.profile.elements.model_copy(update={"legal_link": "a:first-child"})
    odd = replace(visitor, profile=visitor.profile.model_copy(update={"elements": elements}))
    assert odd.statuses_of("legal_link") == [("https://[half", None)]


def test_links_start_from_the_address_that_the_page_names_as_its_base(visitor: PlainVisitor) -> None:
    page = Response()
    page.url, page.encoding = str(visitor.profile.site.base_url), "utf-8"
    page._content = b'<base target="_blank"><base href="/shop/"><a href="legal">one</a> <a href="/two">two</a>'
    visitor.answer = page
    assert visitor.links("a") == [f"{page.url}shop/legal", f"{page.url}two"]


def test_what_a_page_loads_where_no_script_runs_is_what_noscript_holds(visitor: PlainVisitor) -> None:
    page = Response()
    page.url, page.encoding = str(visitor.profile.site.base_url), "utf-8"
    page._content = b"""<base href="/shop/"><noscript><link rel="stylesheet" href="css"><link rel="next" href="on">
<style>p { color: red }</style></noscript><img src="shown"><main><noscript><p>Needs scripts</p><a href="away">Away</a>
<img src="//count.example/px?noscript=1"><iframe src="https://tags.example/ns.html"></iframe><img alt="none">
<video poster="still"></video><object data="http://["></object></noscript></main>"""
    visitor.answer = page
    scheme = page.url.partition(":")[0]
    assert sorted(visitor.without_scripts()) == sorted(
        (
            f"{page.url}shop/css",
            f"{scheme}://count.example/px?noscript=1",
            "https://tags.example/ns.html",
            f"{page.url}shop/still",
            "http://[",
        )
    )


@where_listed
def test_who_has_left_holds_no_connection(running: RunningSite, visitor: PlainVisitor) -> None:
    before = descriptors()
    guest = PlainVisitor(visitor.profile, session(running.ca_pem), {})
    guest.call("home page")
    held = {one for one in descriptors() - before if one.startswith("socket:")}
    guest.leave()
    assert held
    assert not held & descriptors()


def test_a_page_that_leads_on_to_what_is_no_address_is_told_in_one_line(profile: Profile) -> None:
    class Page(QuietHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "http://no..host/")
            self.end_headers()

    with listening(Server(Page)) as server, pytest.raises(SiteUnavailable) as error:
        PlainVisitor(profile, session(None), {}).get(f"http://127.0.0.1:{server.server_port}/")
    assert str(error.value).endswith("/ leads on to what is no address")
