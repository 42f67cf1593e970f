"""When a page is at rest, by what its frames answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, cast

import pytest
from mitmproxy import http
from mitmproxy.test import tflow

from consentinel.browser.context import UserContext
from consentinel.browser.events import EventHub, Frame
from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.settle import DEAF, settle
from consentinel.evidence.tap import Tap

HOME = "https://www.shop.example/"

Answer = Callable[[str], dict[str, Any]]


class Context:
    """As much of a user context as settling asks; `answer` is what its frame makes of an expression."""

    def __init__(self, answer: Answer) -> None:
        self.tab = "tab"
        self.browser = self.bidi = self
        self.hub = EventHub({"tab": Frame("tab", "user", "tab", HOME)})
        self._answer = answer

    def loads(self) -> int:
        return 1

    def frames(self) -> list[Frame]:
        return [*self.hub.frames.values()]

    def send(self, _method: str, params: dict[str, Any]) -> Future[dict[str, Any]]:
        future: Future[dict[str, Any]] = Future()
        future.set_result(self._answer(params["expression"]))
        return future


def settled(answer: Answer, url: str = HOME, coming: str = "first") -> tuple[bool, str]:
    context = Context(answer)
    context.hub.frames["tab"].url = url
    context.hub.frames["tab"].coming = coming
    recorder = Recorder("visitor", "chromium", cast("UserContext", context), None, "__handle")
    rest = settle(recorder, 5.0)
    return rest.complete, rest.reason


def told(_expression: str, **changed: Any) -> dict[str, Any]:
    quiet = {"next": None, "busy": 0, "open": "", "ready": "complete", "refresh": None, "workers": ""}
    quiet |= {"polls": False, "thinned": 0}
    step = {"moved": 5000.0, **quiet, **changed}
    return {"type": "success", "result": {"type": "string", "value": json.dumps(step)}}


def test_a_quiet_page_is_at_rest() -> None:
    assert settled(told) == (True, "")


def test_who_watches_is_told_at_each_rest_how_much_page_time_has_gone() -> None:
    def timed(expression: str) -> dict[str, Any]:
        by = float(expression.partition(".advance(")[2].partition(",")[0])
        return told(expression, moved=min(by, 2000.0), next=2000.0)

    gone: list[float] = []
    settle(Recorder("visitor", "chromium", cast("UserContext", Context(timed)), None, "__handle"), 5.0, gone.append)
    assert gone == [0.0, 2.0, 4.0, 5.0]


def test_a_document_that_a_script_writes_and_never_closes_is_at_rest() -> None:
    assert settled(lambda _: told(_, ready="loading"), "about:blank") == (True, "")
    assert settled(lambda _: told(_, ready="loading"), coming="") == (True, ""), "a popup of Firefox's"


def test_a_page_that_is_still_being_read_is_not_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consentinel.evidence.settle.QUIET_LIMIT", 0.1)
    assert not settled(lambda _: told(_, ready="loading"))[0]


def test_a_frame_that_no_script_has_entered_is_at_rest() -> None:
    assert settled(lambda _: {"type": "success", "result": {"type": "null"}}) == (True, "")


def test_a_page_that_keeps_its_timers_from_being_asked_for_is_never_known_to_be_at_rest() -> None:
    assert settled(lambda _: {"type": "exception", "exceptionDetails": {}}) == (False, DEAF)


def test_busy_pages_are_asked_again() -> None:
    answers = [1, 1, 0]
    assert settled(lambda expression: told(expression, busy=answers.pop(0) if answers else 0)) == (True, "")
    assert answers == []


def test_a_frame_that_is_told_of_late_is_asked_for_its_timers() -> None:
    """Chromium tells of a frame that a page has written after the script that wrote it, but before its next answer."""
    expressions: list[str] = []

    def tells_of_a_frame(expression: str) -> dict[str, Any]:
        context.hub.frames["frame"] = Frame("frame", "user", "tab", "about:blank", "tab")
        expressions.append(expression)
        return told(expression)

    context = Context(tells_of_a_frame)
    settle(Recorder("visitor", "chromium", cast("UserContext", context), None, "__handle"), 0.0)
    assert len(expressions) == len(["the tab alone", "the tab again", "the frame"])


class Asked(Context):
    """Notes which frames are asked."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.asked: set[str] = set()

    def send(self, method: str, params: dict[str, Any]) -> Future[dict[str, Any]]:
        self.asked.add(params["target"]["context"])
        return super().send(method, params)


def asked_while_held(*, is_left: bool) -> set[str]:
    """The frames that are asked while the proxy holds back what a script fetched. The page may be left for the same."""
    context = Asked(told)
    context.hub.frames["frame"] = Frame("frame", "user", "tab", "about:srcdoc", "tab")
    alteration = Alteration(lambda _: True, Manner.SLOWED)
    tap = Tap("127.0.0.1", 1, 0.0, alteration=alteration)
    recorder = Recorder("visitor", "chromium", cast("UserContext", context), tap, "__handle")
    flow = tflow.tflow(req=http.Request.make("GET", HOME))
    alteration._held[flow.id] = flow
    if is_left:
        context.hub.frames["tab"].begins("next", is_page=True)
        context.hub.frames["tab"].moved("browsingContext.navigationStarted", HOME)
    assert settle(recorder, 1.0).complete
    return context.asked


def test_a_page_that_is_left_for_an_address_which_is_held_back_is_not_asked() -> None:
    """Chromium asks for one address once at a time, and answers no command about the page until it has asked."""
    assert asked_while_held(is_left=True) == set()
    assert asked_while_held(is_left=False) == {"tab", "frame"}
