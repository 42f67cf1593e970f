"""Register rows from what consent managers export: CSV of OneTrust and Cookiebot, the IAB's device storage disclosure.

Pure functions from text to rows, none of which is confirmed. What stores nothing on the device, such as a pixel, makes
no row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from pydantic import ValidationError

from consentinel.drafting.lexicon import normal
from consentinel.evidence.guarded import json_of, number_of
from consentinel.policy.durations import DAY, duration_of
from consentinel.policy.lexicon import lexicons
from consentinel.policy.policy_file import RegisterRow
from consentinel.policy.row_fields import host_in, kind_in, party_in

Form = Literal["onetrust", "cookiebot", "iab"]
Fields = Mapping[str, str]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "item": ("cookie name", "cookie", "cookies", "name", "cookie key"),
    "host": ("host", "domain", "cookie domain", "hostname"),
    "category": ("category", "categories", "group", "category name", "cookie category"),
    "lifetime": ("lifespan", "duration", "expiry", "expiration", "expires", "length", "retention",
                 "max storage duration"),
    "provider": ("provider", "vendor", "company", "third party", "service"),
    "purpose": ("description", "purpose", "cookie description", "purpose description"),
    "kind": ("type", "storage type", "tracker type"),
    "party": ("party", "first or third party", "cookie type", "first third party"),
}  # fmt: skip


class NotImported(Exception):
    """An export cannot be read. The message is one line."""


def import_rows(text: str) -> tuple[RegisterRow, ...]:
    """The rows of an export, in whichever of the known forms it is. Raises NotImported."""
    form = form_of(text)
    readers: dict[Form, Callable[[str], tuple[RegisterRow, ...]]] = {
        "iab": from_iab, "onetrust": from_csv, "cookiebot": from_csv,
    }  # fmt: skip
    rows = readers[form](text)
    if not rows:
        raise NotImported("the export holds no item that a browser stores")
    return rows


def form_of(text: str) -> Form:
    """The form of an export, by what stands in it. Raises NotImported."""
    data = json_of(text)
    if isinstance(data, dict) and isinstance(data.get("disclosures"), list):
        return "iab"
    headers = {normal(cell) for cell in (_cells(text) or [[]])[0]}
    if not headers & set(_COLUMNS["item"]) or not headers & {*_COLUMNS["lifetime"], *_COLUMNS["category"]}:
        raise NotImported("this is neither a CSV of OneTrust or Cookiebot nor a device storage disclosure (JSON)")
    return "cookiebot" if {"provider", "type"} <= headers else "onetrust"


def from_csv(text: str) -> tuple[RegisterRow, ...]:
    """The rows of a CSV of OneTrust or Cookiebot: comma, semicolon or tab, with a header in any order."""
    table = _cells(text)
    if not table:
        return ()
    places = _places(table[0])
    found = (_row({key: line[at].strip() for key, at in places.items() if at < len(line)}) for line in table[1:])
    return tuple(row for row in found if row is not None)


def from_iab(text: str) -> tuple[RegisterRow, ...]:
    """The rows of a device storage disclosure (IAB Tech Lab, vendor device storage and operational disclosures)."""
    data = json_of(text)
    listed: Iterable[Any] = data.get("disclosures") or () if isinstance(data, dict) else ()
    found = (_disclosed(one) for one in listed if isinstance(one, dict))
    return tuple(row for row in found if row is not None)


def _cells(text: str) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return [line for line in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, line))]
    except csv.Error as error:
        raise NotImported(f"the CSV cannot be read: {error}") from error


def _places(header: Iterable[str]) -> dict[str, int]:
    """Which column holds what: the first that bears a known name."""
    names = [normal(cell) for cell in header]
    found: dict[str, int] = {}
    for key, known in _COLUMNS.items():
        at = next(
            (names.index(name) for name in known if name in names and names.index(name) not in found.values()), None
        )
        if at is not None:
            found[key] = at
    return found


def _row(fields: Fields) -> RegisterRow | None:
    kind = kind_in(fields.get("kind", ""))
    if kind is None or not fields.get("item"):
        return None
    return _made(
        item=fields["item"],
        host=host_in(fields.get("host", "")),
        party=party_in(f"{fields.get('party', '')} {fields.get('category', '')}"),
        kind=kind,
        category=_category(fields.get("category", "")),
        lifetime=_lifetime(fields.get("lifetime", "")),
        provider=fields.get("provider", ""),
        purpose=fields.get("purpose", ""),
    )


def _disclosed(one: Mapping[str, Any]) -> RegisterRow | None:
    kind = {"cookie": "cookie", "web": "any"}.get(str(one.get("type", "")))
    if kind is None or not one.get("identifier"):
        return None
    seconds = number_of(one.get("maxAgeSeconds"))
    domains = one.get("domains") if isinstance(one.get("domains"), list) else [one.get("domain")]
    named = [domain for domain in domains or () if isinstance(domain, str) and "*" not in domain.removeprefix("*.")]
    return _made(
        item=str(one["identifier"]),
        host=named[0] if len(named) == 1 else "",
        kind=kind,
        lifetime="" if seconds is None else "session" if seconds <= 0 else _spoken(seconds),
        purpose=f"purposes {', '.join(map(str, one['purposes']))}" if isinstance(one.get("purposes"), list) else "",
    )


def _made(**fields: Any) -> RegisterRow | None:
    """A row; None for what no row can hold, such as a name of mere signs."""
    try:
        return RegisterRow.model_validate(fields)
    except ValidationError:
        return None


def _lifetime(text: str) -> str:
    """The lifetime as a row holds it; a mere number is days, as OneTrust exports them."""
    plain = text.strip()
    number = number_of(plain)
    if number is not None:
        return "session" if number == 0 else f"{number:g} days"
    return plain if duration_of(plain) is not None else ""


def _category(text: str) -> str:
    return next((found[0] for one in lexicons().values() if (found := one.categories_of(text))), "")


def _spoken(seconds: float) -> str:
    return f"{seconds / DAY:g} days" if seconds % DAY == 0 else f"{seconds:g} seconds"
