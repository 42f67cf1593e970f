"""Finds out whether the paths on a command line contain feature files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

SKIPPED = frozenset({"node_modules", "build", "dist", "__pycache__"})
"""Folders that are not searched. Hidden folders and virtual environments are not searched either."""


def names_features(arguments: Iterable[str | Path]) -> bool:
    """Return whether one of these arguments (files, folders, test ids) is a feature file or a folder that holds one."""
    return any(_holds_features(Path(str(argument).partition("::")[0])) for argument in arguments)


def _holds_features(path: Path) -> bool:
    if path.suffix == ".feature":
        return True
    for folder, folders, files in os.walk(path):
        if any(name.endswith(".feature") for name in files):
            return True
        folders[:] = [name for name in folders if _may_hold_features(Path(folder, name))]
    return False


def _may_hold_features(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in SKIPPED
    return not hidden and not (folder / "pyvenv.cfg").exists()
