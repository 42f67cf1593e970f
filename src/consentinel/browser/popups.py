"""Runs expressions in a visitor's documents, also in popups for which Chromium's BiDi never answers.

The first page of a popup may take over the window of its empty document, or never come, as where the answer is 204, a
download or another app's. BiDi then waits for the popup's realm without end. Chromium's own protocol answers there.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserError, CommandFailed

POPUP_LIMIT = 3.0
"""Seconds to wait for the answer of a popup for which BiDi does not answer: it may give none either."""

Answer = dict[str, Any]


def evaluate(
    context: UserContext, frame: str, expression: str, sandbox: str = "", *, waits: bool = True
) -> Future[Answer]:
    """Send an expression to a frame. The future holds what `script.evaluate` of BiDi answers.

    `waits` is whether a promise is waited for. A document's own scripts do not reach a `sandbox`.
    """
    known = context.browser.hub.frames.get(frame)
    if known is not None and known.is_out_of_reach:
        return _evaluate_apart(context, frame, expression, sandbox, waits)
    target = {"context": frame, "sandbox": sandbox} if sandbox else {"context": frame}
    params = {"expression": expression, "target": target, "awaitPromise": waits}
    return context.bidi.send("script.evaluate", params)


def _evaluate_apart(context: UserContext, popup: str, expression: str, sandbox: str, waits: bool) -> Future[Answer]:
    answer: Future[Answer] = Future()
    params: dict[str, Any] = {"expression": expression, "awaitPromise": waits, "returnByValue": True}
    try:
        session = context.bidi.call("goog:cdp.getSession", {"context": popup})["session"]
        if sandbox:
            world = {"frameId": popup, "worldName": sandbox}
            made = context.bidi.call("goog:cdp.sendCommand", _command("Page.createIsolatedWorld", world, session))
            params["contextId"] = made["result"]["executionContextId"]
        sent = context.bidi.send("goog:cdp.sendCommand", _command("Runtime.evaluate", params, session))
    except BrowserError as error:
        answer.set_exception(error)
        return answer
    sent.add_done_callback(lambda done: _pass_on(done, answer))
    return answer


def _command(method: str, params: dict[str, Any], session: str) -> dict[str, Any]:
    return {"method": method, "params": params, "session": session}


def _pass_on(given: Future[Answer], answer: Future[Answer]) -> None:
    """Give an answer of Chromium's own protocol the form of BiDi's."""
    error = given.exception()
    if error is not None:
        answer.set_exception(error)
        return
    said = given.result().get("result", {})
    if not isinstance(said, dict) or "result" not in said:
        answer.set_exception(CommandFailed("goog:cdp.sendCommand", "no result"))
    elif "exceptionDetails" in said:
        answer.set_result({"type": "exception", "exceptionDetails": said["exceptionDetails"]})
    else:
        answer.set_result({"type": "success", "result": said["result"]})
