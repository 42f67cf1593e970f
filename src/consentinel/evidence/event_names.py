"""Names events and notes, so that `Standing` recognises what happens over and over by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consentinel.browser.events import MOVES, UNREAD
from consentinel.evidence.addresses import without_query
from consentinel.evidence.records import Kind


def name_of_event(method: str, params: Mapping[str, Any], is_alone: bool) -> str:
    """Return the name of a BiDi event. `is_alone` is true where no proxy reports requests before the browser does."""
    if method == UNREAD:
        return f"{method} {params['event']}"
    if method in MOVES:
        return f"{method} {without_query(str(params.get('url', '')))}"
    request = params.get("request")
    if not isinstance(request, Mapping):
        return method
    name = f"{request.get('method', '')} {without_query(str(request.get('url', '')))}"
    return name if is_alone and method == "network.beforeRequestSent" else f"{method} {name}"


def name_of_note(note: Mapping[str, Any]) -> str:
    """Return the name of what a page did. Notes that differ in their values alone have the same name."""
    name, value = without_query(str(note["name"])), str(note["value"])
    cookie = value.partition("=")[0] if note["kind"] == Kind.COOKIE and not name else ""
    return f"{note['operation']} {note['kind']} {name or cookie}"
