"""Xvfb: a virtual X display for a browser that has no headless mode."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
from dataclasses import dataclass

from consentinel.browser.errors import BrowserMissing

START_LIMIT = 20.0
"""Seconds that Xvfb may take to be ready."""

SIZE = "2560x2048x24"
"""Room for the largest window, and for a phone's at twice the pixels."""


@dataclass(slots=True)
class Screen:
    """A running Xvfb. `display` is what an X client finds it by."""

    display: str
    _process: subprocess.Popen[bytes]

    @classmethod
    def start(cls) -> Screen:
        """Start Xvfb on a display that is free. Raises BrowserMissing where it is not installed or does not start."""
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"]
        try:
            process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
        except OSError as error:
            os.close(reading)
            raise BrowserMissing(f"no display, and Xvfb did not start: {error.strerror}; install xvfb") from error
        finally:
            os.close(writing)
        number = _line(reading)
        if not number:
            _end(process)
            raise BrowserMissing(f"no display, and Xvfb was not ready within {START_LIMIT:g} s")
        return cls(f":{number}", process)

    def close(self) -> None:
        """End it."""
        _end(self._process)


def _line(pipe: int) -> str:
    """Return the display's number, which Xvfb prints once it is ready; empty when it ends or prints nothing."""
    with os.fdopen(pipe, "rb") as reading:
        ready, _, _ = select.select([reading], [], [], START_LIMIT)
        return reading.readline().decode("ascii").strip() if ready else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)
        return
    process.kill()
    process.wait()
