"""Reads a visitor's device: the jar, every open frame's stores and the screen, in one round trip."""

from __future__ import annotations

import time
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from browsers.bidi import result_of
from browsers.context import jpeg_of
from browsers.errors import CommandFailed
from evidence.cookies import from_jar
from evidence.recorder import Recorder
from evidence.records import STORED_KINDS, Kind, Picture, State
from evidence.storage import READ_STORAGE

SANDBOX = "consentinel"


def read(recorder: Recorder, picture: Path | None = None, picture_path: str = "") -> State:
    """Read what is on the device now, note it, and take a screenshot to `picture` if one is wanted.

    The screenshot is asked for here and waited for by `Recorder.develop`: before anything else happens to the page.
    """
    context = recorder.context
    jar = context.send_cookies()
    frames = context.frames()
    tops = {frame.id: _origin(frame.url) for frame in frames}
    asked = [(frame, _ask(recorder, frame.id)) for frame in frames if frame.url.startswith("http")]
    screen = context.send_screenshot() if picture is not None else None
    cookies = result_of(jar, "storage.getCookies")["cookies"]
    readings, complete = [], True
    for frame, future in asked:
        answer = _answer(future)
        if answer is not None:
            readings.append((answer, frame.top, tops.get(frame.top, "")))
        elif frame.id == frame.top:
            complete = False
    recorder.ledger.update(readings)
    seen = frozenset(STORED_KINDS) if complete and asked else frozenset({Kind.COOKIE})
    state = State(time.time(), (*map(from_jar, cookies), *recorder.ledger.items()), seen)
    recorder.add(state)
    if screen is not None and picture is not None:
        recorder.undeveloped.append(partial(_keep, recorder, screen, state.at, picture, picture_path))
    return state


def _ask(recorder: Recorder, frame: str) -> Future[dict[str, Any]]:
    return recorder.context.bidi.send(
        "script.callFunction",
        {
            "functionDeclaration": READ_STORAGE,
            "target": {"context": frame, "sandbox": SANDBOX},
            "awaitPromise": True,
        },
    )


def _answer(future: Future[dict[str, Any]]) -> str | None:
    try:
        result = result_of(future, "script.callFunction").get("result", {})
    except CommandFailed:
        return None  # the frame has gone meanwhile
    return str(result["value"]) if result.get("type") == "string" else None


def _keep(recorder: Recorder, screen: Future[dict[str, Any]], at: float, picture: Path, path: str) -> None:
    try:
        data = jpeg_of(result_of(screen, "a screenshot"))
    except CommandFailed:
        return  # a tab that shows nothing has no picture
    try:
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(data)
    except OSError as error:
        recorder.problems.append(f"screenshots could not be written to {picture.parent}: {error.strerror or error}")
        return
    recorder.add(Picture(at, path))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
