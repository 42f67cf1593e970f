"""Every BiDi event with each field left out, or of another type: no evidence after it is lost, none is guessed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.events import SPOKEN, UNREAD, EventHub
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.judge import CannotTell, Judge

HOME = "https://www.shop.example/"
OTHERS: tuple[Any, ...] = (None, 7, "text", True, [], {})
"""What a field may hold in the place of what it should."""

KINDS = {str: "text", int: "number", float: "number", bool: "truth", list: "list", dict: "object"}

Path = tuple[str | int, ...]


class Context:
    """As much of a user context as a recorder looks at."""

    def __init__(self) -> None:
        self.tab, self.browser, self.hub = "tab", self, EventHub(hears_of_realms=True)

    def listen(self, listener: Any) -> None:
        self.hub.listeners["user"] = listener

    def add_preload(self, function: str, channel: str = "") -> None:
        self.hub.channels[channel] = "user"


def header(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "value": {"type": "string", "value": value}}


def event(method: str, **params: Any) -> tuple[str, dict[str, Any]]:
    return method, params


REQUEST = {"request": "1", "url": f"{HOME}a", "method": "GET", "headers": [header("Referer", HOME)]}
ASKED = {**REQUEST, "destination": "image", "initiatorType": "img"}
FRAMES = {"callFrames": [{"url": f"{HOME}tag.js", "lineNumber": 3, "columnNumber": 5}]}
RESPONSE = {"status": 200, "mimeType": "text/html", "fromCache": False, "headers": [header("Set-Cookie", "a=1")]}
NOTE = {
    "kind": "local_storage",
    "operation": "set",
    "name": "k",
    "value": "v",
    "stack": "",
    "frame": HOME,
    "at": 5000.0,
}
REMOTE = {"type": "array", "value": [{"type": "object", "value": [[k, {"value": v}] for k, v in NOTE.items()]}]}
for pair in REMOTE["value"][0]["value"]:  # type: ignore[index]
    pair[1]["type"] = "number" if isinstance(pair[1]["value"], float) else "string"
CREATED = {"context": "inner", "url": f"{HOME}frame", "userContext": "user", "parent": "tab", "originalOpener": None}
HEAD = {"context": "tab", "navigation": None, "redirectCount": 0, "timestamp": 1000}

EVENTS = (
    event("browsingContext.contextCreated", **CREATED),
    event("browsingContext.navigationStarted", context="tab", url=f"{HOME}next", navigation="n"),
    event("browsingContext.load", context="tab", url=f"{HOME}next", navigation="n"),
    event("browsingContext.historyUpdated", context="tab", url=f"{HOME}next"),
    event("browsingContext.contextDestroyed", context="tab", url=HOME),
    event("network.beforeRequestSent", **HEAD, request=ASKED, initiator={"type": "script", "stackTrace": FRAMES}),
    event("network.responseStarted", **HEAD, request=REQUEST, response=RESPONSE),
    event("network.responseCompleted", **HEAD, request=REQUEST, response=RESPONSE),
    event("network.fetchError", **HEAD, request=REQUEST, errorText="refused"),
    event("script.message", channel="__handle", data=REMOTE, source={"context": "tab", "realm": "r"}),
    event("script.realmCreated", context="tab", realm="r", origin=HOME, type="window"),
    event(SPOKEN, params={"args": [{"value": "__handle"}, {"type": "string", "value": json.dumps(NOTE)}]}),
)

# What is left open by these fields changes nothing, or is what the protocol allows for (None, nothing).
FREE: dict[str, frozenset[str]] = {
    "browsingContext.contextCreated": frozenset({"originalOpener", "parent", "userContext"}),
    "browsingContext.navigationStarted": frozenset({"url"}),
    "network.beforeRequestSent": frozenset({"context", "initiator", "destination", "initiatorType", "navigation"}),
    "network.responseStarted": frozenset({"response"}),
    "network.responseCompleted": frozenset({"response"}),
    SPOKEN: frozenset({"0"}),  # the name of the channel: a page may say anything else on its console
}


def recorded() -> tuple[Recorder, EventHub]:
    context = Context()
    recorder: Recorder = Recorder("visitor", "chromium", cast("UserContext", context), None, "__handle")
    recorder.attach()
    created = {"context": "tab", "url": HOME, "userContext": "user", "parent": None, "originalOpener": None}
    context.hub("browsingContext.contextCreated", created)
    context.hub("network.beforeRequestSent", {**HEAD, "request": {**ASKED, "request": "0"}})
    return recorder, context.hub


def paths(content: Any, so_far: Path = ()) -> Iterator[Path]:
    """The place of each field in it, however deep."""
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield (*so_far, key)
        yield from paths(value, (*so_far, key))


def changed(params: dict[str, Any], path: Path, change: Callable[[Any, Any], None]) -> dict[str, Any]:
    made = copy.deepcopy(params)
    holder: Any = made
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return made


def odd(params: dict[str, Any]) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """The event in each odd way: which field, what was done to it, and what is left of the event."""
    for path in paths(params):
        if isinstance(path[-1], str):
            yield path, "left out", changed(params, path, lambda holder, key: holder.pop(key))
        for other in OTHERS:

            def put(holder: Any, key: Any, other: Any = other) -> None:
                holder[key] = other

            there: Any = params
            for key in path:
                there = there[key]
            if KINDS.get(type(there)) != KINDS.get(type(other)):
                yield path, repr(other), changed(params, path, put)


def told(recorder: Recorder, hub: EventHub) -> tuple[tuple[Record, ...], list[str], tuple[Any, ...]]:
    """All that was made of it: the timeline, what is going on, and the frames."""
    timeline: Timeline = recorder.timeline()
    recorder.status_of_page()
    return timeline.records, recorder.wait_quiet(0.0), tuple(hub.of("user"))


@pytest.mark.parametrize(("method", "params"), EVENTS, ids=[method for method, _ in EVENTS])
def test_an_odd_event_is_read_as_far_as_it_says_or_becomes_a_doubt(method: str, params: dict[str, Any]) -> None:
    plain, plain_hub = recorded()
    plain_hub(method, params)
    assert plain.missed == []
    wanted = told(plain, plain_hub)
    silent = []
    for path, how, made in odd(params):
        recorder, hub = recorded()
        hub(method, made)
        is_same = told(recorder, hub) == wanted
        if not recorder.missed and not is_same and not FREE.get(method, frozenset()) & {str(key) for key in path}:
            silent.append((path, how))
        hub("network.beforeRequestSent", {**HEAD, "request": {**ASKED, "request": "2", "url": f"{HOME}after"}})
        if method != "browsingContext.contextDestroyed":
            assert f"{HOME}after" in [request.url for request in recorder.timeline().requests], (path, how)
    assert silent == []


def test_a_listener_that_fails_costs_its_own_visitor_a_doubt_and_nobody_else_anything() -> None:
    recorder, hub = recorded()
    heard: list[str] = []

    def failing(method: str, params: dict[str, Any]) -> None:
        heard.append(method)
        if method != UNREAD:
            raise KeyError("url")

    hub.listeners["other"] = failing
    hub("browsingContext.contextCreated", {"context": "tab 2", "url": HOME, "userContext": "other"})
    hub("network.beforeRequestSent", {**HEAD, "context": "tab 2", "request": ASKED})
    assert heard == ["browsingContext.contextCreated", UNREAD, "network.beforeRequestSent", UNREAD]
    assert recorder.missed == []


def test_nobody_knows_whose_an_event_without_a_frame_was_so_that_all_visitors_doubt() -> None:
    recorder, hub = recorded()
    others: list[str] = []
    hub.listeners["other"] = lambda method, params: others.append(method)
    hub("network.responseCompleted", {"request": {"request": "1"}, "response": RESPONSE})
    assert others == [UNREAD]
    told = "the browser's event network.responseCompleted could not be read (TypeError: context is no text)"
    assert recorder.missed == [told]


def test_what_could_not_be_read_makes_every_clean_verdict_a_doubt_that_names_it() -> None:
    recorder, hub = recorded()
    judge = Judge("P10", missed=[recorder.missed])
    judge.require(Verdict())
    hub("network.beforeRequestSent", {**HEAD, "request": {"request": "9"}})
    with pytest.raises(
        CannotTell, match=r"event network\.beforeRequestSent could not be read \(Misshapen: request\.url"
    ):
        judge.require(Verdict())


def test_a_browser_that_asks_whether_to_stay_leaves_the_address_out_and_nothing_is_doubted() -> None:
    recorder, hub = recorded()
    hub("browsingContext.navigationStarted", {"context": "tab", "navigation": "n"})
    assert (recorder.missed, hub.of("user")[0].url, hub.of("user")[0].is_loading) == ([], HOME, True)


def test_a_note_that_cannot_be_read_takes_no_other_with_it() -> None:
    recorder, hub = recorded()
    lines = "\n".join([json.dumps({**NOTE, "name": "a"}), "{", json.dumps({**NOTE, "name": "b", "kind": "new"})])
    spoken = [{"value": "__handle"}, {"type": "string", "value": f"{lines}\n{json.dumps({**NOTE, 'name': 'c'})}"}]
    hub(SPOKEN, {"params": {"args": spoken}})
    assert [note.name for note in recorder.notes] == ["a", "c"]
    assert len(recorder.missed) == 2


def test_a_page_cannot_fill_the_memory_with_what_cannot_be_read() -> None:
    recorder, hub = recorded()
    for number in range(100):
        hub("network.beforeRequestSent", {**HEAD, "request": {"request": "9", f"{number}": 1}, "timestamp": "x"})
        recorder.miss(f"event {number}", "x" * 9999)
    assert len(recorder.missed) == 20
    assert max(map(len, recorder.missed)) < 300
