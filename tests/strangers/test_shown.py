"""What pages show is read in open shadow roots as well, and whatever old libraries have made of a page's built-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.site.profile import Elements
from consentinel.suite.pages.reading import Reading
from consentinel.visitor.movement import Movement
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.strangers.asking_sites import profile_of, served

pytestmark = pytest.mark.browser

Open = Callable[..., AbstractContextManager[Reading]]


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, spec: BrowserSpec) -> Resources:
    return Resources(shared_browsers, spec, None, horizon=0.0)


@pytest.fixture
def read(resources: Resources) -> Open:
    @contextmanager
    def read(html: str, **elements: str) -> Iterator[Reading]:
        with served(f"<!doctype html><link rel=icon href=data:,><title>Shop</title>{html}") as base:
            named = Elements.model_validate(elements)
            visitor = Visitor("reader", resources, profile_of(base).model_copy(update={"elements": named}))
            try:
                Reading(visitor).visit("home page")
                yield Reading(visitor)
            finally:
                visitor.leave()

    return read


FOOTER = """<x-foot></x-foot><script>
document.querySelector('x-foot').attachShadow({ mode: 'open' }).innerHTML =
  '<article>Seven!!</article><a href="/legal">Legal</a><button onclick="this.textContent = `Pressed`">Press</button>';
</script>"""


def test_the_profile_names_elements_in_open_shadow_roots(read: Open) -> None:
    named = {"content": "main || x-foot >>> article", "legal_link": "x-foot >>> a", "sign_out": "x-foot >>> button"}
    with read(FOOTER, **named) as page:
        assert page.shows("legal_link")
        assert page.letters() == len("Seven!!")
        assert (page.link("legal_link") or "").endswith("/legal")
        Movement(page.visitor).hover_over("sign_out", "rests the pointer on a button")
        page.click("sign_out", "presses a button")
        assert page.rows("sign_out") == ["Pressed"]


OLD_LIBRARY = """<script>
Array.from = (list) => Array.prototype.slice.call(list);
Array.prototype.map = Array.prototype.filter = () => [];
</script><table><tr><td>choice</td></tr><tr><td>visits</td></tr></table>"""


def test_a_page_that_has_replaced_its_built_ins_is_read_as_it_shows(read: Open) -> None:
    with read(OLD_LIBRARY, cookie_table="tr") as page:
        assert page.rows("cookie_table") == ["choice", "visits"]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<object type="image/svg+xml" data="/logo.svg"></object><object data="/page.html"></object>', 0),
        ('<embed type="application/pdf" src="/list.pdf"><embed src="/film.mp4">', 0),
        ('<object type="application/x-shockwave-flash" data="/intro"></object><embed src="/intro.swf?v=1">', 2),
        ('<object classid="clsid:d27cdb6e-ae6d-11cf-96b8-444553540000"></object><applet></applet>', 2),
    ],
)
def test_what_browsers_show_themselves_is_no_plug_in(read: Open, html: str, count: int) -> None:
    with read(html) as page:
        assert page.plug_ins() == count
        assert not page.visitor.timeline.settled[-1].standing, "Firefox reports no end of what an element embeds"


def test_a_link_that_opens_another_window_is_not_followed(read: Open) -> None:
    links = (
        '<base target="_blank"><a href="/a">A</a> <a href="/b" target="_self">B</a> <a href="/c" target="_top">C</a>'
    )
    with read(links) as page:
        windows = len(page.visitor.browser.driver.window_handles)
        page.read_articles(3)
        assert len(page.visitor.browser.driver.window_handles) == windows
        assert page.visitor.context.ask("location.pathname") == "/c"


MENU = """<button id="menu-button" aria-expanded="false" aria-controls="menu">Menu</button>
<nav id="menu" hidden><a id="legal" href="/legal">Legal</a></nav>
<p hidden><a id="lost" href="/lost">Lost</a></p><script>
document.querySelector('#menu-button').onclick = () => { document.querySelector('#menu').hidden = false; };
</script>"""


def test_a_link_in_a_menu_is_there_once_that_is_unfolded(read: Open) -> None:
    with read(MENU, legal_link="#legal", policy_link="#lost") as page:
        assert (page.link("legal_link") or "").endswith("/legal")
        assert page.link("policy_link") is None
        assert page.visitor.timeline.actions[-1].sentence == "unfolds a menu"
