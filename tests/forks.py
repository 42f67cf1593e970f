"""A process that has imported what the commands import, and forks for each command: its start takes a third so.

It reads a line of JSON for each command, and answers with two lines: the number of the process, and what it ended with.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import runpy
import sys
from collections.abc import Mapping
from typing import Any

IMPORTED = (
    "consentinel.evidence.proxy",
    "consentinel.report.writer",
    "consentinel.verdicts.judge",
    "consentinel.visitor.visitor_factory",
    "pytest",
    "rich.table",
)
"""What is imported beforehand. No plugin of pytest is among it: pytest rewrites the assertions of what it imports."""


def serve() -> list[str] | None:
    """Fork for each command that is asked for. Return its arguments in the new process, None when no more will come."""
    for name in IMPORTED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # what stays as it is need not be copied for each command
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        number = os.fork()
        if number == 0:
            _prepare(asked)
            arguments: list[str] = asked["arguments"]
            return arguments
        _tell(number)
        _tell(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]))
    return None


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _prepare(asked: Mapping[str, Any]) -> None:
    """Be a process as one that was started for the command."""
    for number, path in enumerate((os.devnull, asked["out"], asked["err"])):
        opened = os.open(path, os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays open to the end
    os.environ.clear()
    os.environ.update(asked["environment"])
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[1:1] = [folder for folder in named if folder and folder not in sys.path]
    os.chdir(asked["folder"])
    random.seed()


if __name__ == "__main__":
    command = serve()
    if command is not None:
        module, *sys.argv[1:] = command
        runpy.run_module(module, run_name="__main__", alter_sys=True)
