"""Writes a visitor's evidence to files: the timeline as JSON, the traffic as HAR.

Values of cookies, of storage and in addresses are hidden unless `--show-values` is given. Names are written. Secrets
are never written; `consentinel.evidence.secrets` defines them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from consentinel.evidence.addresses import addresses_hidden, with_values_hidden
from consentinel.evidence.records import (
    Kind,
    Request,
    SetCookie,
    StoredItem,
    Value,
    Write,
)
from consentinel.evidence.secrets import WITHHELD, Secrets
from consentinel.pytest_plugin.har import traffic
from consentinel.visitor.visitor import Visitor


def write_timeline(visitor: Visitor, folder: Path, name: str, secrets: Secrets, show_values: bool) -> str:
    """Write the timeline and return its path relative to the run's folder."""
    timeline, serializer = visitor.timeline, _Serializer(secrets, show_values)
    entries = [{"type": type(record).__name__.lower(), **serializer.fields(record)} for record in timeline.records]
    content = {"visitor": timeline.visitor, "browser": timeline.browser, "entries": entries}
    return _write(folder, f"timelines/{name}.json", secrets.as_json(content))


def write_har(visitor: Visitor, folder: Path, name: str, secrets: Secrets, show_values: bool) -> str | None:
    """Write the traffic as HAR 1.2 and return its path. Return None if no proxy recorded the traffic."""
    tap = visitor.recorder.tap
    if tap is None:
        return None
    return _write(folder, f"hars/{name}.har", secrets.as_json(traffic(tap, secrets, show_values)))


def _write(folder: Path, path: str, content: str) -> str:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="ascii")
    return path


@dataclass(frozen=True, slots=True)
class _Serializer:
    """Turns records into JSON without secrets, and without values unless `show_values` is set."""

    secrets: Secrets
    show_values: bool

    def fields(self, record: Any) -> dict[str, Any]:
        plain = {field.name: self._json(getattr(record, field.name)) for field in fields(record)}
        if self.show_values:
            self._hide_secrets(record, plain)
        elif isinstance(record, Write) and record.kind in (Kind.REQUEST, Kind.SERVICE_WORKER):
            plain["name"] = with_values_hidden(record.name)  # an address, which may be relative
        return plain

    def _json(self, value: Any) -> Any:
        match value:
            case Value():
                return self.secrets.names_obeyed(value.text) if self.show_values else f"{len(value)} characters"
            case frozenset():
                return sorted(value)
            case tuple():
                return [self._json(element) for element in value]
            case str():
                return self.secrets.names_obeyed(value) if self.show_values else addresses_hidden(value)
            case _ if is_dataclass(value):
                return self.fields(value)
            case _:
                return value

    def _hide_secrets(self, record: Any, plain: dict[str, Any]) -> None:
        match record:
            case StoredItem() | Write() if self._is_secret(record.kind, record.name):
                plain["value"] = WITHHELD
            case SetCookie() if record.http_only or self.secrets.is_secret_cookie(record.name):
                plain["value"] = WITHHELD
            case Request():
                plain["cookies"] = [self._cookie(name, value) for name, value in plain["cookies"]]

    def _cookie(self, name: str, value: str) -> list[str]:
        return [name, WITHHELD if self.secrets.is_secret_cookie(name) else value]

    def _is_secret(self, kind: Kind, name: str) -> bool:
        return self.secrets.is_secret_cookie(name) if kind is Kind.COOKIE else self.secrets.is_secret(name)
