"""Reads what the preload script says, as it comes over BiDi."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consentinel.evidence.guarded import json_of


def notes_of(remote: Mapping[str, Any]) -> list[Any]:
    """Return what a preload script's channel was given: a BiDi value, or lines of JSON.

    It is None for a line that is none.
    """
    if remote.get("type") == "string":
        return [json_of(line) for line in str(remote["value"]).split("\n")]
    values = _json_of(remote)
    return values if isinstance(values, list) else [None]


def _json_of(remote: Mapping[str, Any]) -> Any:
    """Return the plain value of a BiDi `script.RemoteValue` made of objects, arrays, strings and numbers."""
    match remote:
        case {"type": "object", "value": list(pairs)}:
            return {str(key): _json_of(value) for key, value in pairs}
        case {"type": "array", "value": list(values)}:
            return [_json_of(value) for value in values]
        case {"type": "string" | "number" | "boolean", "value": value}:
            return value
        case _:
            return None
