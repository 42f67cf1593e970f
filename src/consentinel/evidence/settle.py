"""Waiting until a page has come to rest, and letting page time run ahead of wall time to see what it does later.

Rest is measured over all sources: no request in flight, no document loading, no store being written, nobody about to
be called back, no timer or end of an animation due within the horizon. Page time belongs to the preload script: when
all is quiet it moves straight to the next of these. Workers keep to the wall clock, and then so does the horizon.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from consentinel.browser.bidi import result_of
from consentinel.browser.errors import CommandFailed
from consentinel.evidence.addresses import without_query
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Settled
from consentinel.evidence.shapes import LOOK, from_json
from consentinel.evidence.workers import may_wait

QUIET_LIMIT = 15.0
"""Seconds of wall time that a single request may take before the page counts as never at rest."""

REST_LIMIT = 45.0
"""Seconds of wall time that the whole settling may take."""

# An expression: Chromium's way to call a function with arguments leans on what a page can replace.
ADVANCE = "globalThis[{handle}] ? globalThis[{handle}].advance({by}) : null"

DEAF = "a document kept its timers from being asked for"

MUTE = "the browser kept a popup's page from being asked for its timers"


@dataclass(frozen=True, slots=True)
class _Step:
    """One frame's answer. `next` is how far its next timer or end of an animation is away, in ms of page time."""

    frame: str
    moved: float
    next: float | None
    busy: bool
    refresh: float | None = None
    """In how many ms the document is to be loaded anew."""
    workers: tuple[str, ...] = ()
    """The scripts of the workers that it has."""
    deaf: bool = False
    """Whether the document threw where it was asked."""


def settle(recorder: Recorder, horizon: float) -> Settled:
    """Wait for rest, and watch for `horizon` seconds of page time that nothing more happens.

    The answer's `complete` is false when the page never came to rest; `reason` then says what kept it busy.
    """
    deadline = time.monotonic() + REST_LIMIT + horizon
    left = horizon * 1000
    steps = _rest(recorder, deadline)
    while isinstance(steps, list) and left > 0.5:
        if not _keeps_to_the_wall_clock(recorder, steps, left):
            left -= _run_ahead(recorder, steps, left)
            steps = _rest(recorder, deadline)
            continue
        begun = time.monotonic()
        recorder.wait_for_more(left / 1000)
        steps = _rest(recorder, deadline)
        left -= (time.monotonic() - begun) * 1000
    page = next((frame.url for frame in recorder.context.frames() if frame.id == recorder.context.tab), "")
    if isinstance(steps, str):
        return Settled(time.time(), horizon - max(left, 0) / 1000, page, False, steps)
    return Settled(time.time(), horizon, page)


def _rest(recorder: Recorder, deadline: float) -> list[_Step] | str:
    """Wait until two looks in a row find nothing going on; the frames' next timers, or what never ended."""
    while True:
        flying = recorder.wait_quiet(min(QUIET_LIMIT, max(0.0, deadline - time.monotonic())))
        if flying:
            return f"a request never ended: {without_query(flying[0])}"
        before, asked = recorder.activity, _answering(recorder)
        steps = _advance(recorder, [(frame, 0.0) for frame in asked])
        # The browser tells of a frame that a page has written late, but before the page's own answer.
        if recorder.activity == before and _answering(recorder) == asked and not any(step.busy for step in steps):
            mute = any(frame.id == frame.top and not frame.answers for frame in recorder.context.frames())
            return MUTE if mute else DEAF if any(step.deaf for step in steps) else steps
        if time.monotonic() > deadline:
            return "the page kept loading, writing or sending"


def _answering(recorder: Recorder) -> list[str]:
    return [frame.id for frame in recorder.context.frames() if frame.answers]


def _keeps_to_the_wall_clock(recorder: Recorder, steps: list[_Step], left: float) -> bool:
    """Whether something may be about to happen that does not go by page time."""
    flows = recorder.tap.flows if recorder.tap else []
    is_anew = any(step.refresh is not None and step.refresh <= left for step in steps)
    return is_anew or any(may_wait(script, flows) for step in steps for script in step.workers)


def _run_ahead(recorder: Recorder, steps: list[_Step], left: float) -> float:
    """Move page time on to the next timer, or to the horizon; how far it went, in ms."""
    timed = sorted((step for step in steps if step.next is not None and step.next <= left), key=lambda s: s.next or 0)
    if not timed:
        alone = _advance(recorder, [(step.frame, left) for step in steps])
        return min((step.moved for step in alone), default=left)
    first, others = timed[0], timed[1:]
    reach = min([left, *(step.next or 0 for step in others)])
    went = _advance(recorder, [(first.frame, max(reach, (first.next or 0) + 1))])
    moved = max((step.moved for step in went), default=left)
    _advance(recorder, [(step.frame, moved) for step in steps if step.frame != first.frame])
    return moved


def _advance(recorder: Recorder, moves: list[tuple[str, float]]) -> list[_Step]:
    bidi = recorder.context.bidi
    sent: list[tuple[str, int, Future[dict[str, Any]]]] = [
        (
            frame,
            recorder.loads_of(frame),
            bidi.send(
                "script.evaluate",
                {
                    "expression": ADVANCE.format(handle=json.dumps(recorder.handle), by=by),
                    "target": {"context": frame},
                    "awaitPromise": True,
                },
            ),
        )
        for frame, by in moves
    ]
    answers = [(frame, future, recorder.wait_for_answer(future, frame, loads)) for frame, loads, future in sent]
    return [step for frame, future, came in answers if (step := _step(frame, future if came else None)) is not None]


def _step(frame: str, future: Future[dict[str, Any]] | None) -> _Step | None:
    if future is None:
        return _Step(frame, 0.0, None, busy=True)  # another document has come, to be asked anew
    try:
        answer = result_of(future, "script.evaluate")
    except CommandFailed:
        return None  # the frame has gone meanwhile; its going is an event of its own
    if answer.get("type") == "exception":
        return _Step(frame, 0.0, None, busy=False, deaf=True)
    result = answer.get("result", {})
    if result.get("type") != "string":
        return None  # a document without scripts of anyone's, such as an empty frame
    told = from_json(LOOK, str(result.get("value")))
    if told is None:
        return _Step(frame, 0.0, None, busy=False, deaf=True)
    busy = bool(told["busy"]) or told["ready"] != "complete"
    return _Step(frame, told["moved"], told["next"], busy, told["refresh"], tuple(told["workers"].split()))
