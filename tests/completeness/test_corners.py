"""What is sent and stored by detours is in the record as well: one to one with the server's log, item by item."""

from __future__ import annotations

import json

import pytest

from consentinel.browser.wait import NotYet, wait_until
from consentinel.evidence.records import STORED_KINDS, Kind
from consentinel.evidence.timeline import Timeline
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.visitor.visitor import Visitor
from tests.completeness.log import ServerLog, recorded

SENT = {
    "from-blank",
    "from-srcdoc",
    "from-blob",
    "from-data",
    "from-sandbox",
    "from-removed",
    "from-popup",
    "from-blank-popup",
    "from-nested-worker",
    "from-blob-worker",
    "from-shared-worker",
    "from-service-worker",
    "stream",
    "beacon-blob",
    "unread",
    "module.js",
    "ahead.js",
    "xhr-put",
    "csp-report",
    "background.svg",
    "content.svg",
    "hidden-keepalive",
    "hidden-beacon",
    "invisible-keepalive",
}
"""The last path segments of what every browser sends; each must be in the server's log, or the tour proves nothing."""

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


AHEAD = {"prefetched", "prerendered"}
"""What Chromium fetches ahead when a page's rules ask for it."""


def test_detours_are_recorded_one_to_one(visitor: Visitor, site: RunningSite, log: ServerLog) -> None:
    told = _go_round(visitor, site.url(hosts.CONTROL, "/corners?run=corners1"))
    asked = log.asked()
    stored = {(Kind(kind), host, name) for kind, host, name in json.loads(told["stored"])}
    assert told["missing"] == ""
    assert {path.rpartition("/")[2] for _, _, path, _ in asked} >= SENT
    assert recorded(visitor.timeline) == asked
    assert stored <= known(visitor.timeline)
    assert all(state.seen == frozenset(STORED_KINDS) for state in visitor.timeline.states)


def test_pages_shown_ahead_are_recorded(visitor: Visitor, site: RunningSite, log: ServerLog) -> None:
    """On a page of its own: ChromeDriver 156 hangs where a page that shows another ahead opens a window."""
    told = _go_round(visitor, site.url(hosts.CONTROL, "/corners?run=corners2&only=speculation"))
    asked = log.asked()
    assert told["missing"] == ""
    if told["absent"] == "":
        assert {path.rpartition("/")[2] for _, _, path, _ in asked} >= AHEAD
    assert recorded(visitor.timeline) == asked


def _go_round(visitor: Visitor, url: str) -> dict[str, str]:
    """Visit the tour, and leave it; what the page said of itself."""
    visitor.visit(url, "goes round the corners")
    with visitor.doing("waits for the end of the tour"):
        wait_until("the tour to end", lambda: _has_ended(visitor), 30)
    told: dict[str, str] = visitor.browser.driver.execute_script("return {...document.documentElement.dataset}")
    visitor.leave_site("leaves")
    return told


def known(timeline: Timeline) -> set[tuple[Kind, str, str]]:
    """What the record says was stored at any moment, be it seen there or seen being written."""
    items = {(item.kind, item.host, item.name) for state in timeline.states for item in state.items}
    return items | {(one.kind, one.host, one.name) for one in timeline.writes if one.operation in ("set", "open")}


def _has_ended(visitor: Visitor) -> bool:
    if visitor.browser.driver.execute_script("return document.documentElement.dataset.corners") != "done":
        raise NotYet("the page has not said that it is done")
    return True
