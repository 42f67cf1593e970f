"""Waits until a page has settled, as far as the proxy's traffic shows it.

Page time cannot run ahead here: the horizon is waited for as it passes.
"""

from __future__ import annotations

import threading
import time

from consentinel.browser.errors import CommandFailed
from consentinel.evidence.addresses import without_query
from consentinel.evidence.classic_recorder import ClassicRecorder
from consentinel.evidence.records import Settled
from consentinel.evidence.rest import OnRest, ignore
from consentinel.evidence.settle import QUIET_LIMIT, REST_LIMIT

READY = "async () => document.readyState"

LOOK_EVERY = 0.05
"""Seconds between two looks at a document that still loads though nothing is on the wire."""


def settle(recorder: ClassicRecorder, horizon: float, on_rest: OnRest = ignore) -> Settled:
    """Wait for rest, then for the horizon, in seconds, then for whatever that has begun.

    The answer's `complete` is false when the page never came to rest; `reason` then says what kept it busy. At both
    rests, `on_rest` gets how many seconds have passed.
    """
    standing = recorder.traffic.standing
    standing.begin()
    busy, watched = _rest(recorder), 0.0
    on_rest(0.0)
    if not busy and horizon > 0:
        recorder.wait_for(lambda: False, horizon)
        busy, watched = _rest(recorder), horizon
        on_rest(horizon)
    reason = busy or standing.doubt()
    return Settled(time.time(), watched, recorder.context.url(), not reason, reason, standing.stood())


def _rest(recorder: ClassicRecorder) -> str:
    """Wait until the document has loaded and nothing is on the wire; what never ended, empty when all has."""
    deadline, pause = time.monotonic() + REST_LIMIT, threading.Event()
    recorder.traffic.standing.look()
    while True:
        flying = recorder.wait_quiet(min(QUIET_LIMIT, max(0.0, deadline - time.monotonic())))
        if flying:
            return f"a request never ended: {without_query(flying[0])}"
        before = recorder.news
        is_there = recorder.traffic.keeps_from_loading() or _is_ready(recorder)
        if is_there and recorder.news == before:
            return ""
        if time.monotonic() > deadline:
            return "the page kept loading or sending"
        pause.wait(LOOK_EVERY)


def _is_ready(recorder: ClassicRecorder) -> bool:
    try:
        return bool(recorder.context.run(READY) == "complete")
    except CommandFailed:
        return False  # between two documents there is nobody to ask
