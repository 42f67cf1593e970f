"""Records what a site tells services about the visitor's choice by the consent modes of Google and of Microsoft's UET.

A request carries Google's as `gcs` (storage alone) and `gcd` (all four purposes, with what the default and the update
said), Microsoft's as `asc` (advertising storage alone). Any host may take it: the maker's, a server-side container, or
a path of the site's own. What stands inside another value, such as the page's address in `dl`, is no signal. No
function here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consentinel.evidence.guarded import fields_of, json_of, parts_of
from consentinel.evidence.payload import body_of
from consentinel.evidence.records import Request
from consentinel.evidence.signal_records import Maker

GRANTED, DENIED = "granted", "denied"
"""What commands say of a purpose."""


class Purpose(StrEnum):
    """What consent mode asks consent for (https://developers.google.com/tag-platform/security/concepts/consent-mode)."""

    AD_STORAGE = "ad_storage"
    ANALYTICS_STORAGE = "analytics_storage"
    AD_USER_DATA = "ad_user_data"
    AD_PERSONALIZATION = "ad_personalization"


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one purpose: by the default and by an update, each None where nothing was said."""

    default: bool | None = None
    update: bool | None = None

    @property
    def allowed(self) -> bool | None:
        """What holds; None where nothing was said, which Google's tags take for a yes."""
        return self.default if self.update is None else self.update


LETTERS: Mapping[str, Told] = {
    "l": Told(None, None),
    "p": Told(False, None),
    "q": Told(False, False),
    "m": Told(None, False),
    "u": Told(True, False),
    "r": Told(False, True),
    "n": Told(None, True),
    "t": Told(True, None),
    "v": Told(True, True),
}
"""The letters of `gcd`. Google documents none of them; independent descriptions agree on these nine."""

_UET: Mapping[str, bool] = {"G": True, "D": False}
"""The values of `asc`, which goes with the number of a UET tag, `ti` (Microsoft Advertising, "UET consent mode")."""

_STORAGE: Mapping[str, bool | None] = {"1": True, "0": False, "-": None}

# G1, then one sign each for advertising and analytics storage.
_GCS = re.compile(r"G1([01-])([01-])")
# Letters at 2, 4, 6 and 8. What stands between them varies, and is not always a digit: `13q3qPq2q5l1` was seen.
_GCD = re.compile(r"1" + r"[0-9A-Za-z]([lmnpqrtuv])" * 4 + r"\w*")

_LONGEST_GCD = 14

_DEEPEST = 6
"""Levels of a JSON body that are looked into."""


@dataclass(frozen=True, slots=True)
class ConsentSignal:
    """The signals of one request, or of one line of its body.

    `maker` is whose consent mode it is, `google` or `microsoft`. `storage` is what `gcs` or `asc` says, empty without
    it; None stands for "not set". `purposes` is what `gcd` says, empty without it. `npa` is whether advertisements
    shall not be personal, `dma` whether the Digital Markets Act applies, each None where it is not said. `client` is
    the id by which the service shall know the browser, empty without one.
    """

    request: Request
    storage: tuple[tuple[Purpose, bool | None], ...] = ()
    purposes: tuple[tuple[Purpose, Told], ...] = ()
    npa: bool | None = None
    dma: bool | None = None
    client: str = ""
    maker: Maker = "google"

    @property
    def at(self) -> float:
        """When it was sent, in seconds since the epoch."""
        return self.request.at

    @property
    def allowed(self) -> dict[Purpose, bool | None]:
        """The state of each purpose that is named; None for "not set"."""
        return {**dict(self.storage), **{purpose: state.allowed for purpose, state in self.purposes}}


def signals_of(request: Request) -> tuple[ConsentSignal, ...]:
    """Return the signals that a request carries, that of its address first. A page's own address is no signal."""
    if request.document:
        return ()
    carried = ((request, fields) for fields in _sets_of_fields(request))
    return tuple(filter(None, (_signal(*one) for one in carried)))


def is_state(name: str, value: str) -> bool:
    """Return whether a field is the state of Google's consent mode, which says what was chosen and not by whom.

    Beyond the letters and what stands between them, `gcd` has a few signs; a longer value could hide an identifier.
    """
    last = name.rpartition(".")[2]
    if last == "gcs":
        return bool(_GCS.fullmatch(value))
    return last == "gcd" and len(value) <= _LONGEST_GCD and bool(_GCD.fullmatch(value))


def _sets_of_fields(request: Request) -> Iterator[dict[str, str]]:
    """Yield the fields of the address, then those of each line of the body. The first value of a name counts."""
    parts = parts_of(request.url)
    query = _first(fields_of(parts.query))
    # Floodlight tags write their fields into the path, between semicolons.
    path = _first(pair for part in parts.path.split(";")[1:] for pair in fields_of(part))
    shared = {**path, **query}
    yield shared
    body = request.body.text
    if "gcs" not in body and "gcd" not in body:
        yield from _packed(body_of(request))  # say, of a body in gzip
        return
    structure = json_of(body)
    if structure is not None:
        yield from _objects(structure)
        return
    for line in body.splitlines():
        yield _first(fields_of(line))


def _packed(fields: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the events of a body that was unpacked: where a name comes again another one begins."""
    event: dict[str, str] = {}
    for name, value in fields:
        last = name.rpartition(".")[2]
        if last in event:
            yield event
            event = {}
        event[last] = value
    yield event


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _objects(structure: Any, depth: int = 0) -> Iterator[dict[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(structure, dict):
        yield {str(name): value for name, value in structure.items() if isinstance(value, str)}
        structure = list(structure.values())
    if isinstance(structure, list):
        for inner in structure:
            yield from _objects(inner, depth + 1)


def _signal(request: Request, fields: Mapping[str, str]) -> ConsentSignal | None:
    storage, purposes = _GCS.fullmatch(fields.get("gcs", "")), _GCD.fullmatch(fields.get("gcd", ""))
    if storage is None and purposes is None:
        return _of_microsoft(request, fields)
    return ConsentSignal(
        request=request,
        storage=tuple(zip(Purpose, (_STORAGE[one] for one in storage.groups()), strict=False)) if storage else (),
        purposes=tuple(zip(Purpose, (LETTERS[one] for one in purposes.groups()), strict=True)) if purposes else (),
        npa=_flag(fields.get("npa")),
        dma=_flag(fields.get("dma")),
        client=fields.get("cid", ""),
    )


def _of_microsoft(request: Request, fields: Mapping[str, str]) -> ConsentSignal | None:
    state = _UET.get(fields.get("asc", ""))
    if state is None or not fields.get("ti", "").isdigit():
        return None
    storage = ((Purpose.AD_STORAGE, state),)
    return ConsentSignal(request, storage, client=fields.get("vid", ""), maker="microsoft")


def _flag(text: str | None) -> bool | None:
    return {"1": True, "0": False}.get(text or "")
