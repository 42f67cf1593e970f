"""Reads a published policy: HTML to sentences and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from soupsieve import SelectorSyntaxError

from consentinel.evidence.guarded import number_of
from consentinel.policy.fingerprints import normalised

BlockKind = Literal["heading", "text", "item", "row"]

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "caption", "legend"})
_ITEMS = frozenset({"li", "dt"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "nav", "button", "select", "iframe"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i",
     "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_LISTS = frozenset({"ul", "ol", "dl"})

MOST_CELLS = 200
"""The widest span that a table's cell may have, whatever its markup says."""

_END = re.compile(r"(?<=[.!?…])[\"'”»)]*\s+(?=[\"'“«(]*[A-ZÀ-ÞŒ0-9])")
_SHORT = re.compile(
    r"\b(?:e\.g|i\.e|etc|cf|no|art|inc|ltd|co|corp|vs|p\.ex|z\.\s?b|bzw|usw|d\.\s?h|ca|ggf|nr|abs|ej|ecc|es|sig|[a-z])\.$",
    re.I,
)


class NotInPage(Exception):
    """The place of the policy is not in the page. The message is one line."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a policy: a heading, a run of text, an item of a list, a row of a table.

    `list_id` numbers the list that an item stands in, from 1; 0 for what stands in none.
    """

    kind: BlockKind
    text: str
    list_id: int = 0


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """A table: its header's cells and its rows', each repeated where it spans. `heading` stands before the table."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy as it is published."""

    blocks: tuple[Block, ...]
    tables: tuple[PolicyTable, ...]
    language: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences in order, each once: a row of a table is one."""
        found: dict[str, str] = {}
        for block in self.blocks:
            for sentence in [block.text] if block.kind == "row" else sentences_of(block.text):
                found.setdefault(normalised(sentence), sentence)
        return tuple(sentence for plain, sentence in found.items() if plain)


def read_page(html: str, selector: str = "") -> PolicyText:
    """The policy in a page. Raises NotInPage where the selector finds nothing."""
    soup = BeautifulSoup(html, "html.parser")
    try:
        places = soup.select(selector) if selector else [soup.select_one("main") or soup.body or soup]
    except SelectorSyntaxError as error:
        raise NotInPage(f"the selector {selector} is not understood") from error
    if not places:
        raise NotInPage(f"nothing in the page matches the selector {selector}")
    reader = _Reader()
    for place in places:
        reader.read(place)
        reader.flush("text")
    root = soup.find("html")
    language = str(root.get("lang", "")) if isinstance(root, Tag) else ""
    return PolicyText(tuple(reader.blocks), tuple(reader.tables), language.partition("-")[0].lower())


def sentences_of(text: str) -> list[str]:
    """The sentences of a run of text. An abbreviation ends none."""
    found: list[str] = []
    for part in _END.split(text):
        if found and _SHORT.search(found[-1]):
            found[-1] += f" {part}"
        elif part.strip():
            found.append(part.strip())
    return found


@dataclass
class _Reader:
    """Walks through a page and notes blocks and tables in order."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[PolicyTable] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _lists: int = 0
    _list_now: int = 0
    _heading: str = ""

    def read(self, tag: Tag, kind: BlockKind = "text") -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # no comment, no doctype
                    self._words.append(str(child))
            elif isinstance(child, Tag) and child.name not in _SKIPPED and not child.has_attr("hidden"):
                self._read_tag(child, kind)

    def _read_tag(self, tag: Tag, kind: BlockKind) -> None:
        if tag.name in _INLINE:
            if tag.name == "br":
                self._words.append(" ")
            self.read(tag, kind)
            return
        self.flush(kind)
        inner = self._kind_of(tag, kind)
        if tag.name == "table" and tag.find("table") is None:
            self._read_table(tag)
        elif tag.name in _LISTS:
            outer, self._lists = self._list_now, self._lists + 1
            self._list_now = self._lists
            self.read(tag, kind)
            self._list_now = outer
        else:
            self.read(tag, inner)
            self.flush(inner)

    def _kind_of(self, tag: Tag, kind: BlockKind) -> BlockKind:
        if tag.name in _HEADINGS:
            return "heading"
        return "item" if tag.name in _ITEMS else "text" if tag.name == "dd" else kind

    def flush(self, kind: BlockKind) -> None:
        """End a block."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if not text:
            return
        self.blocks.append(Block(kind, text, self._list_now if kind == "item" else 0))
        if kind == "heading":
            self._heading = text

    def _read_table(self, tag: Tag) -> None:
        caption = tag.find("caption")
        heading = " ".join(caption.get_text(" ").split()) if isinstance(caption, Tag) else self._heading
        rows = list(_grid(tag))
        if not rows:
            return
        header, body = rows[0], rows[1:]
        self.tables.append(PolicyTable(header, tuple(body), heading))
        self.blocks += [Block("row", " | ".join(dict.fromkeys(filter(None, row)))) for row in rows if any(row)]


def _grid(table: Tag) -> Iterator[tuple[str, ...]]:
    """The rows of a table, with each cell repeated where it spans columns or rows."""
    waiting: dict[int, tuple[str, int]] = {}
    for row in table.find_all("tr"):
        cells: list[str] = []
        own = list(row.find_all(["td", "th"], recursive=False))
        while own or len(cells) in waiting:
            column = len(cells)
            if column in waiting:
                text, more = waiting.pop(column)
                if more > 1:
                    waiting[column] = (text, more - 1)
                cells.append(text)
                continue
            cell = own.pop(0)
            text, down = _text_of(cell), _span(cell, "rowspan")
            for _ in range(_span(cell, "colspan")):
                if down > 1:
                    waiting[len(cells)] = (text, down - 1)
                cells.append(text)
        if cells:
            yield tuple(cells)


def _text_of(cell: Tag) -> str:
    """A cell's words; a line of it stays a line."""
    for line in cell.find_all(["br", "p", "li", "div"]):
        line.insert_before("\n") if line.name != "br" else line.replace_with("\n")
    lines = (" ".join(line.split()) for line in cell.get_text("").split("\n"))
    return "\n".join(filter(None, lines))


def _span(cell: Tag, name: str) -> int:
    number = number_of(str(cell.get(name, "1")).strip())
    return min(max(int(number or 1), 1), MOST_CELLS)
