"""Register rows from what consent managers declare in a page (`consent/declarations.py`). None of them is confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from consentinel.policy.importers import NotImported, category_in
from consentinel.policy.lexicon import lexicons
from consentinel.policy.listed_items import rows_of_table
from consentinel.policy.page_text import PolicyTable
from consentinel.policy.policy_file import RegisterRow
from consentinel.policy.row_fields import host_in

_ANY = re.compile(r"(?:\[\^?[^\]]*\]|\\[wdS]|\.)(?:[*+]\??|\{\d+,?\d*\})|\((?:\.\*|\.\+|\?:\.\*)\)|\\[wdS]|\[[^\]]*\]")
"""A part of a pattern that stands for any characters, or for one of several."""

_ESCAPED = re.compile(r"\\([^A-Za-z0-9])")
_SYNTAX = re.compile(r"[()|?+^$\\{}\[\]]")


def rows_declared(entries: object) -> tuple[RegisterRow, ...]:
    """Return the rows of what managers declare, each once. Raises NotImported where nothing of it names an item."""
    listed = entries if isinstance(entries, list) else []
    rows = [row for one in listed if isinstance(one, dict) for row in _rows(one)]
    if not rows:
        raise NotImported("no consent manager of this page declares an item that it stores")
    return tuple({(row.item, row.host, row.category): row for row in rows}.values())


def name_of_pattern(pattern: str) -> str:
    """Return a regular expression as policies write names: `^_ga_.+` is `_ga_*`; empty for one that is no such name.

    An expression that ends without `$` stands for all names that begin so, and one without `^` for all that end so.
    """
    inner = pattern.removeprefix("^").removesuffix("$")
    name = _ESCAPED.sub(r"\1", _SYNTAX.sub("\0", _ANY.sub("*", inner.replace("\\.", "\1")).replace("\1", ".")))
    if "\0" in name:
        return ""
    begins = "" if pattern.startswith("^") else "*"
    ends = "" if pattern.endswith("$") else "*"
    return re.sub(r"\*+", "*", f"{begins}{name}{ends}")


def _rows(entry: Mapping[str, Any]) -> Iterator[RegisterRow]:
    said = str(entry.get("category", ""))
    category = "functionality" if entry.get("required") is True else category_in(said)
    table = entry.get("table")
    if isinstance(table, dict):
        yield from _of_table(table, said)
    for cookie in entry.get("cookies") or () if isinstance(entry.get("cookies"), list) else ():
        if isinstance(cookie, dict):
            yield from _row(cookie, category, str(entry.get("provider", "")))


def _row(cookie: Mapping[str, Any], category: str, provider: str) -> Iterator[RegisterRow]:
    name = str(cookie.get("name") or "") or name_of_pattern(str(cookie.get("pattern") or ""))
    fields = {"item": name, "host": host_in(str(cookie.get("host") or "").lstrip(".")), "kind": "cookie"}
    try:
        yield RegisterRow.model_validate({**fields, "category": category, "provider": provider})
    except ValidationError:
        return  # a name of mere signs, or none


def _of_table(table: Mapping[str, Any], said: str) -> Iterator[RegisterRow]:
    header, rows = table.get("header"), table.get("rows")
    if isinstance(header, list) and isinstance(rows, list):
        lines = tuple(tuple(map(str, row)) for row in rows if isinstance(row, list))
        yield from rows_of_table(PolicyTable(tuple(map(str, header)), lines, (said,)), lexicons()["en"])
