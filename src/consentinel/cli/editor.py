"""Writes what the Cucumber extension of an editor needs to find the step of each sentence of a suite.

The extension, and the language server that other editors share with it, reads steps in Python, but neither the names
of words that a sentence leaves open, as in `they allow {allowed} cookies`, nor steps that `parsers.re` describes
(tried with 1.7 of the server). The settings declare the names; a file that nobody runs repeats those steps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from consentinel.cli.steps import Entry
from consentinel.shipped import STEPS

FOLDER = ".vscode"
SETTINGS = f"{FOLDER}/settings.json"
REPEATED = f"{FOLDER}/consentinel_steps.py"

_OPEN = re.compile(r"\{(\w+)[^}]*\}")
_OWN = re.compile(r"parsers\.(?:cf)?parse\(\s*[\"']([^\"'\n]*)")
_GROUP = re.compile(r"\(\?P<\w+>")

_HEAD = """# Steps whose sentences are regular expressions, repeated for the Cucumber extension of an editor.
# `consentinel steps --editor` wrote this file; nothing runs it.
"""


class SettingsUnreadable(ValueError):
    """The settings that are there cannot be added to. The message is one line."""


def write(entries: Sequence[Entry], folder: Path) -> list[Path]:
    """Write settings and repeated steps into a suite's folder, keep other settings, and return the files.

    Raises SettingsUnreadable and OSError.
    """
    settings, steps = folder / SETTINGS, folder / REPEATED
    content = _known(settings) | _settings(entries, folder)
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    steps.write_text(repeated(entries), encoding="utf-8")
    return [settings, steps]


def _known(file: Path) -> dict[str, object]:
    if not file.exists():
        return {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingsUnreadable(
            f"{file}: it is no plain JSON, perhaps for its comments; move it away and copy its settings back"
        ) from error
    if not isinstance(content, dict):
        raise SettingsUnreadable(f"{file}: it holds no settings")
    return content


def _settings(entries: Sequence[Entry], folder: Path) -> dict[str, object]:
    patterns = [entry.pattern for entry in entries if not _is_expression(entry)]
    own = [text for file in folder.glob("steps/**/*.py") for text in _OWN.findall(file.read_text(encoding="utf-8"))]
    names = sorted({name for pattern in [*patterns, *own] for name in _OPEN.findall(pattern)})
    return {
        "cucumber.features": ["features/**/*.feature"],
        "cucumber.glue": [*dict.fromkeys(["steps/**/*.py", _shipped(folder.resolve())]), REPEATED],
        "cucumber.parameterTypes": [{"name": name, "regexp": ".+"} for name in names],
    }


def _shipped(folder: Path) -> str:
    """Return the pattern of the shipped steps: relative where they lie in the folder, as in its `.venv`."""
    where = STEPS.relative_to(folder) if STEPS.is_relative_to(folder) else STEPS
    return f"{where.as_posix()}/**/*.py"


def repeated(entries: Sequence[Entry]) -> str:
    """Return Python that repeats the steps of regular expressions, with groups that capture nothing.

    A group that captures may look like one of the names that the settings declare, which the server takes for an error.
    """
    steps = [
        f'\n\n@{entry.kind}("^{_GROUP.sub("(?:", entry.pattern)}$")\ndef _() -> None: ...\n'
        for entry in entries
        if _is_expression(entry)
    ]
    return "".join([_HEAD, *steps])


def _is_expression(entry: Entry) -> bool:
    return "(" in entry.pattern
