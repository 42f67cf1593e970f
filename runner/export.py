"""Writes a visitor's evidence to files: the timeline as JSON, the traffic as HAR.

Values are hidden unless asked for: those of cookies and stores, and those in addresses, where identifiers travel too.
Names stay. Credentials are never written.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from mitmproxy.addons.savehar import SaveHar

from evidence.addresses import HIDDEN, addresses_hidden, with_values_hidden
from evidence.records import Kind, Value, Write
from pages.visitor import Visitor

SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "x-api-key"})
VALUE_HEADERS = frozenset({"cookie", "set-cookie", "etag", "if-none-match"})
ADDRESS_HEADERS = frozenset({"referer", "location", "content-location", "refresh", "link"})


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
        if not show_values:
            entry.pop("_webSocketMessages", None)
    return _write(folder, f"hars/{name}.har", har)


def _write(folder: Path, path: str, content: Any) -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
    return path


def _plain(record: Any, show_values: bool) -> dict[str, Any]:
    plain = {field.name: _json(getattr(record, field.name), show_values) for field in fields(record)}
    if isinstance(record, Write) and record.kind in (Kind.REQUEST, Kind.SERVICE_WORKER) and not show_values:
        plain["name"] = with_values_hidden(record.name)  # an address, which may be relative
    return plain


def _json(value: Any, show_values: bool) -> Any:
    match value:
        case Value():
            return value.text if show_values else f"{len(value)} characters"
        case frozenset():
            return sorted(value)
        case tuple():
            return [_json(one, show_values) for one in value]
        case str() if not show_values:
            return addresses_hidden(value)
        case _ if is_dataclass(value):
            return _plain(value, show_values)
        case _:
            return value


def _redact(message: dict[str, Any], show_values: bool) -> None:
    for header in message.get("headers", ()):
        if header["name"].lower() in SECRET_HEADERS:
            header["value"] = HIDDEN
    if not show_values:
        _hide_values(message)


def _hide_values(message: dict[str, Any]) -> None:
    for header in message.get("headers", ()):
        if header["name"].lower() in VALUE_HEADERS:
            header["value"] = HIDDEN
        elif header["name"].lower() in ADDRESS_HEADERS:
            header["value"] = with_values_hidden(header["value"])
    for address in ("url", "redirectURL"):
        if message.get(address):
            message[address] = with_values_hidden(message[address])
    for named in (*message.get("cookies", ()), *message.get("queryString", ())):
        named["value"] = HIDDEN
    if "postData" in message:
        message["postData"] = {"mimeType": message["postData"].get("mimeType", ""), "text": HIDDEN, "params": []}
    if "content" in message:
        message["content"] = {key: message["content"].get(key) for key in ("size", "compression", "mimeType")}
