"""What the preload script says, as it comes over BiDi."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def notes_of(remote: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a preload script's channel was given: a BiDi value, or lines of JSON."""
    if remote.get("type") == "string":
        return [json.loads(line) for line in str(remote["value"]).split("\n")]
    told: list[dict[str, Any]] = _json_of(remote)
    return told


def _json_of(remote: Mapping[str, Any]) -> Any:
    """The plain value of a BiDi `script.RemoteValue` made of objects, arrays, strings and numbers."""
    match remote.get("type"):
        case "object":
            return {key: _json_of(value) for key, value in remote.get("value", [])}
        case "array":
            return [_json_of(value) for value in remote.get("value", [])]
        case "string" | "number" | "boolean":
            return remote.get("value")
        case _:
            return json.loads("null")
