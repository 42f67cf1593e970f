"""What a recorder makes of the browser's events, in the order in which they come."""

from __future__ import annotations

import gc
import json
from collections.abc import Mapping
from concurrent.futures import Future
from types import MappingProxyType
from typing import Any, cast

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.events import EventHub, Frame
from consentinel.evidence.proxy import Tap
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Kind, Write
from consentinel.evidence.standing import Flight

HOME = "https://www.shop.example/"


class Context:
    """As much of a user context as a recorder looks at."""

    def __init__(self) -> None:
        self.tab = "tab"
        self.browser = self
        self.hub = EventHub(
            {
                "tab": Frame("tab", "user", "tab", HOME),
                "inner": Frame("inner", "user", "tab", "about:srcdoc"),
            }
        )


@pytest.fixture
def recorder() -> Recorder:
    return Recorder("visitor", "chromium", cast("UserContext", Context()), None, "__handle")


def begin(
    recorder: Recorder,
    number: str,
    url: str,
    context: str = "tab",
    asked: Mapping[str, Any] = MappingProxyType({}),
    **more: Any,
) -> None:
    request = {"request": number, "url": url, "method": "GET", "headers": [], **asked}
    params = {"request": request, "context": context}
    recorder.on_event("network.beforeRequestSent", {**params, "timestamp": 1000.0, **more})


def end(recorder: Recorder, number: str, status: int = 200) -> None:
    params = {"request": {"request": number}, "context": "tab", "response": {"status": status}}
    recorder.on_event("network.responseCompleted", params)


def note(recorder: Recorder, context: str = "tab", **raw: Any) -> None:
    noted = {"kind": "cookie", "operation": "set", "name": "", "value": "", "stack": "", "frame": HOME, "at": 5000.0}
    data = [[key, {"type": "string", "value": value}] for key, value in {**noted, **raw}.items()]
    note = {"type": "object", "value": data}
    params = {"channel": "__handle", "data": {"type": "array", "value": [note]}, "source": {"context": context}}
    recorder.on_event("script.message", params)


def written(recorder: Recorder) -> Write:
    (write,) = recorder.notes
    return write


def test_a_request_is_in_flight_until_its_answer(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}a.js")
    assert recorder.wait_quiet(0.0) == [f"{HOME}a.js"]
    end(recorder, "1")
    assert recorder.wait_quiet(0.0) == []


def test_a_request_may_begin_while_those_under_way_are_counted(recorder: Recorder) -> None:
    """The collector runs where the list is made, and another thread with it."""
    begun = [0]

    def begin_another(*_: object) -> None:
        if begun[0] < 200:
            begun[0] += 1
            begin(recorder, f"late{begun[0]}", HOME)

    for number in range(3000):  # more than the tuples that Python keeps ready
        begin(recorder, str(number), f"{HOME}{number}")
    threshold = gc.get_threshold()
    gc.callbacks.append(begin_another)
    gc.set_threshold(1)
    try:
        going_on = recorder.traffic.going_on()
    finally:
        gc.set_threshold(*threshold)
        gc.callbacks.remove(begin_another)
    assert begun[0] > 0
    assert f"{HOME}99" in going_on


def test_a_frame_that_has_gone_waits_for_nothing(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}a.js", context="inner")
    begin(recorder, "2", f"{HOME}b.js")
    recorder.on_event("browsingContext.contextDestroyed", {"context": "inner"})
    assert recorder.wait_quiet(0.0) == [f"{HOME}b.js"]


def test_an_answer_may_be_reported_before_its_request(recorder: Recorder) -> None:
    end(recorder, "1", status=404)
    begin(recorder, "1", f"{HOME}late", navigation="1")
    assert recorder.wait_quiet(0.0) == []
    assert recorder.traffic.was_answered(f"{HOME}late", 0)
    assert recorder.traffic.status_of_page("tab") == 404


def test_what_a_page_before_asked_for_is_not_waited_for(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}before.png")
    begin(recorder, "2", f"{HOME}next", navigation="1")
    end(recorder, "2")
    begin(recorder, "3", f"{HOME}next.png")
    begin(recorder, "4", f"{HOME}frame.png", context="inner")
    recorder.on_event("browsingContext.load", {"context": "tab", "url": f"{HOME}next"})
    assert recorder.wait_quiet(0.0) == [f"{HOME}next.png", f"{HOME}frame.png"]


def test_what_has_passed_the_wire_is_no_longer_waited_for() -> None:
    tap = Tap("127.0.0.1", 1, 0.0)
    recorder = Recorder("visitor", "chromium", cast("UserContext", Context()), tap, "__handle")
    begin(recorder, "1", f"{HOME}pixel#top")
    assert recorder.wait_quiet(0.0) == [f"{HOME}pixel#top"]
    tap.addresses[f"{HOME}pixel"] += 1
    assert recorder.wait_quiet(0.0) == []
    tap.in_flight["flow"] = Flight(f"{HOME}late")
    assert recorder.wait_quiet(0.0) == [f"{HOME}late"]


def test_addresses_that_never_leave_the_browser_are_no_requests(recorder: Recorder) -> None:
    for url in (
        "data:text/html,x",
        "blob:https://a/1",
        "about:blank",
        "chrome://x",
        "moz-extension://x",
        "resource://x",
    ):
        begin(recorder, url, url)
    assert recorder.timeline().requests == ()


def test_the_page_of_a_request_is_its_tabs_document(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}next", navigation="n1")
    begin(recorder, "2", "https://ads.example/x", context="inner")
    assert [request.page for request in recorder.timeline().requests] == [f"{HOME}next", HOME]


def test_the_status_of_the_page_is_that_of_its_last_document(recorder: Recorder) -> None:
    assert recorder.status_of_page() is None
    begin(recorder, "1", HOME, navigation="n1")
    end(recorder, "1", 503)
    begin(recorder, "2", f"{HOME}a.js")
    end(recorder, "2", 200)
    assert recorder.status_of_page() == 503


def test_a_scripts_cookie_is_read_as_the_browser_reads_it(recorder: Recorder) -> None:
    note(recorder, value="_ga=GA1; Domain=.shop.example; Max-Age=60", stack=f"at f ({HOME}m.js:3:4)")
    write = written(recorder)
    assert (write.kind, write.name, write.host, write.max_age) == (Kind.COOKIE, "_ga", "shop.example", 60.0)
    assert (write.at, write.script, write.value.text) == (5.0, f"{HOME}m.js:3", "GA1")


def test_a_cookie_that_the_browser_refuses_was_never_written(recorder: Recorder) -> None:
    note(recorder, value="probe=1; domain=example")
    assert recorder.notes == []


def test_a_frame_without_an_address_stores_where_its_page_stores(recorder: Recorder) -> None:
    note(recorder, context="inner", kind="local_storage", name="k", value="v", frame="about:srcdoc")
    assert (written(recorder).host, written(recorder).frame) == ("www.shop.example", HOME)


def test_a_date_comes_in_the_browsers_time_however_far_the_visitors_clock_is_ahead(recorder: Recorder) -> None:
    recorder.shift = 86400.0
    note(recorder, value="a=1; Expires=Thu, 01 Jan 1970 00:01:05 GMT", at=5000.0)
    assert written(recorder).max_age == 60.0


@pytest.mark.parametrize(
    "value", ["a=1; Max-Age=" + "9" * 400, "a=1; Expires=" + ":" * 4000, "=;" * 4000, "\ud800=\x00"]
)
def test_no_hostile_cookie_stops_the_record(recorder: Recorder, value: str) -> None:
    note(recorder, value=value)
    note(recorder, value="after=1")
    assert recorder.notes[-1].name == "after"


def test_messages_of_other_channels_are_nobodys(recorder: Recorder) -> None:
    before = recorder.activity
    recorder.on_event("script.message", {"channel": "other", "data": {}, "source": {"context": "tab"}})
    assert (recorder.notes, recorder.activity) == ([], before)


def test_notes_come_as_lines_of_json_where_they_were_spoken(recorder: Recorder) -> None:
    noted = {"kind": "local_storage", "operation": "set", "value": "1", "stack": "", "frame": HOME, "at": 5000.0}
    lines = "\n".join(json.dumps({**noted, "name": name}) for name in ("a", "b"))
    params = {"channel": "__handle", "data": {"type": "string", "value": lines}, "source": {"context": ""}}
    recorder.on_event("script.message", params)
    assert [write.name for write in recorder.notes] == ["a", "b"]


def opened(recorder: Recorder, number: str, **response: Any) -> None:
    params = {"request": {"request": number}, "context": "tab", "response": {"status": 200, **response}}
    recorder.on_event("network.responseStarted", params)


def test_without_a_wire_the_body_that_no_document_reads_is_not_waited_for(recorder: Recorder) -> None:
    note(recorder, kind="request", operation="fetch", name=f"{HOME}count")
    begin(recorder, "1", f"{HOME}count")
    assert recorder.wait_quiet(0.0) == [f"{HOME}count"]
    opened(recorder, "1")
    assert recorder.wait_quiet(0.0) == []


def test_without_a_wire_a_body_that_is_read_bit_by_bit_is_waited_for(recorder: Recorder) -> None:
    note(recorder, kind="request", operation="fetch", name=f"{HOME}data")
    begin(recorder, "1", f"{HOME}data")
    opened(recorder, "1")
    note(recorder, kind="request", operation="body", name=f"{HOME}data")
    assert recorder.wait_quiet(0.0) == [f"{HOME}data"]
    end(recorder, "1")
    assert recorder.wait_quiet(0.0) == []


def test_without_a_wire_what_no_document_asked_for_is_waited_for(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}of-a-worker")
    opened(recorder, "1")
    assert recorder.wait_quiet(0.0) == [f"{HOME}of-a-worker"]


def test_a_channel_stays_open_without_being_waited_for(recorder: Recorder) -> None:
    begin(recorder, "1", f"{HOME}events")
    opened(recorder, "1", mimeType="text/event-stream")
    assert recorder.wait_quiet(0.0) == []


SCRIPT = {"destination": "script", "initiatorType": "script"}


@pytest.mark.parametrize("redirects", [0, 1])
@pytest.mark.parametrize("context", ["", "tab"])
def test_a_script_that_has_run_is_not_waited_for_though_its_end_is_never_told(
    recorder: Recorder, redirects: int, context: str
) -> None:
    for hop in range(redirects + 1):
        begin(recorder, "1", f"{HOME}tag.js" if hop == 0 else f"{HOME}{hop}/tag.js", asked=SCRIPT, redirectCount=hop)
        if hop < redirects:
            end(recorder, "1", 302)
    note(recorder, context="inner", kind="request", operation="ran", name=f"{HOME}tag.js")
    note(recorder, context, kind="request", operation="ran", name=f"{HOME}other.js")
    assert recorder.wait_quiet(0.0) != []
    note(recorder, context, kind="request", operation="ran", name=f"{HOME}tag.js")
    assert recorder.wait_quiet(0.0) == []
    assert recorder.notes == []


def test_a_note_that_a_script_has_run_ends_one_request(recorder: Recorder) -> None:
    for number in ("1", "2"):
        begin(recorder, number, f"{HOME}tag.js", asked=SCRIPT)
    note(recorder, "", kind="request", operation="ran", name=f"{HOME}tag.js")
    assert recorder.wait_quiet(0.0) == [f"{HOME}tag.js"]


def test_a_frame_that_runs_no_script_any_more_is_not_waited_for(recorder: Recorder) -> None:
    loads = recorder.loads_of("inner")
    recorder.context.browser.hub.frames["inner"].has_realm = False
    unanswered: Future[dict[str, Any]] = Future()
    assert not recorder.wait_for_answer(unanswered, "inner", loads)
    assert not recorder.wait_for_answer(unanswered, "inner", recorder.loads_of("inner"))
