"""Calls the project's commands from outside, as its users do."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]


def call(
    *arguments: str, limit: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What `python -m` with these arguments ended with and said, within so many seconds.

    The process is forked from one that has made the imports already. `environment` is what it has beside ours.
    """
    forks = _forks(threading.get_ident())
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        asked = {
            "out": out.name,
            "err": err.name,
            "folder": str(ROOT),
            "environment": {**os.environ, **(environment or {})},
        }
        assert forks.stdin is not None
        forks.stdin.write(json.dumps({"arguments": arguments, **asked}).encode() + b"\n")
        number = _answer(forks, limit)
        assert number is not None, "no process was forked for the command"
        code = _answer(forks, limit)
        if code is None:
            os.kill(number, signal.SIGKILL)
            _answer(forks, limit)
            raise subprocess.TimeoutExpired(arguments, limit)
        said = [Path(file.name).read_text(encoding="utf-8") for file in (out, err)]
    return subprocess.CompletedProcess(arguments, code, *said)


def _answer(forks: subprocess.Popen[bytes], limit: float) -> int | None:
    """The next line of the process that forks, None where none comes within so many seconds."""
    assert forks.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(forks.stdout, selectors.EVENT_READ)
        return int(forks.stdout.readline()) if selector.select(limit) else None


@cache
def _forks(_thread: int) -> subprocess.Popen[bytes]:
    """The process that forks for one thread: two threads that read from one would take each other's answers."""
    command = [sys.executable, "-m", "tests.forks"]
    # without a buffer, in which a line could lie while the selector sees none
    ours = os.pathsep.join((str(ROOT / "src"), str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])))
    told = {**os.environ, "PYTHONPATH": ours}
    forks = subprocess.Popen(command, cwd=ROOT, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    atexit.register(forks.kill)
    return forks
