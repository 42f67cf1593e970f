"""The files that lie beside an invented run: timelines, traffic and little pictures of a page that never was."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consentinel.report.schema import RunData, ScenarioData
from tools.report_demo.invented import HOSTILE, SITE

_WIDE, _HIGH = 640, 400
_PAPER, _INK, _SHADE, _BANNER = b"\xf4\xf1\xea", b"\x39\x3f\x46", b"\xc9\xc4\xb8", b"\x2f\x5d\x8a"


def write_files(run: RunData, folder: Path, *, events: int = 60, pictures: bool = True) -> None:
    """Writes each scenario's timeline with about that many `events`, its HAR, and its pictures if wanted."""
    for name in ("timelines", "hars", "pictures"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    banner, plain = _page(banner=True), _page(banner=False)
    for scenario in run["scenarios"]:
        for path in scenario["timelines"]:
            (folder / path).write_text(json.dumps(timeline(scenario, events)), encoding="ascii")
        for path in scenario["hars"]:
            (folder / path).write_text('{"log": {"version": "1.2", "entries": []}}', encoding="ascii")
        for step in scenario["steps"]:
            if pictures and step["picture"] and "never" not in step["picture"]:
                (folder / step["picture"]).write_bytes(banner if step["granted"] is None else plain)


def timeline(scenario: ScenarioData, events: int) -> dict[str, Any]:
    """Return a timeline as the recorder leaves it."""
    entries = [*_actions(scenario), *_traffic(scenario, events)]
    return {
        "visitor": "visitor",
        "browser": scenario["browser"],
        "entries": sorted(entries, key=lambda one: one["at"]),
    }


def _actions(scenario: ScenarioData) -> Iterator[dict[str, Any]]:
    granted: list[str] | None = None
    for step in scenario["steps"]:
        if step["outcome"] == "not run":
            return
        yield {
            "type": "action",
            "at": step["at"],
            "sentence": f"{step['keyword']} {step['text']}",
            "page": "/",
        }
        if step["granted"] != granted:
            granted = step["granted"]
            yield {"type": "choice", "at": step["at"] + 0.3, "granted": granted}
        for item in step["items"]:
            yield _entry(item["host"], item["name"], item["kind"], step["at"] + 0.2)


def _entry(host: str, name: str, kind: str, at: float) -> dict[str, Any]:
    if kind == "request":
        return _request(host, name, at)
    script = f"https://{host}/static/app.js:14"
    return {
        "type": "write",
        "at": at,
        "kind": kind,
        "name": name,
        "host": host,
        "operation": "set",
        "script": script,
    }


def _request(host: str, path: str, at: float) -> dict[str, Any]:
    return {"type": "request", "at": at, "url": f"https://{host}{path}", "method": "GET", "status": 200}


def _traffic(scenario: ScenarioData, events: int) -> Iterator[dict[str, Any]]:
    hosts = (SITE, SITE, "cdn.localhost", SITE, "analytics.localhost")
    for number in range(events):
        at = scenario["started"] + scenario["seconds"] * ((number * 7) % events) / events
        name = HOSTILE[number % len(HOSTILE)] if number % 20 == 19 else f"asset-{number}.png"
        yield _request(hosts[number % len(hosts)], f"/{name}", at)


def _page(*, banner: bool) -> bytes:
    """Return a tiny PNG (ISO/IEC 15948) of a page: a title, some lines, and a banner at its foot."""
    rows = [_row(y, banner=banner) for y in range(_HIGH)]
    header = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 2, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(rows))) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _row(y: int, *, banner: bool) -> bytes:
    if banner and y > 310:
        return b"\0" + _BANNER * _WIDE
    if 40 < y < 66:
        return b"\0" + _PAPER * 40 + _INK * 280 + _PAPER * (_WIDE - 320)
    if y > 90 and y % 24 < 9:
        return b"\0" + _PAPER * 40 + _SHADE * 480 + _PAPER * (_WIDE - 520)
    return b"\0" + _PAPER * _WIDE


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
