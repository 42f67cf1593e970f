"""Windows that pages open, and downloads that they start, keep no visitor from going on in their own tab."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from consentinel.browser.base import BY_POINTER
from consentinel.browser.wait import wait_until
from consentinel.visitor.movement import Movement
from tests.strangers.truth_sites import SHOP, Answer, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

LINK = '<a href="/next">Next</a> <a href="/file">File</a>'
OPENS = """window.open("/help");
setTimeout(() => window.open("/terms.zip"), 300);
addEventListener("wheel", () => { document.title = "turned"; });"""
ANSWERS = {
    (SHOP, "/"): page(OPENS, LINK),
    (SHOP, "/next"): page(OPENS, LINK),
    (SHOP, "/file"): page("", f'<script>location.href = "/terms.zip";</script>{LINK}'),
    (SHOP, "/help"): page("setTimeout(() => { document.cookie = 'helped=1'; }, 500);"),
    (SHOP, "/terms.zip"): Answer("PK", "application/zip", headers={"Content-Disposition": "attachment"}),
}


def test_a_visitor_goes_on_in_the_tab_that_a_window_covers(visit: Visit) -> None:
    visitor, site = visit(ANSWERS)
    visitor.visit(site.url("/next"), "reads on")
    assert [action.way for action in visitor.timeline.actions][-1] == BY_POINTER
    with visitor.doing("turns the wheel"):
        ActionChains(visitor.browser.driver, duration=0).scroll_by_amount(0, 5).perform()
        assert wait_until("the wheel", lambda: visitor.browser.driver.title == "turned", 5.0)
    assert all(rest.complete for rest in visitor.timeline.settled)
    assert "helped" in {write.name for write in visitor.timeline.writes}


def test_a_page_that_starts_a_download_while_it_is_read_comes(visit: Visit) -> None:
    visitor, site = visit(ANSWERS)
    visitor.visit(site.url("/file"), "reads on")
    assert [action.way for action in visitor.timeline.actions][-1] == BY_POINTER
    Movement(visitor).reload()
    assert all(rest.complete for rest in visitor.timeline.settled)
    asked = [one.url for one in visitor.timeline.requests if one.document]
    assert asked.count(site.url("/file")) == 2


def test_a_window_knows_the_name_by_which_it_was_opened(visit: Visit) -> None:
    opens, tells = page('window.open("/help", "m9f86d081884c7d65");'), page("fetch(`/told?${window.name}`);")
    visitor, _ = visit({(SHOP, "/"): opens, (SHOP, "/help"): tells, (SHOP, "/told"): Answer("")})
    told = [one.url.partition("?")[2] for one in visitor.timeline.requests if "/told" in one.url]
    assert told == ["m9f86d081884c7d65"]
