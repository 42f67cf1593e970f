"""Reads `run.json`: the caller gets the shape of `consentinel.report.schema`, or an error of one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from consentinel.report.schema import VERSION, RunData


class RunUnreadable(ValueError):
    """The file is no record of a run, or none that this program knows. The message is one line for people."""


def read_run(path: Path) -> RunData:
    """The run of a `run.json`, complete or not. Raises RunUnreadable."""
    try:
        told: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise RunUnreadable(f"{path}: {error.strerror}; name the run.json of a run") from error
    except ValueError as error:
        raise RunUnreadable(f"{path}: cannot be read, it is not JSON") from error
    version = told.get("version") if isinstance(told, dict) else None
    if version is None:
        raise RunUnreadable(f"{path}: cannot be read, it is not a run.json")
    if version != VERSION:
        raise RunUnreadable(f"{path}: it has version {version}, this program knows {VERSION}")
    try:
        return TypeAdapter(RunData).validate_python(told)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RunUnreadable(f"{path}: cannot be read, it is not a run.json: {where}: {first['msg']}") from error
