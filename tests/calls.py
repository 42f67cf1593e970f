"""Calls the project's commands from outside, as its users do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def call(*arguments: str, limit: float) -> subprocess.CompletedProcess[str]:
    """What `python -m` with these arguments ended with and said, within so many seconds."""
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=limit, check=False)
