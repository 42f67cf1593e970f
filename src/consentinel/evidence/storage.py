"""Keeps what each origin stores on the device, also an origin whose frames have closed.

An origin's storage changes only by scripts of that origin. So what was read last still holds for an origin that no
open frame belongs to, and the reading of an open frame replaces it. A store that a frame refused to show keeps what
was known of it, and is known as unread until a frame shows it. A store that a frame's document lacks, and cannot
write either, is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consentinel.evidence.guarded import host_of
from consentinel.evidence.records import (
    STORED_KINDS,
    Kind,
    State,
    StoredItem,
    Value,
)
from consentinel.evidence.shapes import READING, from_json

READ_STORAGE = (Path(__file__).parent / "storage.js").read_text(encoding="utf-8")
"""A function for a sandbox in each frame; it answers with JSON."""

Owner = tuple[str, str]  # the origin, and the top-level origin that it is embedded under


@dataclass(slots=True)
class StorageLedger:
    """The last known content of every origin's storage, per top-level origin that embeds it."""

    known: dict[Owner, tuple[StoredItem, ...]] = field(default_factory=dict)
    refused: dict[Owner, frozenset[Kind]] = field(default_factory=dict)

    def update(self, readings: Iterable[tuple[str, str]], mute: Iterable[Owner] = ()) -> None:
        """Take in readings of open frames: pairs of an answer of READ_STORAGE and the origin of the tab's document.

        `mute` are whose frames did not answer. Where no other frame of theirs did, nothing of their storage was read.
        """
        fresh: dict[Owner, dict[tuple[str, str], StoredItem]] = {}
        shown: dict[Owner, frozenset[Kind]] = {}
        refused: dict[Owner, frozenset[Kind]] = {}
        for answer, top_origin in readings:
            read = from_json(READING, answer)
            if read is None or not read["origin"].startswith("http") or read.get("silent"):
                continue  # an opaque origin has no storage (HTML, section 7.1.1; Storage, section 4)
            owner = (read["origin"], top_origin)
            items = fresh.setdefault(owner, {})
            for raw in read["items"]:
                items[(raw["kind"], raw["name"])] = _item(raw, owner)
            denied = frozenset(Kind(kind) for kind, _ in read["denied"])
            refused[owner] = refused.get(owner, self.refused.get(owner, frozenset())) | denied
            # What one frame shows is the whole origin's.
            shown[owner] = shown.get(owner, frozenset()) | (frozenset(STORED_KINDS) - denied - {*read["lacking"]})
        for owner, items in fresh.items():
            for item in self.known.get(owner, ()):
                if item.kind not in shown[owner]:
                    items.setdefault((item.kind, item.name), item)
            self.known[owner] = tuple(items.values())
            self.refused[owner] = refused[owner] - shown[owner]
        for owner in mute:
            if owner not in fresh and owner[0].startswith("http"):
                self.refused[owner] = frozenset(STORED_KINDS) - {Kind.COOKIE}

    def unread(self) -> tuple[tuple[Kind, str], ...]:
        """Return what could not be read, as pairs of kind and host."""
        pairs = {(kind, _host(origin)) for (origin, _), kinds in self.refused.items() for kind in kinds}
        return tuple(sorted(pairs))

    def state(self, at: float, cookies: Iterable[StoredItem], *, complete: bool) -> State:
        """Return what is on the device at a moment.

        Unless the reading was `complete`, only the cookies count as seen.
        """
        unread = self.unread()
        seen = frozenset(STORED_KINDS) - {kind for kind, _ in unread} if complete else frozenset({Kind.COOKIE})
        return State(at, (*cookies, *self.items()), seen, unread)

    def forget_sessions(self) -> None:
        """Drop session storage: the tabs have closed."""
        for owner, items in self.known.items():
            self.known[owner] = tuple(item for item in items if item.kind is not Kind.SESSION_STORAGE)
        for owner, kinds in self.refused.items():
            self.refused[owner] = kinds - {Kind.SESSION_STORAGE}

    def items(self) -> tuple[StoredItem, ...]:
        """Return everything known to be stored."""
        return tuple(item for items in self.known.values() for item in items)


def _item(raw: Mapping[str, Any], owner: Owner) -> StoredItem:
    origin, top = owner
    return StoredItem(
        kind=Kind(raw["kind"]),
        host=_host(origin),
        name=str(raw["name"]),
        value=Value(str(raw["value"])),
        secure=origin.startswith("https:"),
        partition=top if top != origin else None,
    )


def _host(origin: str) -> str:
    return host_of(origin)
