"""What runs in a popup for which Chromium's BiDi never answers is asked by Chromium's own protocol."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, cast

import pytest

from consentinel.browser.context import UserContext
from consentinel.browser.errors import CommandFailed
from consentinel.browser.events import EventHub, Frame
from consentinel.browser.popups import evaluate

Answer = dict[str, Any]


class Context:
    """A user context with a page, a popup that BiDi answers for and one that it does not."""

    def __init__(self, answer: Answer | CommandFailed) -> None:
        self.browser = self.bidi = self
        frames = [
            Frame(name, "user", name, "", is_popup=name != "tab", has_realm=name != "deaf")
            for name in ("tab", "open", "deaf")
        ]
        self.hub = EventHub({frame.id: frame for frame in frames})
        self.sent: list[tuple[str, Mapping[str, Any]]] = []
        self._answer = answer

    def call(self, method: str, params: Mapping[str, Any]) -> Answer:
        self.sent.append((method, params))
        if method == "goog:cdp.getSession":
            return {"session": "S"}
        return {"result": {"executionContextId": 7}}

    def send(self, method: str, params: Mapping[str, Any]) -> Future[Answer]:
        self.sent.append((method, params))
        future: Future[Answer] = Future()
        if isinstance(self._answer, CommandFailed):
            future.set_exception(self._answer)
        else:
            future.set_result(self._answer)
        return future


def asked(context: Context, frame: str, sandbox: str = "") -> Future[Answer]:
    return evaluate(cast("UserContext", context), frame, "1", sandbox)


@pytest.mark.parametrize("frame", ["tab", "open", "gone"])
def test_bidi_is_asked_wherever_it_answers(frame: str) -> None:
    context = Context({"type": "success"})
    assert asked(context, frame, "apart").result() == {"type": "success"}
    target = {"context": frame, "sandbox": "apart"}
    assert context.sent == [("script.evaluate", {"expression": "1", "target": target, "awaitPromise": True})]


VALUE, THROWN = {"type": "string", "value": "x"}, {"text": "no"}


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"result": VALUE}, {"type": "success", "result": VALUE}),
        ({"result": {}, "exceptionDetails": THROWN}, {"type": "exception", "exceptionDetails": THROWN}),
    ],
)
def test_another_popup_is_asked_otherwise_in_a_world_of_its_own(told: Answer, answer: Answer) -> None:
    context = Context({"result": told})
    assert asked(context, "deaf", "apart").result() == answer
    assert [params.get("method") for _, params in context.sent] == [
        None,
        "Page.createIsolatedWorld",
        "Runtime.evaluate",
    ]
    assert context.sent[-1][1]["params"]["contextId"] == 7


@pytest.mark.parametrize(
    "told", [CommandFailed("unknown error", "the page left"), {"result": {}}, {"result": None}, {}]
)
def test_what_does_not_answer_is_a_command_that_failed(told: Answer | CommandFailed) -> None:
    with pytest.raises(CommandFailed):
        asked(Context(told), "deaf").result()
