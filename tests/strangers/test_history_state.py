"""What a page has put into `history.state` is there when it is loaded anew without cookies, and on no other page."""

from __future__ import annotations

import pytest

from consentinel.visitor.visitor import Visitor
from tests.strangers.truth_sites import SHOP, Answer, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

pytestmark = pytest.mark.browser

MARKS = """fetch(`/mark?${(history.state || {}).mark || "none"}`);
history.replaceState({ mark: "kept" }, "");"""


def told(visitor: Visitor) -> list[str]:
    return [one.url.partition("?")[2] for one in visitor.timeline.requests if "/mark" in one.url]


def test_a_page_that_is_loaded_anew_without_cookies_has_its_state(visit: Visit) -> None:
    visitor, site = visit({(SHOP, "/"): page(MARKS), (SHOP, "/tea"): page(MARKS), (SHOP, "/mark"): Answer("")})
    visitor.remove_all_cookies()
    visitor.visit(site.url("/tea"), "reads")
    visitor.visit(site.url(), "visits the shop")
    assert told(visitor) == ["none", "kept", "none", "none"]
