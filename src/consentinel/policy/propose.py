"""Proposes what a published policy says, by rules that can be read (`lexicon.toml`). Nothing proposed is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from consentinel.drafting.lexicon import normal
from consentinel.policy.durations import DAY, duration_of
from consentinel.policy.item_names import names_in
from consentinel.policy.lexicon import Lexicon, lexicon_for, services
from consentinel.policy.page_text import PolicyTable, PolicyText
from consentinel.policy.policy_file import CategoryParameters, RegisterRow

SHORT = 12
"""A heading or an item of more words than this is no name of a category."""


def proposed_promises(text: PolicyText) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each sentence with the promises that it may make. A row of a table of items makes none: the register has it."""
    lexicon = lexicon_for(text.language, text.sentences)
    rows = {block.text for block in text.blocks if block.kind == "row"} if proposed_register(text) else set()
    return tuple((one, () if one in rows else lexicon.promises_of(one)) for one in text.sentences)


def proposed_categories(text: PolicyText) -> Mapping[str, CategoryParameters]:
    """The categories that headings, lists and tables name, by the profile's keys where the lexicon knows them."""
    lexicon = lexicon_for(text.language, text.sentences)
    names: dict[str, str] = {}
    for block in text.blocks:
        found = lexicon.categories_of(block.text)
        if block.kind in ("heading", "item") and len(block.text.split()) <= SHORT and len(set(found)) == 1:
            names.setdefault(found[0], block.text.rstrip(" :"))
    for row in proposed_register(text):
        names.setdefault(row.category, row.category) if row.category else None
    return {key: _category(key, name, text, lexicon) for key, name in names.items()}


def _category(key: str, name: str, text: PolicyText, lexicon: Lexicon) -> CategoryParameters:
    about = [sentence for sentence in text.sentences if key in lexicon.categories_of(sentence)]
    spans = [found for sentence in about if "P04" in lexicon.promises_of(sentence) and (found := duration_of(sentence))]
    objection = any("P33" in lexicon.promises_of(sentence) for sentence in about)
    days = [span.most / DAY for span in spans if span.most]
    named = [service for service in services() if any(service.casefold() in sentence.casefold() for sentence in about)]
    return CategoryParameters(
        name=name,
        model="always" if key == "functionality" else "opt-out" if objection else "opt-in",
        services=tuple(named),
        max_days=max(days, default=None),
    )


def proposed_register(text: PolicyText) -> tuple[RegisterRow, ...]:
    """The rows of the tables that list items: those with a column of names and one of lifetimes or purposes."""
    lexicon = lexicon_for(text.language, text.sentences)
    return tuple(row for table in text.tables for row in _rows(table, lexicon))


def _rows(table: PolicyTable, lexicon: Lexicon) -> Iterator[RegisterRow]:
    places: dict[str, int] = {}
    for place, header in enumerate(table.header):
        key = lexicon.column_of(header)
        if key is not None:
            places.setdefault(key, place)
    if "item" not in places or not places.keys() & {"lifetime", "purpose", "category"}:
        return
    around = next(iter(lexicon.categories_of(table.heading)), "")
    for cells in table.rows:
        fields = {key: " ".join(cells[place].split()) for key, place in places.items() if place < len(cells)}
        first = cells[places["item"]] if places["item"] < len(cells) else ""
        for name in names_in(first) if len(set(cells)) > 1 else ():  # a cell across the table is a title in it
            row = _row(name, fields, around, lexicon)
            if row is not None:
                yield row


def _row(name: str, fields: Mapping[str, str], around: str, lexicon: Lexicon) -> RegisterRow | None:
    host, lifetime = fields.get("host", ""), fields.get("lifetime", "")
    values: dict[str, Any] = {
        "item": name,
        "host": host if "." in host and " " not in host else "",
        "party": _party(fields.get("party", "") or fields.get("kind", "")),
        "kind": _kind(fields.get("kind", "")),
        "category": next(iter(lexicon.categories_of(fields.get("category", ""))), around),
        "lifetime": lifetime if duration_of(lifetime) else "",
        "provider": fields.get("provider", ""),
        "purpose": fields.get("purpose", ""),
    }
    try:
        return RegisterRow.model_validate(values)
    except ValidationError:
        return None  # no name of an item


def _party(text: str) -> str:
    plain = normal(text)
    if any(
        word in plain for word in ("first party", "1st party", "proprietaire", "erstanbieter", "propia", "prima parte")
    ):
        return "first"
    is_third = any(
        word in plain for word in ("third party", "3rd party", "tiers", "drittanbieter", "tercero", "terza parte")
    )
    return "third" if is_third else ""


def _kind(text: str) -> str:
    plain = normal(text)
    words = (("local", "local_storage"), ("lokal", "local_storage"), ("session storage", "session_storage"),
             ("indexeddb", "indexed_db"), ("cookie", "cookie"))  # fmt: skip
    return next((kind for word, kind in words if word in plain), "any")
