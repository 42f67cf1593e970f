"""Reads `run.json`: the caller gets the shape of `consentinel.report.schema`, or an error of one line.

A record of an earlier version is brought up to date while it is read, so that nobody else has to know of versions.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from consentinel.report.causes import causes
from consentinel.report.history.cause import cause_id, folded
from consentinel.report.schema import VERSION, RunData, ScenarioData

OLDEST = 1
"""The earliest version that can still be read."""


class RunUnreadable(ValueError):
    """The file is no record of a run, or none that this program knows. The message is one line for people."""


def read_run(path: Path) -> RunData:
    """Return the run of a `run.json`, complete or not. Raises RunUnreadable."""
    try:
        data: Any = json.loads(path.read_bytes())
    except OSError as error:
        raise RunUnreadable(f"{path}: {error.strerror}; name the run.json of a run") from error
    except ValueError as error:
        raise RunUnreadable(f"{path}: cannot be read, it is not JSON") from error
    version = data.get("version") if isinstance(data, dict) else None
    if version is None:
        raise RunUnreadable(f"{path}: cannot be read, it is not a run.json")
    if version not in range(OLDEST, VERSION + 1):
        raise RunUnreadable(f"{path}: it has version {version}, this program knows {OLDEST} to {VERSION}")
    try:
        return _shape().validate_python(data if version == VERSION else _updated(data))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RunUnreadable(f"{path}: cannot be read, it is not a run.json: {where}: {first['msg']}") from error


def updated_scenario(data: Any) -> ScenarioData:
    """Return a scenario of any version with the fields of the present one: pattern and cause of each finding.

    Raises KeyError, TypeError or AttributeError where it is no scenario.
    """
    for finding in data["findings"]:
        item = finding["item"]
        pattern = finding.setdefault("pattern", folded(item["name"]))
        about = (finding["rule"], finding["category"], item["kind"], pattern, item["host"], finding["written_by"])
        finding.setdefault("cause", cause_id(*about))
    return cast("ScenarioData", data)


_BUILDING = Lock()
"""One thread builds the shape: pydantic parses docstrings, and in two threads at once `ast.parse` fails now and then
(SystemError "AST constructor recursion depth mismatch", CPython 3.11)."""


def _shape() -> TypeAdapter[RunData]:
    """Return the shape of a run. It is built when the first run is read: it takes a while, and most read none."""
    with _BUILDING:
        return _built_shape()


@cache
def _built_shape() -> TypeAdapter[RunData]:
    return TypeAdapter(RunData)


def _updated(data: dict[str, Any]) -> dict[str, Any]:
    """Return a record of an earlier version in today's shape. A malformed record is returned as it is; validation
    refuses it."""
    try:
        scenarios = [updated_scenario(scenario) for scenario in data["scenarios"]]
        return {**data, "version": VERSION, "scenarios": scenarios, "causes": causes(scenarios)}
    except (KeyError, TypeError, AttributeError):
        return data
