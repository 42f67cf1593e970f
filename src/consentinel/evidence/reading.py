"""Reads a visitor's device: the jar, every open frame's stores and the screen, in one round trip."""

from __future__ import annotations

import base64
import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from consentinel.browser.bidi import result_of
from consentinel.browser.errors import CommandFailed
from consentinel.browser.events import Frame
from consentinel.browser.isolated import SANDBOX
from consentinel.browser.popups import evaluate
from consentinel.evidence.cookies import in_jar
from consentinel.evidence.guarded import origin_of
from consentinel.evidence.pictures import keep_picture
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import State
from consentinel.evidence.shapes import READING, from_json
from consentinel.evidence.storage import READ_STORAGE

DOCUMENTS = 5
"""How many documents may come to a frame while it is read."""

_KEEPERS = ("http", "about:", "blob:")
"""Schemes of documents that can have storage: those without an address of their own have their creator's origin."""


def read(recorder: Recorder, picture: Path | None = None, picture_path: str = "") -> State:
    """Read what is on the device now, record it, and take a screenshot to `picture` if one is wanted.

    The screenshot is only asked for here; `Recorder.develop` waits for it before the page is touched again.
    """
    context = recorder.context
    jar = context.send_cookies()
    keepers = [frame for frame in context.frames() if frame.answers and frame.url.startswith(_KEEPERS)]
    asked = [(frame, recorder.loads_of(frame.id), _ask(recorder, frame.id)) for frame in keepers]
    screen = context.send_screenshot() if picture is not None else None
    cookies = result_of(jar, "storage.getCookies")["cookies"]
    answers = [(frame, _answer_of(recorder, frame, loads, future)) for frame, loads, future in asked]
    complete = _read_frames(recorder, answers)
    now = time.time()
    state = recorder.ledger.state(now, in_jar(cookies, now), complete=complete)
    recorder.add(state)
    if screen is not None and picture is not None:
        recorder.undeveloped.append(
            partial(keep_picture, recorder, partial(_jpeg, screen), state.at, picture, picture_path)
        )
    return state


def _read_frames(recorder: Recorder, answers: Sequence[tuple[Frame, str | None]]) -> bool:
    """Record the frames' answers. Return whether every tab's document answered and one of them was a page."""
    tops = {frame.id: _origin_in(answer) or origin_of(frame.url) for frame, answer in answers if frame.id == frame.top}
    answered = [(answer, tops.get(frame.top, "")) for frame, answer in answers if answer is not None]
    silent = [frame for frame, answer in answers if answer is None]
    mute = [frame for frame in silent if recorder.frame(frame.id) is frame]  # they are still there, and refuse
    recorder.ledger.update(answered, [(origin_of(frame.url), tops.get(frame.top, "")) for frame in mute])
    is_page = any(frame.url.startswith("http") for frame, _ in answers)
    return is_page and not any(frame.id == frame.top for frame in silent)


def _ask(recorder: Recorder, frame: str) -> Future[dict[str, Any]]:
    return evaluate(recorder.context, frame, f"({READ_STORAGE})()", SANDBOX)


def _answer_of(recorder: Recorder, frame: Frame, loads: int, future: Future[dict[str, Any]]) -> str | None:
    """Return the answer of a frame, or of the document that has replaced it meanwhile; None if it does not answer."""
    for _ in range(DOCUMENTS):
        if recorder.wait_for_answer(future, frame.id, loads):
            return _answer(future)
        loads = recorder.loads_of(frame.id)
        future = _ask(recorder, frame.id)
    return None


def _answer(future: Future[dict[str, Any]]) -> str | None:
    try:
        result = result_of(future, "script.evaluate").get("result", {})
    except CommandFailed:
        return None  # the frame has gone meanwhile
    text = str(result.get("value", ""))
    return text if from_json(READING, text) is not None else None


def _jpeg(screen: Future[dict[str, Any]]) -> bytes:
    answer = result_of(screen, "a screenshot")
    return base64.b64decode(answer.get("result", answer)["data"])


def _origin_in(answer: str | None) -> str:
    reading = from_json(READING, answer) if answer is not None else None
    return str(reading["origin"]) if reading else ""
