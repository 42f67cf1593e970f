"""Finds the items that a published policy lists: in tables of any shape, in lists and below headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from pydantic import ValidationError

from consentinel.policy.durations import duration_of
from consentinel.policy.item_names import explanation_in, names_in
from consentinel.policy.lexicon import Lexicon, lexicon_for, lexicon_of_headers
from consentinel.policy.page_text import Block, PolicyTable, PolicyText, row_text
from consentinel.policy.policy_file import RegisterRow
from consentinel.policy.row_fields import host_in, kind_in, lifetimes_in, party_in

DESCRIBES = frozenset({"lifetime", "purpose", "category"})
"""Columns of which a table of items has at least one, beside the names."""

LONGEST_NAME = 60
"""More characters than this are no item's name in running text."""

_HEAD = re.compile(r"(?P<head>[^:\u2013\u2014]+?)(?:\s*:\s+|\s*[\u2013\u2014]\s*|\s+-\s+)(?P<rest>.+)")
_CLAUSE = re.compile(r"[;()]|[.,]\s|[.,]$|\s[\u2013\u2014-]\s")
_IDENTIFIER = re.compile(r"[_*<>\[\]{}#\d]|(?<=\w)[.-](?=\w)|(?<=[a-z])[A-Z]")
"""Signs that an item's name has and that a word of the text has not."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An item that the policy lists, and what the policy calls its category; empty where it names none."""

    row: RegisterRow
    category_name: str


@dataclass(frozen=True, slots=True)
class Register:
    """What a policy lists. `said` is the text of the blocks that list it: they promise nothing besides."""

    items: tuple[Listed, ...]
    said: frozenset[str]


@lru_cache(maxsize=4)
def listed_items(text: PolicyText) -> Register:
    """Return the items that a policy lists, in order. One that is listed again in the same category counts once."""
    main = lexicon_for(text.language, text.sentences)
    found = [_of_table(table, main) for table in text.tables]
    found += [
        _of_block(block, _details(text.blocks, place), main)
        for place, block in enumerate(text.blocks)
        if block.kind in ("item", "heading")
    ]
    items: dict[tuple[str, ...], Listed] = {}
    for one in (one for some, _ in found for one in some):
        items.setdefault(_key(one.row), one)
    return Register(tuple(items.values()), frozenset(line for some, said in found if some for line in said))


def _key(row: RegisterRow) -> tuple[str, ...]:
    return (row.item, row.host, row.kind, row.category)


def rows_of_table(table: PolicyTable, main: Lexicon) -> list[RegisterRow]:
    """Return the items of one table as rows; none of a table that lists something else."""
    return [one.row for one in _of_table(table, main)[0]]


def _of_table(table: PolicyTable, main: Lexicon) -> tuple[list[Listed], list[str]]:
    """Return the items of a table, and its rows as the text has them; none of a table that lists something else."""
    upright = _upright(table, main)
    lexicon = lexicon_of_headers(upright.header, main)
    places = columns_of(upright, lexicon)
    if "item" not in places or not places.keys() & DESCRIBES:
        return [], []
    return list(_rows(upright, places, lexicon)), [row_text(row) for row in (table.header, *table.rows)]


def _upright(table: PolicyTable, main: Lexicon) -> PolicyTable:
    """Return the table with its headers on top. Some tables have them in the first column."""
    lines = (table.header, *table.rows)
    side = tuple(line[0] for line in lines)
    narrow = min(map(len, lines))
    if narrow < 2 or _known(side, main) <= max(_known(table.header, main), 1):
        return table
    turned = [tuple(line[column] for line in lines) for column in range(narrow)]
    return PolicyTable(turned[0], tuple(turned[1:]), table.under)


def _known(headers: Sequence[str], main: Lexicon) -> int:
    lexicon = lexicon_of_headers(headers, main)
    return len({lexicon.column_of(header) for header in headers} - {None})


def columns_of(table: PolicyTable, lexicon: Lexicon) -> Mapping[str, int]:
    """Return the place of each known column by what it holds: of several, the one whose header says the most."""
    places: dict[str, tuple[int, int]] = {}
    for place, header in enumerate(table.header):
        key = lexicon.column_of(header)
        length = len(header.split())
        if key is not None and (key not in places or length > places[key][1]):
            places[key] = (place, length)
    found = {key: place for key, (place, _) in places.items()}
    if "category" not in found and "kind" in found and _name_categories(table, found["kind"], lexicon):
        found["category"] = found.pop("kind")  # "type" may mean the kind of storage or the category
    return found


def _name_categories(table: PolicyTable, place: int, lexicon: Lexicon) -> bool:
    cells = [row[place] for row in table.rows if place < len(row)]
    return sum(1 for cell in cells if lexicon.categories_of(cell)) * 2 > len(cells)


def _rows(table: PolicyTable, places: Mapping[str, int], lexicon: Lexicon) -> Iterator[Listed]:
    under = table.under
    for cells in table.rows:
        if len(cells) > 1 and (title := _title(cells, lexicon)):
            under = (title, *table.under)
            continue
        fields = {key: cells[place] for key, place in places.items() if place < len(cells)}
        yield from _listed(fields.get("item", ""), fields, under, lexicon)


def _title(cells: Sequence[str], lexicon: Lexicon) -> str:
    """Return what a row says that is a title in the table: one cell across it, or a category alone."""
    words = set(filter(None, cells))
    if len(words) != 1:
        return ""
    (word,) = words
    return word if all(cells) or lexicon.categories_of(word) else ""


def _details(blocks: Sequence[Block], place: int) -> list[str]:
    """Return what is said below an item of a list, in its definition or in a list of its own; or below a heading."""
    block = blocks[place]
    after = blocks[place + 1 :]
    if block.kind == "heading":
        return [one.text for one in takewhile(lambda one: one.kind in ("text", "item"), after)]
    within = takewhile(lambda one: one.list_id > block.list_id or _defines(one, block), after)
    return [one.text for one in within]


def _defines(block: Block, item: Block) -> bool:
    return block.kind == "text" and block.list_id == item.list_id


def _of_block(block: Block, details: Sequence[str], lexicon: Lexicon) -> tuple[list[Listed], list[str]]:
    """Return the items that stand at the head of an item of a list or in a heading, if what follows says how long."""
    split = _HEAD.fullmatch(block.text)
    head, rest = (split["head"], split["rest"]) if split else (block.text, "")
    if not _is_name(head, lexicon, must_be_identifier=block.kind == "heading"):
        return [], []
    fields = dict(_fields([*filter(None, [rest]), *details], lexicon))
    lists_others = any(_of_block(Block("item", one), (), lexicon)[0] for one in details)
    if "lifetime" not in fields or lists_others:
        return [], []
    return list(_listed(head, fields, block.under, lexicon)), [block.text, *details]


def _is_name(head: str, lexicon: Lexicon, *, must_be_identifier: bool) -> bool:
    """Return whether a head holds names of items: single words, none of which has another meaning in the text."""
    names = names_in(head)
    if not names or len(head) > LONGEST_NAME * len(names) or any(any(map(str.isspace, name)) for name in names):
        return False
    if all(_IDENTIFIER.search(name) for name in names):
        return True
    is_duration = head[:1].isupper() and duration_of(head)  # "Session", and not a cookie `session`
    has_meaning = is_duration or lexicon.column_of(head) or lexicon.categories_of(head)
    return not must_be_identifier and not has_meaning


def _fields(texts: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield what texts say of an item: `Duration: 2 years`, or a clause such as `kept for 30 days`."""
    clauses = [clause.strip() for text in texts for clause in _CLAUSE.split(text) if clause and clause.strip()]
    spans = []
    for clause in clauses:
        key, _, value = clause.partition(":")
        column = lexicon.column_of(key) if value.strip() else None
        if column and column != "lifetime":
            yield column, value.strip()
        elif duration_of(clause) is not None:
            spans.append(value.strip() if column else clause)
    if spans:
        yield "lifetime", "; ".join(dict.fromkeys(spans))
    yield "kind", " ".join(texts)


def _listed(cell: str, fields: Mapping[str, str], under: Sequence[str], lexicon: Lexicon) -> Iterator[Listed]:
    names = names_in(cell)
    said, category = _category(fields.get("category", ""), under, lexicon)
    for name, lifetime in zip(names, lifetimes_in(fields.get("lifetime", ""), len(names)), strict=True):
        kind = kind_in(explanation_in(cell)) or "any"
        values: dict[str, Any] = {
            "item": name,
            "host": host_in(fields.get("host", "")),
            "party": party_in(fields.get("party", "") or fields.get("kind", "")),
            "kind": kind if kind != "any" else kind_in(fields.get("kind", "")) or "any",
            "category": category,
            "lifetime": lifetime,
            "provider": " ".join(fields.get("provider", "").split()),
            "purpose": " ".join(fields.get("purpose", "").split()),
        }
        try:
            yield Listed(RegisterRow.model_validate(values), said)
        except ValidationError:
            continue  # no name of an item


def _category(cell: str, under: Sequence[str], lexicon: Lexicon) -> tuple[str, str]:
    """Return what the policy calls an item's category, and its key.

    Its own cell says so, else the nearest heading with a category. A heading that names several says nothing.
    """
    if found := lexicon.categories_of(cell):
        return " ".join(cell.split()), found[0]
    for heading in under:
        if found := lexicon.categories_of(heading):
            return (heading, found[0]) if len(found) == 1 else ("", "")
    return "", ""
