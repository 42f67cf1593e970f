"""A page that adds something whenever its end comes near is scrolled further, but not without end."""

from __future__ import annotations

import pytest

from consentinel.evidence.guarded import path_of
from pages.reading import ENDS, Reading
from tests.strangers.truth_sites import SHOP, page
from tests.strangers.truth_visits import Visit, proxy, resources, visit

__all__ = ["proxy", "resources", "visit"]

pytestmark = [pytest.mark.browser, pytest.mark.strangers]

GROWS = """let part = 0;
new IntersectionObserver((seen) => {
  if (part === MOST || !seen.some((one) => one.isIntersecting)) return;
  const added = document.createElement("section");
  part += 1;
  new Image().src = `/part/${part}`;
  added.style.cssText = "display: block; height: 2000px";
  document.querySelector("main").append(added);
}).observe(document.querySelector("footer"));"""
BODY = """<style>html { overflow-anchor: none; }</style>
<main><p style="height: 2000px">Words</p></main><footer>End</footer>"""


@pytest.mark.parametrize(("parts", "ends"), [(0, 1), (3, 4), (99, ENDS)])
def test_what_the_end_of_a_page_adds_is_scrolled_to(visit: Visit, parts: int, ends: int) -> None:
    visitor, _ = visit({(SHOP, "/"): page(GROWS.replace("MOST", str(parts)), BODY)})
    Reading(visitor).scroll_to_end()
    asked = [path_of(one.url) for one in visitor.timeline.requests if "/part/" in one.url]
    assert asked == [f"/part/{number}" for number in range(1, min(parts, ENDS) + 1)]
    assert [one.sentence for one in visitor.timeline.actions].count("scrolls to the end of the page") == ends
