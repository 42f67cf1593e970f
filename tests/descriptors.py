"""What this process holds open."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

FOLDER = Path("/proc/self/fd")
where_listed = pytest.mark.skipif(not FOLDER.is_dir(), reason="open descriptors are listed in /proc alone")


def descriptors() -> set[str]:
    """What is open, garbage aside: sockets as `socket:[inode]`, files by their path."""
    gc.collect()
    return {str(one.readlink()) for one in FOLDER.iterdir() if one.is_symlink()}
