"""Reads a visitor's timeline for the report: the recorded JSON, reduced to the events that can be drawn.

The file may be missing, cut short by a crash or written by a later version: the readable part is shown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

from consentinel.evidence.guarded import host_of
from consentinel.report.text import choice, kind

Consent = Literal["unasked", "refused", "granted"]
"""A visitor's consent: no choice yet, everything refused, or something allowed beyond functionality."""


class Event(NamedTuple):
    """One event of a visitor. `at` is in seconds since the epoch; `what` is request, write, action or choice.

    `host` received the request, or owns the store that was written; `detail` says more in words. `consent` is the state
    that a choice leaves.
    """

    at: float
    what: str
    host: str
    name: str
    detail: str = ""
    consent: Consent = "unasked"


@dataclass(frozen=True, slots=True)
class Timeline:
    """One visitor's events in order of time. `problem` says why there are none, or fewer than there were."""

    visitor: str
    path: str
    events: tuple[Event, ...] = ()
    problem: str = ""

    def of(self, *what: str) -> tuple[Event, ...]:
        """Return the events of these sorts."""
        return tuple(event for event in self.events if event.what in what)


def read(folder: Path, path: str) -> Timeline:
    """Return the timeline at `path` in the report's folder."""
    try:
        document = json.loads((folder / path).read_text(encoding="utf-8", errors="replace"))
        visitor, entries = str(document["visitor"]), list(document["entries"])
    except FileNotFoundError:
        return Timeline("", path, problem="The timeline is missing: it was not written, or has been removed since.")
    except (OSError, ValueError, KeyError, TypeError) as error:
        return Timeline("", path, problem=f"The timeline could not be read ({type(error).__name__}).")
    events = [event for entry in entries if (event := _event(entry)) is not None]
    return Timeline(visitor, path, tuple(sorted(events, key=itemgetter(0))))


def _event(entry: Any) -> Event | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("at"), (int, float)):
        return None
    read_entry = _READERS.get(str(entry.get("type")))
    return read_entry(entry, float(entry["at"])) if read_entry else None


def _action(entry: dict[str, Any], at: float) -> Event:
    return Event(at, "action", "", _text(entry, "sentence"), _text(entry, "page"))


def _choice(entry: dict[str, Any], at: float) -> Event:
    names = entry.get("granted")
    granted = [str(name) for name in names] if isinstance(names, list) else None
    return Event(at, "choice", "", choice(granted), consent=_consent(granted))


def _consent(granted: list[str] | None) -> Consent:
    if granted is None:
        return "unasked"
    return "granted" if set(granted) - {"functionality"} else "refused"


def _request(entry: dict[str, Any], at: float) -> Event:
    altered = f", {_text(entry, 'altered')}" if _text(entry, "altered") else ""
    told = f"{_text(entry, 'method')} {_status(entry)}{altered}".strip()
    return Event(at, "request", *_place(_text(entry, "url")), told)


def _write(entry: dict[str, Any], at: float) -> Event:
    by = f" by {_text(entry, 'script')}" if _text(entry, "script") else ""
    return Event(at, "write", _text(entry, "host"), _text(entry, "name"), f"{kind(_text(entry, 'kind'))}{by}")


_READERS = {"action": _action, "choice": _choice, "request": _request, "write": _write}


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _status(entry: dict[str, Any]) -> str:
    status = entry.get("status")
    return str(status) if isinstance(status, int) else "no answer seen"


@lru_cache(maxsize=16_384)
def _place(url: str) -> tuple[str, str]:
    """Return the host, and the address with its parameters' names but not their values, which may identify."""
    place, asked, query = url.partition("#")[0].partition("?")
    names = [parameter.partition("=")[0] for parameter in query.split("&")]
    return host_of(url), f"{place}{asked}{'&'.join(names)}"
