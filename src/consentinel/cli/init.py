"""`consentinel init`: writes a small suite of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

TEMPLATE = Path(__file__).with_name("suite_template")


class InitError(Exception):
    """The suite cannot be written. The message is one line: what, where, what to do."""


def write_suite(folder: Path) -> list[Path]:
    """Write the suite into a folder; the files that were written. Raises InitError before anything is overwritten."""
    files = [file.relative_to(TEMPLATE) for file in sorted(TEMPLATE.rglob("*")) if _is_part(file)]
    present = [file for file in files if (folder / file).exists()]
    if present:
        raise InitError(f"{folder / present[0]} exists already; give the name of a folder that is new or empty")
    try:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TEMPLATE / file, folder / file)
    except OSError as error:
        raise InitError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return [folder / file for file in files]


def _is_part(file: Path) -> bool:
    return file.is_file() and "__pycache__" not in file.parts
