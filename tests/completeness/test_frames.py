"""Frames that show nothing, or in which nothing runs, are part of many pages: they keep no verdict from being given."""

from __future__ import annotations

import pytest

from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.visitor.visitor import Visitor

LAZY = "is loaded when it is scrolled into view"
FRAMES: dict[str, dict[str, str]] = {
    LAZY: {"loading": "lazy", "src": "/basket"},
    "may run no script": {"sandbox": "", "srcdoc": "<p>Hello"},
    "may run no script, and is of the site": {"sandbox": "allow-same-origin", "src": "/basket"},
    "is empty": {},
    "gets no content": {"src": "https://{metrics}/collect"},
    "is answered by nobody": {"src": "https://nobody.localhost:9999/"},
    "has no such name": {"src": "https://nobody.invalid/"},
    "is a word for another program": {"src": "mailto:someone@example.com"},
}
_APPEND = """
    const [attributes, isFar] = arguments;
    const frame = document.createElement("iframe");
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    const above = document.createElement("div");
    if (isFar) above.style.height = "20000px";
    document.body.append(above, frame);
"""

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_page_with_such_a_frame_is_judged(visitor: Visitor, site: RunningSite, frame: str) -> None:
    metrics = f"{hosts.METRICS}:{site.port}"
    attributes = {name: value.format(metrics=metrics) for name, value in FRAMES[frame].items()}
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing(f"sees a frame that {frame}"):
        visitor.browser.driver.execute_script(_APPEND, attributes, frame == LAZY)
    visitor.visit(site.url(hosts.SITE, "/basket"), "goes on")
    assert [settled.reason for settled in visitor.timeline.settled if not settled.complete] == []
    assert [state.unread for state in visitor.timeline.states if state.unread] == []


def test_a_frame_that_was_written_by_its_page_is_watched(visitor: Visitor, site: RunningSite) -> None:
    """It has no address and loads nothing, and yet its timers run."""
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing("sees a frame that the page writes"):
        visitor.browser.driver.execute_script(
            "const frame = document.createElement('iframe'); document.body.append(frame);"
            "frame.contentWindow.setTimeout(() => frame.contentWindow.fetch('/health?late=1'), 900);"
        )
    assert any(request.url.endswith("/health?late=1") for request in visitor.timeline.requests)


POPUPS: dict[str, str] = {
    "shows a page of the site": "window.open('/basket');",
    "gets no content": "window.open('https://{metrics}/collect');",
    "is answered with an error": "window.open('/none');",
    "is a word for another program": "window.open('mailto:someone@example.com');",
    "is written by its page": "window.open('').document.write('<p>Hello');",
}


@pytest.mark.parametrize("popup", POPUPS)
def test_a_page_with_such_a_popup_is_judged(visitor: Visitor, site: RunningSite, popup: str) -> None:
    """In Chromium a popup's first page may take over the window of its empty document; BiDi then answers nothing."""
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing(f"gets a popup that {popup}"):
        visitor.browser.driver.execute_script(POPUPS[popup].format(metrics=f"{hosts.METRICS}:{site.port}"))
    visitor.visit(site.url(hosts.SITE, "/basket"), "goes on")
    assert [settled.reason for settled in visitor.timeline.settled if not settled.complete] == []
    assert [state.unread for state in visitor.timeline.states if state.unread] == []


def test_what_a_popup_does_later_is_seen(visitor: Visitor, site: RunningSite) -> None:
    visitor.visit(site.url(hosts.SITE, "/"), "visits the home page")
    with visitor.doing("gets a popup"):
        visitor.browser.driver.execute_script("window.shown = window.open('/basket');")
    with visitor.doing("looks at it"):
        visitor.browser.driver.execute_script("shown.setTimeout(() => shown.fetch('/health?late=1'), 900);")
    assert any(request.url.endswith("/health?late=1") for request in visitor.timeline.requests)
