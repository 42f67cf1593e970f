"""`consentinel init`: writes a small suite of one's own."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from pathlib import Path

TEMPLATE = Path(__file__).with_name("suite_template")


class InitError(Exception):
    """The suite cannot be written. The message is one line: what, where, what to do."""


def write_suite(folder: Path) -> list[Path]:
    """Write the whole suite into a folder, or nothing. Return the files that were written.

    Raises InitError where a file is there already, or where the folder cannot be written.
    """
    files = [file.relative_to(TEMPLATE) for file in sorted(TEMPLATE.rglob("*")) if _is_part(file)]
    present = [file for file in files if (folder / file).exists()]
    if present:
        raise InitError(f"{folder / present[0]} exists already; give the name of a folder that is new or empty")
    try:
        with ExitStack() as undo:
            for file in files:
                _make_folder((folder / file).parent, undo)
                undo.callback((folder / file).unlink, missing_ok=True)
                shutil.copyfile(TEMPLATE / file, folder / file)
            undo.pop_all()
    except OSError as error:
        raise InitError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return [folder / file for file in files]


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder and those above it, where they are missing. `undo` removes the ones that were made."""
    if folder.is_dir():
        return
    _make_folder(folder.parent, undo)
    folder.mkdir()
    undo.callback(folder.rmdir)


def _is_part(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts
