"""A wall against robots is told from a page of the site, in both browsers."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.visitor.bot_wall import LONGEST, what_answered
from tests.strangers.draft_sites import Answer, serving

pytestmark = pytest.mark.browser

LONG = "<p>" + "Tea asks for little. " * (LONGEST // 20)


@pytest.fixture(scope="module")
def context(shared_browsers: BrowserPool, spec: BrowserSpec) -> Iterator[UserContext]:
    context = UserContext(shared_browsers.browser(spec))
    context.open_tab()
    yield context
    context.close()


def test_walls_and_pages(context: UserContext) -> None:
    for page, sign in (
        ("<title>Just a moment...</title><p>shop.example", "its title"),
        ("<title>shop.example</title><p>Please confirm that you are human.", "its words"),
        ("<title>shop.example</title><form id=challenge-form></form>", "its elements"),
        (
            "<title>shop.example</title><iframe src='https://geo.captcha-delivery.com/x' srcdoc=''></iframe>",
            "its elements",
        ),
        ("<title>Tea, slowly</title><p>Good tea asks for little.", ""),
        (f"<title>A day without robots</title><p>Prove that you are human, they said.{LONG}", ""),
        ("<title>The security checks at our door</title><p>We look into bags.", ""),
        ("", ""),
    ):
        context.navigate(f"data:text/html;charset=utf-8,{quote(f'<!doctype html>{page}')}")
        assert what_answered(context.ask) == ("", sign), page


def test_a_page_that_leads_on_into_the_site_is_no_wall(context: UserContext) -> None:
    links = '<a href="/tea">Tea</a> <a href="/cups">Cups</a> <a href="/tea#green">Green tea</a>'
    form = "<title>Security check-ups</title><form>Please confirm that you are human.</form>"
    pages = {("any.localhost", path): Answer(f"<!doctype html>{form}{links}{more}") for path, more in MORE.items()}
    with serving(pages) as port:
        for path, sign in (("/few", "its title"), ("/many", "")):
            context.navigate(f"http://any.localhost:{port}{path}")
            assert what_answered(context.ask) == ("", sign)


MORE = {"/few": "", "/many": '<a href="/kettles">Kettles</a>'}


def test_a_page_has_no_say_in_what_is_seen_of_it(context: UserContext) -> None:
    hostile = "<title>Just a moment</title><script>Array.prototype.some = () => { throw new Error('no'); };</script>"
    context.navigate(f"data:text/html;charset=utf-8,{quote(f'<!doctype html>{hostile}')}")
    assert what_answered(context.ask) == ("", "its title")


def test_a_text_file_is_no_page(context: UserContext) -> None:
    context.navigate("data:text/plain;charset=utf-8,Please confirm that you are human.")
    assert what_answered(context.ask)[0] == "text/plain"
