"""Locks that hold between the runs and workers of one user on one machine. They end with the process at the latest."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path


def lock_file(folder: Path, kind: str, name: str) -> Path:
    """Return the file of a lock; `name` says what of its kind it is for."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:24]
    return folder / f"consentinel-{kind}-{os.getuid()}-{digest}.lock"


def open_lock(file: Path) -> int:
    """Open the file of a lock, and return its descriptor. It is not locked yet; who closes it gives the lock back."""
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def is_locked(opened: int) -> bool:
    """Lock what was opened, if nobody else has. Return whether it is locked now by whom opened it."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
