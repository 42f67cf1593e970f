"""A page that intercepts navigations shows others in its own place, which the harness hears of."""

from __future__ import annotations

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec
from consentinel.browser.wait import wait_until
from tests.serving import QuietHandler, Server, listening

pytestmark = pytest.mark.browser

PAGE = b"""<!doctype html><title>Shop</title><link rel="icon" href="data:,"><a href="/tea">Tea</a><script>
navigation.onnavigate = (event) => { if (event.canIntercept) event.intercept({handler: async () => 0}); };
</script>"""


class _Handler(QuietHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)


def test_what_a_page_shows_in_its_own_place_is_the_next_page(shared_browsers: BrowserPool, spec: BrowserSpec) -> None:
    context = UserContext(shared_browsers.browser(spec))
    with listening(Server(_Handler)) as server:
        home = f"http://shop.localhost:{server.server_port}/"
        context.open_tab()
        context.navigate(home)
        before = context.loads()
        assert context.follow(f"{home}tea")
        wait_until("the next page", lambda: context.loads() > before, 5)
        [tab] = context.frames()
        assert tab.url == f"{home}tea"
        assert not tab.is_loading
    context.close()
