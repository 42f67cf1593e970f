"""Ends what a process that was killed has left running: its browsers and their drivers, its display, its servers.

Nobody can clean up after `kill -9` from inside. So a small process of its own waits, by a pipe, for the end of the one
that it keeps. All that one has started bears a mark in its environment, which its own children inherit: the keeper
ends what bears the mark, and removes the browsers' scraps. Nothing happens after an orderly end.

Where there is no /proc to read environments from, which is everywhere but on Linux, nothing is kept.
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
    """From now on, what this process starts does not outlive it. Once is enough for a process."""
    if not (PROC / "self" / "environ").exists():
        return
    name = uuid.uuid4().hex
    bare = {key: value for key, value in os.environ.items() if key != VARIABLE}
    command = [sys.executable, "-I", "-S", __file__, name]
    with suppress(OSError):  # no room for one more process: then nobody keeps
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
    """End every process that bears the name in its mark, and remove their scraps."""
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
            told = _environment(process)
            if name in told.get(VARIABLE, "").split(","):
                found.append((int(process.name), Path(told.get("TMPDIR", ""))))
    return found


def _environment(process: Path) -> dict[str, str]:
    try:
        told = (process / "environ").read_bytes().decode("utf-8", "replace")
    except OSError:  # it has ended, or is another user's
        return {}
    return {key: value for key, _, value in (pair.partition("=") for pair in told.split("\0"))}


if __name__ == "__main__" and sys.stdin.buffer.read() != ORDERLY:
    end_marked(sys.argv[1])
