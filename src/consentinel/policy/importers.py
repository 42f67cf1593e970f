"""Register rows from what consent managers export or declare. None of them is confirmed.

CSV of OneTrust, Cookiebot and others, the IAB's device storage disclosure, and what managers declare in a page
(`consent/declarations.py`). Pure functions from text to rows. What stores nothing on the device, such as a pixel,
makes no row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from consentinel.evidence.guarded import json_of, number_of
from consentinel.policy.durations import DAY, duration_of
from consentinel.policy.lexicon import Lexicon, lexicon_of_headers, lexicons
from consentinel.policy.listed_items import columns_of
from consentinel.policy.page_text import PolicyTable
from consentinel.policy.policy_file import RegisterRow
from consentinel.policy.row_fields import host_in, kind_in, party_in

ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""The first bytes of a text, and its encoding by them."""

USUAL_ENCODINGS = ("utf-8", "windows-1252")
"""What a text without such bytes is in: spreadsheets still write the second."""

HEAD_LINES = 5
"""So many lines may stand above the header of a table, such as a title or the date of the export."""

_SEPARATOR = re.compile(r"sep=(.)\s*\n", re.IGNORECASE)
"""The first line that spreadsheets write and read."""


class NotImported(Exception):
    """An export cannot be read. The message is one line."""


def text_of(data: bytes) -> str:
    """Return the text of an export, in whichever encoding it is. Raises NotImported for what is no text."""
    named = next((encoding for start, encoding in ENCODINGS if data.startswith(start)), "")
    for encoding in (named,) if named else USUAL_ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotImported("this is no text; export a CSV, or a device storage disclosure as JSON")


def import_rows(text: str) -> tuple[RegisterRow, ...]:
    """Return the rows of an export, in whichever of the known forms it is. Raises NotImported."""
    rows = from_iab(text) if _is_disclosure(text) else from_csv(text)
    if not rows:
        raise NotImported("the export holds no item that a browser stores")
    return rows


def _is_disclosure(text: str) -> bool:
    data = json_of(text)
    return isinstance(data, dict) and isinstance(data.get("disclosures"), list)


def from_csv(text: str) -> tuple[RegisterRow, ...]:
    """Return the rows of a CSV: comma, semicolon or tab, its header in any order and language of the lexicon.

    Raises NotImported for a text without a column of names and one of lifetimes, categories or purposes.
    """
    lines = _cells(text)
    main = lexicons()["en"]
    for place in range(min(HEAD_LINES, len(lines))):
        table = PolicyTable(tuple(lines[place]), tuple(map(tuple, lines[place + 1 :])))
        lexicon = lexicon_of_headers(table.header, main)
        columns = columns_of(table, lexicon)
        if "item" in columns and columns.keys() & {"lifetime", "category", "purpose"}:
            found = (_row(_fields(line, columns), lexicon) for line in table.rows)
            return tuple(row for row in found if row is not None)
    raise NotImported("this is neither a CSV with a line of headers nor a device storage disclosure (JSON)")


def _fields(line: Sequence[str], columns: Mapping[str, int]) -> Mapping[str, str]:
    return {key: " ".join(line[place].split()) for key, place in columns.items() if place < len(line)}


def from_iab(text: str) -> tuple[RegisterRow, ...]:
    """Return the rows of a device storage disclosure (IAB Tech Lab, Vendor Device Storage Disclosures)."""
    data = json_of(text)
    listed = data.get("disclosures") if isinstance(data, dict) else None
    found = (_disclosed(one) for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict))
    return tuple(row for row in found if row is not None)


def _cells(text: str) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    said = _SEPARATOR.match(text)
    text = text[said.end() :] if said else text
    head = "\n".join(text.splitlines()[:HEAD_LINES])
    separator = said[1] if said else max(",;\t", key=head.count)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [line for line in lines if any(map(str.strip, line))]
    except csv.Error as error:
        raise NotImported(f"the CSV cannot be read: {error}") from error


def _row(fields: Mapping[str, str], lexicon: Lexicon) -> RegisterRow | None:
    kind = kind_in(fields.get("kind", ""))
    if kind is None or not fields.get("item"):
        return None
    return _made(
        item=fields["item"],
        host=host_in(fields.get("host", "")),
        party=party_in(" ".join(fields.get(key, "") for key in ("party", "kind", "category"))),
        kind=kind,
        category=category_in(fields.get("category", ""), lexicon),
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
    """Return a row; None for what no row can hold, such as a name of mere signs."""
    try:
        return RegisterRow.model_validate(fields)
    except ValidationError:
        return None


def _lifetime(text: str) -> str:
    """Return the lifetime as a row holds it; a mere number is days, as OneTrust exports them."""
    plain = text.strip()
    number = number_of(plain)
    if number is not None:
        return "session" if number == 0 else f"{number:g} days"
    return plain if duration_of(plain) is not None else ""


def category_in(text: str, *first: Lexicon) -> str:
    """Return the category that a text names, in the first lexicon or else in any; empty where it names none."""
    return next((found[0] for one in (*first, *lexicons().values()) if (found := one.categories_of(text))), "")


def _spoken(seconds: float) -> str:
    return f"{seconds / DAY:g} days" if seconds % DAY == 0 else f"{seconds:g} seconds"
