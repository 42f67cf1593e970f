"""Turns the notes of what pages' scripts did to cookies and storage into records of what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from consentinel.evidence.acceptance import Setting, refusal
from consentinel.evidence.cookies import parse_set_cookie
from consentinel.evidence.guarded import host_of, host_of_cookie, path_of
from consentinel.evidence.records import Kind, Value, Write, is_removal
from consentinel.evidence.stack_trace import script_of


def add_write(notes: list[Write], raw: Mapping[str, Any], write: Write, engine: str) -> None:
    """Add a write to the notes as what became of it. One that the cookie store refuses marks its earlier note."""
    if write.kind is not Kind.COOKIE:
        notes.append(write)
    elif write.operation == "refused":
        number = index_of_refused(notes, write)
        if number is not None:
            notes[number] = replace(notes[number], operation="refused")
    elif write.name:
        notes.append(cookie_store_write(raw, write))
    elif (assigned := cookie_write(raw, write, engine)) is not None:
        notes.append(assigned)


def cookie_write(raw: Mapping[str, Any], write: Write, engine: str) -> Write | None:
    """Return what an assignment to `document.cookie` led to: a cookie set, refused or deleted; None for no cookie.

    `write.value` is what was assigned, its date in the browser's time. The page script has read the cookies back;
    those for other paths do not show there, and are believed unless a rule forbids them.
    """
    text = write.value.text
    cookie = parse_set_cookie(text, write.frame, write.at)
    if cookie is None:
        return None
    operation = "set"
    if cookie.removes:
        operation = "delete"
    elif not raw.get("shown", True):
        setting = Setting(write.frame, write.frame, engine, by_script=True)
        if _shows_at(cookie.path, write.frame) or refusal(text, setting):
            operation = "refused"
    return replace(
        write, name=cookie.name, host=cookie.host, operation=operation, value=cookie.value, max_age=cookie.max_age
    )


def cookie_store_write(raw: Mapping[str, Any], write: Write) -> Write:
    """Return the write of a call of the cookie store. Its `expires` is in the browser's time, in ms since the epoch."""
    expires = raw.get("expires")
    if write.operation != "set" or not isinstance(expires, int | float):
        return write
    term = float(expires) / 1000 - write.at
    return replace(write, max_age=term, operation="delete" if is_removal(term) else "set")


def index_of_refused(notes: Sequence[Write], refused: Write) -> int | None:
    """Return the index of the write that the cookie store refused later, None where it is not there."""
    for number in range(len(notes) - 1, -1, -1):
        note = notes[number]
        if (note.kind, note.name, note.host, note.frame, note.operation) == (
            Kind.COOKIE,
            refused.name,
            refused.host,
            refused.frame,
            "set",
        ):
            return number
    return None


def with_fleeting(task: Sequence[Write]) -> list[Write]:
    """Return the writes of one task. Those that the same task removed again are marked as fleeting."""
    marked: list[Write] = []
    for write in reversed(task):
        marked.append(replace(write, fleeting=_is_undone(write, marked)))
    return marked[::-1]


def _is_undone(write: Write, later: Sequence[Write]) -> bool:
    """Return whether a write was removed, and nothing written there since; `later` has the latest first."""
    if write.operation != "set" or write.kind not in (Kind.COOKIE, Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE):
        return False
    for other in reversed(later):
        if (other.kind, other.host) == (write.kind, write.host):
            if other.operation == "clear" or (other.operation == "delete" and other.name == write.name):
                return True
            if other.operation == "set" and other.name == write.name:
                return other.fleeting
    return False


def _shows_at(path: str, address: str) -> bool:
    """Return whether a cookie of this path shows in a document (RFC 6265, section 5.1.4)."""
    own = path_of(address) or "/"
    return own == path or own.startswith(path.removesuffix("/") + "/")


def write_of(raw: Mapping[str, Any], page: str) -> Write:
    """Return the write that a note of the preload script describes. `page` is the address of the tab's document.

    A frame without an address of its own (`about:blank`, `about:srcdoc`) stores where its page stores.
    """
    frame = str(raw["frame"])
    if not frame.startswith("http"):
        frame = page
    return Write(
        at=float(raw["at"]) / 1000,
        kind=Kind(raw["kind"]),
        name=str(raw["name"]),
        host=host_of_cookie(str(raw.get("domain") or "")) or host_of(frame),
        operation=str(raw["operation"]),
        value=Value(str(raw["value"])),
        script=script_of(str(raw["stack"])),
        frame=frame,
    )
