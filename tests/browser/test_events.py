"""Which visitor is told of which event."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.browser.events import DEAD_ENDS, FAILED, INTERCEPTED, REALM, SPOKEN, EventHub


class Ear:
    """A visitor's listener."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, method: str, params: dict[str, Any]) -> None:
        self.heard.append(method)


def created(
    hub: EventHub, frame: str, user: str | None = None, parent: str | None = None, url: str = "about:blank"
) -> None:
    params = {"context": frame, "userContext": user, "parent": parent, "url": url}
    hub("browsingContext.contextCreated", params)


def two_visitors() -> tuple[EventHub, Ear, Ear]:
    hub, one, other = EventHub(), Ear(), Ear()
    hub.listeners.update({"one": one, "other": other})
    created(hub, "tab 1", "one")
    created(hub, "tab 2", "other")
    return hub, one, other


def test_each_visitor_hears_of_their_own_frames_alone() -> None:
    hub, one, other = two_visitors()
    hub("network.beforeRequestSent", {"context": "tab 1"})
    hub("script.message", {"source": {"context": "tab 2"}})
    assert one.heard == ["browsingContext.contextCreated", "network.beforeRequestSent"]
    assert other.heard == ["browsingContext.contextCreated", "script.message"]


def test_events_of_nobodys_frames_are_dropped() -> None:
    hub, one, other = two_visitors()
    hub("network.beforeRequestSent", {"context": "unknown"})
    hub("network.beforeRequestSent", {"context": None})
    hub("log.entryAdded", {})
    assert len(one.heard) == len(other.heard) == 1


def test_a_frame_belongs_to_its_tab_and_its_tabs_visitor() -> None:
    hub, one, _ = two_visitors()
    created(hub, "frame", parent="tab 1")
    created(hub, "inner", parent="frame")
    assert [(frame.id, frame.top, frame.user_context) for frame in hub.of("one")] == [
        ("tab 1", "tab 1", "one"),
        ("frame", "tab 1", "one"),
        ("inner", "tab 1", "one"),
    ]
    hub("network.beforeRequestSent", {"context": "inner"})
    assert one.heard[-1] == "network.beforeRequestSent"


def test_tabs_come_before_frames() -> None:
    hub, _, _ = two_visitors()
    created(hub, "frame", parent="tab 1")
    created(hub, "tab 3", "one")
    assert [frame.id for frame in hub.of("one")] == ["tab 1", "tab 3", "frame"]


def test_a_frames_address_follows_its_navigation() -> None:
    hub, _, _ = two_visitors()
    hub("browsingContext.navigationStarted", {"context": "tab 1", "url": "https://a.example/"})
    assert hub.of("one")[0].url == "https://a.example/"
    hub("browsingContext.load", {"context": "tab 1", "url": "https://a.example/end"})
    assert hub.of("one")[0].url == "https://a.example/end"


def test_a_frame_that_has_gone_is_heard_of_once_more_and_then_no_more() -> None:
    hub, one, _ = two_visitors()
    hub("browsingContext.contextDestroyed", {"context": "tab 1", "url": ""})
    hub("network.responseCompleted", {"context": "tab 1"})
    assert one.heard == ["browsingContext.contextCreated", "browsingContext.contextDestroyed"]
    assert hub.of("one") == []


def test_what_is_in_a_frame_goes_with_it() -> None:
    hub, one, _ = two_visitors()
    created(hub, "outer", parent="tab 1")
    created(hub, "inner", parent="outer")
    created(hub, "innermost", parent="inner")
    hub("browsingContext.contextDestroyed", {"context": "outer", "url": ""})
    assert [frame.id for frame in hub.of("one")] == ["tab 1"]
    assert one.heard.count("browsingContext.contextDestroyed") == 3
    hub("browsingContext.contextDestroyed", {"context": "inner", "url": ""})
    assert one.heard.count("browsingContext.contextDestroyed") == 3


def test_a_tab_of_no_user_context_is_the_browsers_own() -> None:
    hub = EventHub()
    created(hub, "tab")
    assert [frame.id for frame in hub.of("default")] == ["tab"]


def test_a_single_page_site_turns_its_pages_in_one_document() -> None:
    hub, _, _ = two_visitors()
    (tab,) = hub.of("one")
    hub("browsingContext.navigationStarted", {"context": "tab 1", "url": "https://a.example/"})
    hub("browsingContext.load", {"context": "tab 1", "url": "https://a.example/"})
    hub("browsingContext.historyUpdated", {"context": "tab 1", "url": "https://a.example/tea"})
    assert (tab.loads, tab.url) == (2, "https://a.example/tea")


def test_an_address_that_is_tidied_while_a_page_loads_is_no_page_of_its_own() -> None:
    hub, _, _ = two_visitors()
    (tab,) = hub.of("one")
    hub("browsingContext.navigationStarted", {"context": "tab 1", "url": "https://a.example/?utm_source=b"})
    hub("browsingContext.historyUpdated", {"context": "tab 1", "url": "https://a.example/"})
    assert tab.loads == 0
    hub("browsingContext.load", {"context": "tab 1", "url": "https://a.example/"})
    hub("browsingContext.historyUpdated", {"context": "tab 1", "url": "https://a.example/"})
    assert tab.loads == 1


def spoken(hub: EventHub, *said: str) -> None:
    args = [{"type": "string", "value": text} for text in said]
    hub(SPOKEN, {"params": {"args": args}})


def test_what_a_page_speaks_reaches_the_visitor_whose_channel_it_is() -> None:
    hub, one, other = two_visitors()
    hub.channels["secret"] = "one"
    spoken(hub, "secret", "{}")
    spoken(hub, "hello")
    hub(SPOKEN, {"params": {"args": []}})
    hub(SPOKEN, {"params": {"args": [{"type": "object", "value": {}}]}})
    assert (one.heard[1:], other.heard[1:]) == (["script.message"], [])


def test_who_has_left_hears_no_more() -> None:
    hub, one, _ = two_visitors()
    hub.channels["secret"] = "one"
    hub.forget("one")
    spoken(hub, "secret", "{}")
    assert (one.heard[1:], hub.channels) == ([], {})


def moved(hub: EventHub, frame: str, url: str, how: str = "navigationStarted") -> None:
    hub(f"browsingContext.{how}", {"context": frame, "url": url})


def test_a_page_that_was_shown_ahead_takes_over_the_tab_that_goes_there() -> None:
    hub, one, _ = two_visitors()
    moved(hub, "tab 1", "https://shop.example/", "load")
    for ahead, url in (("ahead 1", "https://shop.example/b"), ("ahead 2", "https://shop.example/a")):
        created(hub, ahead, "one")
        moved(hub, ahead, url)
        moved(hub, ahead, url, "load")
    assert hub.current("tab 1") == "tab 1"
    moved(hub, "tab 1", "https://shop.example/a")
    hub("browsingContext.contextDestroyed", {"context": "tab 1"})
    assert hub.current("tab 1") == "ahead 2"
    assert hub.frames["ahead 2"].loads == 2
    assert one.heard[-1] == "browsingContext.contextDestroyed"
    hub.forget("two")
    assert hub.current("tab 1") == "ahead 2"
    hub.forget("one")
    assert hub.successors == {}
    moved(hub, "ahead 2", "https://shop.example/b")
    hub("browsingContext.contextDestroyed", {"context": "ahead 2"})
    assert hub.successors == {}, "who has left is taken over by nobody"


def test_a_tab_that_is_closed_is_nobody_elses() -> None:
    hub, _, _ = two_visitors()
    created(hub, "second tab", "one")
    for tab in ("tab 1", "second tab", "tab 2"):
        moved(hub, tab, "https://shop.example/")
        moved(hub, tab, "https://shop.example/", "load")
    hub("browsingContext.contextDestroyed", {"context": "tab 1"})
    assert hub.current("tab 1") == "tab 1"


def test_a_frame_whose_document_does_not_come_runs_no_script() -> None:
    hub, one, _ = two_visitors()
    hub.hears_of_realms = True
    created(hub, "object", parent="tab 1")
    created(hub, "frame", parent="tab 1")
    hub(REALM, {"context": "frame"})
    for frame in ("object", "frame"):
        hub("browsingContext.navigationStarted", {"context": frame, "url": "http://shop.example/gone"})
        assert hub.frames[frame].answers, "a document may come"
        hub(FAILED, {"context": frame, "url": "http://shop.example/gone"})
    assert one.heard[-1] == FAILED
    assert not hub.frames["object"].answers
    assert hub.frames["frame"].answers, "its empty document stays"


@pytest.mark.parametrize("event", DEAD_ENDS)
def test_a_tab_whose_document_does_not_come_stays_what_it_was(event: str) -> None:
    hub, _, _ = two_visitors()
    for navigation, path in (("first", "page"), ("second", "file")):
        began = {"context": "tab 1", "url": f"http://shop.example/{path}", "navigation": navigation}
        hub("browsingContext.navigationStarted", began)
    tab = hub.frames["tab 1"]
    hub(event, {"context": "tab 1", "url": "http://shop.example/page", "navigation": "first"})
    assert tab.is_loading, "another document is still to come"
    hub(event, {"context": "tab 1", "url": "http://shop.example/file", "navigation": "second"})
    assert not tab.is_loading
    moved(hub, "tab 1", "http://shop.example/next", "historyUpdated")
    assert tab.loads == 1, "the page that stayed shows another one in its place"


@pytest.mark.parametrize("url", ["http://shop.example/file", "tel:+49301234"])
def test_a_popup_to_which_no_page_comes_is_asked_nothing(url: str) -> None:
    hub, _, _ = two_visitors()
    hub.hears_of_realms = True
    popup = {"context": "popup", "userContext": "one", "url": "", "originalOpener": "tab 1"}
    hub("browsingContext.contextCreated", popup)
    assert hub.frames["popup"].answers
    hub("browsingContext.navigationStarted", {"context": "popup", "url": url, "navigation": "first"})
    hub(FAILED, {"context": "popup", "url": url, "navigation": "first"})
    assert not hub.frames["popup"].answers, "it has no page, and BiDi would never answer"
    hub(REALM, {"context": "popup", "sandbox": "consentinel"})
    assert hub.frames["popup"].is_out_of_reach, "the harness reads it without BiDi"
    hub(REALM, {"context": "popup"})
    assert hub.frames["popup"].answers


@pytest.mark.parametrize(("how", "loads"), [("other", 1), ("historyApi", 0), ("fragment", 0)])
def test_a_page_that_intercepts_a_navigation_shows_another_one(how: str, loads: int) -> None:
    hub, one, other = two_visitors()
    hub(INTERCEPTED, {"params": {"frameId": "tab 1", "url": "https://shop.example/tea", "navigationType": how}})
    [tab] = hub.of("one")
    assert (tab.loads, tab.url.endswith("/tea"), len(one.heard), len(other.heard)) == (loads, loads == 1, 1 + loads, 1)
