"""How a visitor comes to a page, and goes back to one, in both browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from consentinel.browser.base import BY_ADDRESS, BY_POINTER, BY_SCRIPT
from consentinel.browser.context import UserContext
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.site.campaigns import PARAMETERS
from consentinel.site.profile import Profile
from consentinel.suite.pages.handling import Handling
from consentinel.visitor.movement import ANEW, KEPT, TURNED, Movement
from consentinel.visitor.page import Page
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving import QuietHandler, Server, listening

pytestmark = pytest.mark.browser

_ROUTER = """<script>document.querySelector('a[href="#/tea"]').onpointerdown = () => { document.title = "pressed"; };
addEventListener("hashchange", () => { document.querySelector("h1").textContent = location.hash; });</script>"""
PAGES = {
    "/": "<h1>home</h1><a href=/a>a</a> <a href=/covered>c</a> <a href=/framed>f</a><a href=/spa>s</a>"
    "<div style='position:fixed;inset:120px 0 0 0'></div>",
    "/a": "<h1>a</h1><p style='margin-top:3000px'><a href=/b><span>b</span></a>",
    "/b": "<h1>b</h1>",
    "/covered": "<h1>covered</h1><a href=/b>b</a><div style='position:fixed;inset:0'></div>",
    "/framed": "<h1>framed</h1><iframe src=/b></iframe><a href=/a>a</a>",
    "/acts": """<h1>acts</h1><script>onbeforeprint = () => { document.title += " printed"; };
onresize = () => { document.title += ` ${innerWidth}x${innerHeight}`; };</script>""",
    "/spa": f"<h1>spa</h1><a href='#/tea'>tea</a>{_ROUTER}",
}


class Site(QuietHandler):
    """A few pages that browsers may keep."""

    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><link rel=icon href=data:,>{page or 'gone'}".encode())


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with listening(Server(Site)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec) -> Resources:
    return Resources(shared_browsers, spec, None, horizon=0.0)


@pytest.fixture
def visitor(resources: Resources, profile: Profile) -> Iterator[Visitor]:
    visitor = Visitor("visitor", resources, profile)
    yield visitor
    visitor.leave()


def ways(visitor: Visitor) -> list[str]:
    return [action.way for action in visitor.timeline.actions if action.way]


def test_links_are_followed_by_pointer_where_it_reaches_them(visitor: Visitor, base: str) -> None:
    for path in ("/", "/a", "/b", "/covered", "/b"):
        visitor.visit(f"{base}{path}", "reads")
    assert ways(visitor) == [BY_ADDRESS, BY_POINTER, BY_POINTER, BY_ADDRESS, BY_SCRIPT]


def test_a_page_that_a_fragment_names_is_followed_as_well(visitor: Visitor, base: str) -> None:
    for path in ("/", "/spa", "/spa#/tea"):
        visitor.visit(f"{base}{path}", "reads")
    assert ways(visitor)[-1] == BY_POINTER
    assert visitor.context.ask("document.title + document.querySelector('h1').textContent") == "pressed#/tea"
    Movement(visitor).go(-1, "goes back")
    assert visitor.timeline.actions[-1].sentence == TURNED


def test_a_page_that_was_left_comes_back_as_it_was(visitor: Visitor, base: str) -> None:
    for path in ("/", "/a"):
        visitor.visit(f"{base}{path}", "reads")
    Movement(visitor).go(-1, "goes back")
    assert visitor.timeline.actions[-1].sentence == KEPT
    Movement(visitor).go(1, "goes forward")
    assert visitor.context.ask("location.pathname") == "/a"


def test_a_page_with_frames_does_the_driver_no_harm(visitor: Visitor, base: str) -> None:
    for path in ("/", "/framed", "/a"):
        visitor.visit(f"{base}{path}", "reads")
    Movement(visitor).go(-1, "goes back")
    assert visitor.timeline.actions[-1].sentence in (KEPT, ANEW)
    visitor.visit(f"{base}/", "reads")
    assert visitor.context.ask("document.querySelector('h1').textContent") == "home"


def test_a_page_acts_in_its_own_visitors_tab_after_others_have_left(
    visitor: Visitor, base: str, resources: Resources, profile: Profile
) -> None:
    visitor.visit(f"{base}/a", "reads")
    other = Visitor("other", resources, profile)
    other.visit(f"{base}/b", "reads")
    assert Page(visitor).driver.execute_script("return document.querySelector('h1').textContent") == "a"
    assert Page(other).driver.execute_script("return document.querySelector('h1').textContent") == "b"
    other.leave()
    assert Page(visitor).driver.execute_script("return document.querySelector('h1').textContent") == "a"


def test_a_page_hears_that_the_screen_is_turned_and_that_it_is_printed(visitor: Visitor, base: str) -> None:
    visitor.visit(f"{base}/acts", "visits")
    Handling(visitor).turn_screen()
    Handling(visitor).print_page()
    assert visitor.context.ask("document.title").split() == ["800x1280", "printed"]


def test_a_page_that_was_printed_has_the_frames_of_before(visitor: Visitor, base: str) -> None:
    context = visitor.context
    assert isinstance(context, UserContext)
    visitor.visit(f"{base}/framed", "visits")
    frames = {frame.id for frame in context.frames()}
    Handling(visitor).print_page()
    assert {frame.id for frame in context.frames()} == frames


@pytest.mark.parametrize("whence", ["a letter", "an advertisement", "a shared post"])
def test_who_arrives_by_a_link_of_another_site_brings_its_host(
    resources: Resources, profile: Profile, base: str, whence: str
) -> None:
    other_site = base.replace("127.0.0.1", "localhost")
    visitor = Visitor("visitor", replace(resources, elsewhere=f"{other_site}/b"), profile)
    Movement(visitor).arrive_from(whence)
    expected = "" if whence == "a letter" else f"{other_site}/"
    assert visitor.context.ask("document.referrer") == expected
    assert visitor.context.ask("location.search").count("=") == len(PARAMETERS[whence])
    assert visitor.history == [visitor.context.ask("location.href")]
    visitor.leave()
