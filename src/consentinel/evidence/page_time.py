"""Moves the page time of a page's frames, which the preload script owns, and reads their answers.

Each frame says how far its next timer is away, and what goes on in it.
"""

from __future__ import annotations

import json
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from consentinel.browser.bidi import result_of
from consentinel.browser.errors import CommandFailed
from consentinel.browser.popups import evaluate
from consentinel.evidence.queued_pages import waits_its_turn
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.shapes import LOOK, from_json

# An expression: Chromium's way to call a function with arguments leans on what a page can replace.
ADVANCE = "globalThis[{handle}] ? globalThis[{handle}].advance({by}, {held}) : null"

RELEASE = "globalThis[{handle}] ? globalThis[{handle}].release() : null"


@dataclass(frozen=True, slots=True)
class Step:
    """One frame's answer. `next` is how far its next timer or end of an animation is away, in ms of page time.

    Timers that come again and again are no part of `next`; `polls` says whether there are any.
    """

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
    open: tuple[str, ...] = ()
    """The addresses that its scripts await an answer from."""
    ready: str = "complete"
    polls: bool = False
    thinned: bool = False


def answering(recorder: Recorder) -> list[str]:
    """Return the frames that can be asked."""
    return [frame.id for frame in recorder.context.frames() if frame.answers and not waits_its_turn(recorder, frame)]


def release(recorder: Recorder) -> None:
    """Release the timers that are held because they come again and again."""
    tell(recorder, RELEASE.format(handle=json.dumps(recorder.handle)), answering(recorder))


def tell(recorder: Recorder, expression: str, frames: list[str]) -> None:
    """Run an expression in frames, without waiting for the answers."""
    for frame in frames:
        evaluate(recorder.context, frame, expression, waits=False)


def run_ahead(recorder: Recorder, steps: list[Step], left: float) -> float:
    """Move page time on to the next timer, or to the horizon. Return how far it went, in ms."""
    timed = sorted((step for step in steps if step.next is not None and step.next <= left), key=lambda s: s.next or 0)
    if not timed:
        alone = advance(recorder, [(step.frame, left) for step in steps])
        return min((step.moved for step in alone), default=left)
    first, others = timed[0], timed[1:]
    reach = min([left, *(step.next or 0 for step in others)])
    went = advance(recorder, [(first.frame, max(reach, (first.next or 0) + 1))])
    moved = max((step.moved for step in went), default=left)
    advance(recorder, [(step.frame, moved) for step in steps if step.frame != first.frame])
    return moved


def advance(recorder: Recorder, moves: list[tuple[str, float]]) -> list[Step]:
    """Move the page time of frames on by so many ms each. Return the answers of those that still have a document."""
    handle, held = json.dumps(recorder.handle), json.dumps(recorder.traffic.held())
    sent: list[tuple[str, int, Future[dict[str, Any]]]] = [
        (
            frame,
            recorder.loads_of(frame),
            evaluate(recorder.context, frame, ADVANCE.format(handle=handle, by=by, held=held)),
        )
        for frame, by in moves
    ]
    answers = [(frame, future, recorder.wait_for_answer(future, frame, loads)) for frame, loads, future in sent]
    return [step for frame, future, came in answers if (step := _step(frame, future if came else None)) is not None]


def _step(frame: str, future: Future[dict[str, Any]] | None) -> Step | None:
    if future is None:
        return Step(frame, 0.0, None, busy=True)  # another document has come, to be asked anew
    try:
        answer = result_of(future, "script.evaluate")
    except CommandFailed:
        return None  # the frame has gone meanwhile; its going is an event of its own
    if answer.get("type") == "exception":
        return Step(frame, 0.0, None, busy=False, deaf=True)
    result = answer.get("result", {})
    if result.get("type") != "string":
        return None  # a document without scripts of anyone's, such as an empty frame
    page = from_json(LOOK, str(result.get("value")))
    if page is None:
        return Step(frame, 0.0, None, busy=False, deaf=True)
    return Step(
        frame,
        page["moved"],
        page["next"],
        bool(page["busy"]),
        page["refresh"],
        tuple(page["workers"].split()),
        open=tuple(page["open"].split()),
        ready=str(page["ready"]),
        polls=bool(page["polls"]),
        thinned=bool(page["thinned"]),
    )
