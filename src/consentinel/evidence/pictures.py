"""Keeps screenshots of a visitor's pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from consentinel.browser.errors import CommandFailed
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Picture


def keep_picture(recorder: Recorder[Any], take: Callable[[], bytes], at: float, file: Path, path: str) -> None:
    """Write what `take` gives to `file`, and note it as taken at a moment, under the `path` that reports know.

    A tab that shows nothing has no picture: `take` then raises CommandFailed. A file that cannot be written is a
    problem of the recorder's.
    """
    try:
        data = take()
    except CommandFailed:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        recorder.problems.append(f"screenshots could not be written to {file.parent}: {error.strerror or error}")
        return
    recorder.add(Picture(at, path))
