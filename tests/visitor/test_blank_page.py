"""Chromium never draws a page that goes to a download before it is drawn. Such a page is named, and nobody waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from consentinel.browser import pointer
from consentinel.browser.errors import PageStaysBlank
from consentinel.browser.pool import BrowserPool
from consentinel.browser.spec import BrowserSpec, Engine
from consentinel.evidence.proxy import RecordingProxy
from consentinel.site.profile import Profile
from consentinel.visitor.resources import Resources
from consentinel.visitor.visitor import Visitor
from tests.serving import QuietHandler, Server, listening

pytestmark = pytest.mark.browser

BEFORE = "<script>location.href = '/file'</script><h1>before</h1>"
AFTER = "<script>onload = () => { location.href = '/file'; };</script><h1>after</h1>"
STUBBED = "<script>window.requestAnimationFrame = () => 0;</script><h1>stubbed</h1>"


class Site(QuietHandler):
    """Pages that go to a download, before they are drawn or after it, and one that takes away how to wait for that."""

    def do_GET(self) -> None:
        page = {"/before": BEFORE, "/after": AFTER, "/stubbed": STUBBED}.get(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if page else "application/zip")
        if not page:
            self.send_header("Content-Disposition", "attachment; filename=file.zip")
        self.end_headers()
        self.wfile.write((page or "PK").encode())


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with listening(Server(Site)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"


@pytest.fixture(scope="module")
def resources(shared_browsers: BrowserPool, first_wire: RecordingProxy) -> Resources:
    spec = BrowserSpec(Engine.CHROMIUM, trusted=(first_wire.key,))
    return Resources(shared_browsers, spec, None, horizon=0.0)


@pytest.fixture
def visitor(resources: Resources, profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setattr(pointer, "PICTURE_LIMIT", 2.0)
    visitor = Visitor("visitor", resources, profile)
    yield visitor
    visitor.leave()


def test_a_page_that_stays_blank_is_named(visitor: Visitor, base: str) -> None:
    visitor.visit(f"{base}/before", "visits a page")
    with pytest.raises(PageStaysBlank, match=r"/before stays blank, the browser has not drawn it within 2 seconds"):
        pointer.wait_for_picture(visitor.browser.driver)


@pytest.mark.parametrize("page", ["after", "stubbed"])
def test_a_page_that_is_drawn_is_not(visitor: Visitor, base: str, page: str) -> None:
    visitor.visit(f"{base}/{page}", "visits a page")
    pointer.wait_for_picture(visitor.browser.driver)
    assert visitor.context.ask("document.querySelector('h1').textContent") == page
