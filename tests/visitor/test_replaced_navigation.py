"""A page that goes elsewhere while it loads is followed, in both browsers; what never came is asked for again."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.site.profile import Profile
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving import QuietHandler, Server, listening

pytestmark = pytest.mark.browser

ANSWERS = threading.Event()
"""Set when the slow answers may come."""

PAGES = {
    "/": "<h1>home</h1>",
    "/goes-on": "<script>location.replace('/end')</script><img src=/slow>",
    "/goes-wrong": "<script>location.replace('/gone')</script><img src=/slow>",
    "/restless": "<h1>restless</h1><script>setTimeout(() => { location.href = '/end'; }, 300)</script>",
    "/end": "<h1>end</h1>",
    "/slow": "<h1>slow</h1>",
}
SLOW_S = 1.5


class Site(QuietHandler):
    """A few pages, one of them slow."""

    def do_GET(self) -> None:
        if self.path == "/slow":
            ANSWERS.wait(SLOW_S)
        page = PAGES.get(self.path)
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # of a page that was left before it came
            self.wfile.write((page or "gone").encode())


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with listening(Server(Site)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"
        ANSWERS.set()


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec) -> Resources:
    return Resources(shared_browsers, spec, None, horizon=0.0)


@pytest.fixture
def visitor(resources: Resources, profile: Profile) -> Iterator[Visitor]:
    visitor = Visitor("visitor", resources, profile)
    yield visitor
    visitor.leave()


def place(visitor: Visitor) -> str:
    return str(visitor.browser.driver.current_url).rpartition("/")[2]


def test_a_page_that_goes_on_by_itself_is_followed(visitor: Visitor, base: str) -> None:
    visitor.visit(f"{base}/goes-on", "visits a page")
    assert place(visitor) == "end"


def test_the_page_that_it_goes_on_to_is_judged_by_its_own_answer(visitor: Visitor, base: str) -> None:
    with pytest.raises(SiteUnavailable, match="answered 404"):
        visitor.visit(f"{base}/goes-wrong", "visits a page")


def test_what_the_page_before_went_away_from_is_asked_for_again(visitor: Visitor, base: str) -> None:
    visitor.visit(f"{base}/", "visits the home page")
    visitor.context.navigate(f"{base}/restless")
    visitor.visit(f"{base}/slow", "visits a slow page")
    assert place(visitor) == "slow"


def test_an_address_where_nobody_answers_is_still_none(visitor: Visitor, base: str) -> None:
    with pytest.raises(SiteUnavailable, match="did not answer"):
        visitor.visit("http://127.0.0.1:1/", "visits nobody")
