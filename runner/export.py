"""Writes a visitor's evidence to files: the timeline as JSON, the traffic as HAR; values hidden unless asked for."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from mitmproxy.addons.savehar import SaveHar

from evidence.records import Value
from pages.visitor import Visitor

SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "x-api-key"})
VALUE_HEADERS = frozenset({"cookie", "set-cookie"})

HIDDEN = "(hidden)"


def write_timeline(visitor: Visitor, folder: Path, name: str, show_values: bool) -> str:
    """Write the timeline; its path relative to the run's folder."""
    timeline = visitor.timeline
    entries = [{"type": type(record).__name__.lower(), **_plain(record, show_values)} for record in timeline.records]
    content = {"visitor": timeline.visitor, "browser": timeline.browser, "entries": entries}
    return _write(folder, f"timelines/{name}.json", content)


def write_har(visitor: Visitor, folder: Path, name: str, show_values: bool) -> str | None:
    """Write the traffic as HAR 1.2; None where the wire was not recorded."""
    tap = visitor.recorder.tap
    if tap is None:
        return None
    har = SaveHar().make_har([flow for flow in tap.flows if flow.response is not None])
    for entry in har["log"]["entries"]:
        _redact(entry["request"], show_values)
        _redact(entry["response"], show_values)
    return _write(folder, f"hars/{name}.har", har)


def _write(folder: Path, path: str, content: Any) -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
    return path


def _plain(record: Any, show_values: bool) -> dict[str, Any]:
    return {field.name: _json(getattr(record, field.name), show_values) for field in fields(record)}


def _json(value: Any, show_values: bool) -> Any:
    match value:
        case Value():
            return value.text if show_values else f"{len(value)} characters"
        case frozenset():
            return sorted(value)
        case tuple():
            return [_json(one, show_values) for one in value]
        case _ if is_dataclass(value):
            return _plain(value, show_values)
        case _:
            return value


def _redact(message: dict[str, Any], show_values: bool) -> None:
    for header in message.get("headers", ()):
        name = header["name"].lower()
        if name in SECRET_HEADERS or (name in VALUE_HEADERS and not show_values):
            header["value"] = HIDDEN
    if show_values:
        return
    for cookie in message.get("cookies", ()):
        cookie["value"] = HIDDEN
    if "postData" in message:
        message["postData"] = {"mimeType": message["postData"].get("mimeType", ""), "text": HIDDEN, "params": []}
    if "content" in message:
        message["content"] = {key: message["content"].get(key) for key in ("size", "compression", "mimeType")}
