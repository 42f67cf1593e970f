"""What the browser leaves unsaid does not keep a page from coming to rest."""

from __future__ import annotations

import pytest

from consentinel.evidence.settle import REST_LIMIT
from consentinel.evidence.traffic import Traffic
from consentinel.reference_site import hosts
from consentinel.reference_site.serve import RunningSite
from consentinel.visitor.visitor import Visitor

pytestmark = [pytest.mark.completeness, pytest.mark.browser]


def test_a_script_whose_end_the_browser_never_tells_is_known_to_have_run(
    visitor: Visitor, site: RunningSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Traffic, "ended", lambda traffic, params: None)
    visitor.visit(site.url(hosts.SITE, "/"), "opens the home page")
    scripts = [sent for sent in visitor.recorder.traffic.sent if sent.is_script]
    assert scripts
    assert all(sent.answer is None for sent in scripts)
    assert all(rest.complete for rest in visitor.timeline.settled), visitor.timeline.settled


_LAZY = """
    const picture = new Image();
    picture.loading = "lazy";
    picture.src = arguments[0];
    const above = document.createElement("div");
    if (arguments[1]) above.style.height = "20000px";
    document.body.prepend(above, picture);
"""


@pytest.mark.parametrize("address", ["/pictures/dot.svg?far", "/health?near"])
def test_what_waits_to_be_scrolled_to_is_not_waited_for(
    visitor: Visitor, site: RunningSite, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """What is in view is waited for, however long it takes to show."""
    monkeypatch.setattr("consentinel.evidence.pending_requests.UNSEEN", REST_LIMIT)
    visitor.visit(site.url(hosts.SITE, "/"), "opens the home page")
    is_far = "far" in address
    with visitor.doing("sees a page with a picture"):
        visitor.browser.driver.execute_script(_LAZY, address, is_far)
    assert [rest.reason for rest in visitor.timeline.settled if not rest.complete] == []
    assert any(request.url.endswith(address) for request in visitor.timeline.requests) is not is_far


_IS_BUSY = """
const handle = arguments[0];
const done = arguments[arguments.length - 1];
const isBusy = async () => {
  const { busy, open } = JSON.parse(await window[handle].advance(0, "none"));
  return busy > 0 || open !== "";
};
"""
_AWAIT = """
const [, type] = arguments;
(async () => {
  const told = [await isBusy()];
  const request = new XMLHttpRequest();
  const begun = new Promise((resolve) => { request.onprogress = resolve; });
  request.open("GET", `/corners/stream?type=${type}`);
  told.push(await isBusy());
  request.send();
  await begun;
  told.push(await isBusy());
  request.open("GET", "/corners/stream?again");
  told.push(await isBusy());
  request.send();
  request.abort();
  told.push(await isBusy());
  try { request.send(); } catch { told.push(await isBusy()); }
  done(told);
})();
"""


@pytest.mark.parametrize(("kind", "counts"), [("text/plain", True), ("text/event-stream", False)])
def test_an_answer_is_waited_for_until_its_page_has_been_called_back(
    visitor: Visitor, site: RunningSite, kind: str, counts: bool
) -> None:
    """Save one that stays open for as long as the page wants it."""
    visitor.visit(site.url(hosts.CONTROL, "/elsewhere"), "opens a page")
    with visitor.doing("asks for something"):
        told = visitor.browser.driver.execute_async_script(_IS_BUSY + _AWAIT, visitor.recorder.handle, kind)
    assert told == [False, False, counts, False, False, False]
    assert [rest.reason for rest in visitor.timeline.settled if not rest.complete] == []


_EXPECT = """
const [, name, attributes, isShown] = arguments;
(async () => {
  const element = document.createElement(name);
  for (const attribute in attributes) element.setAttribute(attribute, attributes[attribute]);
  if (isShown) document.body.append(element);
  const told = [await isBusy()];
  element.dispatchEvent(new Event("load"));
  told.push(await isBusy());
  const heard = new Promise((resolve) => { element.onload = element.onerror = resolve; });
  if (told[0]) {
    element[name === "link" ? "href" : "src"] = "/corners/files/style.css";
    if (name === "script") { element.remove(); } else await heard;
  }
  told.push(await isBusy());
  done(told);
})();
"""
ENDLESS = "/corners/stream?type=text/html"


@pytest.mark.parametrize(
    ("name", "attributes", "is_shown", "counts"),
    [
        ("script", {"src": ENDLESS}, True, True),
        ("script", {"src": ENDLESS}, False, False),
        ("script", {"type": "text/plain", "src": ENDLESS}, True, False),
        ("link", {"rel": "stylesheet", "href": ENDLESS}, True, True),
        ("link", {"rel": "author", "href": ENDLESS}, True, False),
        ("img", {"src": ENDLESS}, False, True),
        ("img", {"loading": "lazy", "src": ENDLESS}, False, False),
        ("iframe", {"src": ENDLESS}, True, True),
        ("iframe", {"src": ENDLESS}, False, False),
    ],
)
def test_an_element_is_waited_for_until_it_has_called_back(
    visitor: Visitor, site: RunningSite, name: str, attributes: dict[str, str], is_shown: bool, counts: bool
) -> None:
    """A script that has come is yet to run, and so is what a page does when its picture has."""
    visitor.visit(site.url(hosts.CONTROL, "/elsewhere"), "opens a page")
    handle = visitor.recorder.handle
    told = visitor.browser.driver.execute_async_script(_IS_BUSY + _EXPECT, handle, name, attributes, is_shown)
    assert told == [int(counts), int(counts), 0]
