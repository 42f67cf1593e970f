"""Ends the processes that a killed process has left running: browsers, drivers, the display, servers.

A process cannot clean up after its own `kill -9`. So a small reaper process waits on a pipe for the end of the watched
process. Everything that the watched process starts has a mark in its environment, which child processes inherit. The
reaper ends the processes with the mark and removes the browsers' temporary files. After an orderly end it does nothing.

Without /proc, which only Linux has, no reaper runs.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path

VARIABLE = "CONSENTINEL_KEPT"
"""The mark: the names of the processes that would take this one with them, by commas."""
SCRAPS = "consentinel-browser-"
"""How the folders begin that browsers and drivers have for themselves, as TMPDIR."""
PROC = Path("/proc")
ORDERLY = b"."
ROUNDS = 200
"""How often to look: what is being killed may have started something meanwhile."""


@cache
def keep() -> None:
    """Start the reaper for this process, once: processes that it starts from now on do not outlive it."""
    if not (PROC / "self" / "environ").exists():
        return
    name = uuid.uuid4().hex
    bare = {key: value for key, value in os.environ.items() if key != VARIABLE}
    command = [sys.executable, "-I", "-S", __file__, name]
    with suppress(OSError):  # no further process can be started: no reaper then
        keeper = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=bare,
            start_new_session=True,
        )
        os.environ[VARIABLE] = ",".join(filter(None, [os.environ.get(VARIABLE, ""), name]))
        atexit.register(_dismiss, keeper)


def _dismiss(keeper: subprocess.Popen[bytes]) -> None:
    with suppress(OSError, subprocess.TimeoutExpired):
        keeper.communicate(ORDERLY, timeout=5)


def end_marked(name: str) -> None:
    """End every process that bears the name in its mark, and remove their temporary files."""
    for _ in range(ROUNDS):
        found = [*_marked(name)]
        if not found:
            return
        for pid, scraps in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
            if scraps.name.startswith(SCRAPS):
                shutil.rmtree(scraps, ignore_errors=True)


def _marked(name: str) -> list[tuple[int, Path]]:
    found = []
    for process in PROC.iterdir():
        if process.name.isdecimal() and process.name != str(os.getpid()):
            environment = _environment(process)
            if name in environment.get(VARIABLE, "").split(","):
                found.append((int(process.name), Path(environment.get("TMPDIR", ""))))
    return found


def _environment(process: Path) -> dict[str, str]:
    try:
        content = (process / "environ").read_bytes().decode("utf-8", "replace")
    except OSError:  # it has ended, or is another user's
        return {}
    return {key: value for key, _, value in (pair.partition("=") for pair in content.split("\0"))}


if __name__ == "__main__" and sys.stdin.buffer.read() != ORDERLY:
    end_marked(sys.argv[1])
