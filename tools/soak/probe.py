"""A pytest plugin that samples the process after each scenario: memory, files, ports, children. Linux only (/proc)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest

SAMPLES = "CONSENTINEL_SOAK_SAMPLES"
"""The environment variable that names the file of samples."""
LISTENING = "0A"
"""The state of a listening socket in /proc/net/tcp."""


class Sample(TypedDict):
    """The resources that the process holds after a scenario."""

    scenario: str
    """The scenario's node id."""
    memory: int
    """Resident memory of the process, in kB."""
    handles: int
    """Its open file handles."""
    ports: int
    """The ports that it listens on."""
    processes: int
    """Its children and theirs."""


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish(nodeid: str) -> None:
    """Take a sample."""
    with Path(os.environ[SAMPLES]).open("a", encoding="ascii") as file:
        file.write(json.dumps(sample(nodeid)) + "\n")


def sample(nodeid: str) -> Sample:
    """Return the resources that this process holds now."""
    mine = os.getpid()
    handles = [target for _, target in _handles(mine)]
    return Sample(
        scenario=nodeid,
        memory=_status(mine, "VmRSS"),
        handles=len(handles),
        ports=sum(f"socket:[{inode}]" in handles for inode in _listening()),
        processes=sum(1 for _ in descendants(mine)),
    )


def descendants(ancestor: int) -> Iterator[int]:
    """Return the living descendants of a process."""
    parents = {process: _status(process, "PPid") for process in processes()}
    for process, parent in parents.items():
        above = parent
        while above > 1 and above != ancestor:
            above = parents.get(above, 0)
        if above == ancestor:
            yield process


def processes() -> list[int]:
    """Return the ids of all processes."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _handles(process: int) -> Iterator[tuple[str, str]]:
    for entry in Path(f"/proc/{process}/fd").iterdir():
        try:
            yield entry.name, str(entry.readlink())
        except FileNotFoundError:  # the handle on the folder that is being read
            continue


def _listening() -> Iterator[str]:
    """Yield the inodes of all listening sockets of the machine."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        lines = Path(table).read_text(encoding="ascii").splitlines() if Path(table).exists() else []
        for fields in (line.split() for line in lines[1:]):
            if fields[3] == LISTENING:
                yield fields[9]


def _status(process: int, name: str) -> int:
    """Return a number of /proc/PID/status; 0 for a process that has ended meanwhile."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)
