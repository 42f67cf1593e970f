"""Reads a published policy: HTML to sentences and tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag
from soupsieve import SelectorSyntaxError

from consentinel.evidence.guarded import number_of
from consentinel.policy.fingerprints import normalised
from consentinel.policy.sentences import sentences_of

BlockKind = Literal["heading", "text", "item", "row"]

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 7, "legend": 7, "caption": 8}
"""Elements that are headings, and how deep each stands."""

_ITEMS = frozenset({"li", "dt"})
_SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "nav", "select", "iframe"})
_NOT_POLICY = frozenset({"banner", "contentinfo", "navigation", "search", "dialog", "alertdialog"})
"""Roles of what surrounds a page's text, and of what lies above it, such as a consent dialog."""

_SECTIONS = ("main", "article", "section", "aside", "nav")
"""Elements whose header and footer belong to them, and not to the page (HTML Accessibility API Mappings)."""

_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i",
     "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
     "time", "tt", "u", "var", "wbr"}
)  # fmt: skip
_CONTROL = [chr(code) for code in range(32) if chr(code) not in "\t\n\f\r"]
_LISTS = frozenset({"ul", "ol", "dl"})

DEEPEST = 150
"""So many elements deep a page may be nested: deeper, it is no text that somebody wrote."""

MOST_BLOCKS = 5000
"""A page with more pieces of text than this holds more than a policy."""

ELSEWHERE = "name the place of the policy by its selector"

CONTROL_SHARE = 0.05
"""A page with a larger share of control characters than this is no text."""

MOST_CELLS = 200
"""The widest span that a table's cell may have, whatever its markup says."""


class NotInPage(Exception):
    """The place of the policy is not in the page. The message is one line."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a policy: a heading, a run of text, an item of a list, a row of a table.

    `list_id` numbers the list that an item, or the definition of one, stands in, from 1; 0 for what stands in none.
    `under` is the headings that it stands under, the nearest first.
    """

    kind: BlockKind
    text: str
    list_id: int = 0
    under: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """A table: its header's cells and its rows', each repeated where it spans.

    `under` is its caption and the headings that it stands under, the nearest first.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyText:
    """A policy as it is published."""

    blocks: tuple[Block, ...]
    tables: tuple[PolicyTable, ...]
    language: str = ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences in order, each once: a row of a table is one."""
        found: dict[str, str] = {}
        for block in self.blocks:
            for sentence in sentences_in(block):
                found.setdefault(normalised(sentence), sentence)
        return tuple(sentence for plain, sentence in found.items() if plain)


def sentences_in(block: Block) -> list[str]:
    """Return the sentences of a block. A row of a table is one."""
    return [block.text] if block.kind == "row" else sentences_of(block.text)


def row_text(cells: Sequence[str]) -> str:
    """Return a row of a table as a sentence: its cells, each once."""
    return " | ".join(dict.fromkeys(filter(None, cells)))


def read_page(html: str, selector: str = "") -> PolicyText:
    """Return the policy in a page. Raises NotInPage where the selector finds nothing."""
    if sum(map(html.count, _CONTROL)) > CONTROL_SHARE * len(html):
        raise NotInPage("it is no text")
    soup = BeautifulSoup(html, "html.parser")
    try:
        places = soup.select(selector) if selector else [soup.select_one("main, [role=main]") or soup.body or soup]
    except SelectorSyntaxError as error:
        raise NotInPage(f"the selector {selector} is not understood") from error
    if not places:
        raise NotInPage(f"nothing in the page matches the selector {selector}")
    reader = _Reader(_controlled(soup))
    for place in places:
        reader.read(place)
        reader.flush("text")
    root = soup.find("html")
    language = str(root.get("lang", "")) if isinstance(root, Tag) else ""
    return PolicyText(tuple(reader.blocks), tuple(reader.tables), language.partition("-")[0].lower())


def _controlled(soup: BeautifulSoup) -> frozenset[str]:
    """Return the ids of what a button of the page shows, such as the closed parts of an accordion."""
    return frozenset(one for tag in soup.select("[aria-controls]") for one in str(tag["aria-controls"]).split())


@dataclass
class _Reader:
    """Walks through a page and notes blocks and tables in order."""

    controlled: Collection[str] = ()
    blocks: list[Block] = field(default_factory=list)
    tables: list[PolicyTable] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _lists: int = 0
    _list_now: int = 0
    _level: int = 0
    _depth: int = 0
    _defines: bool = False
    _headings: list[tuple[int, str]] = field(default_factory=list)

    def read(self, tag: Tag, kind: BlockKind = "text") -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotInPage(
                f"it is nested more than {DEEPEST} elements deep; name the place of the policy (--selector)"
            )
        self._read_children(tag, kind)
        self._depth -= 1

    def _read_children(self, tag: Tag, kind: BlockKind) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):  # no comment, no doctype
                    self._words.append(str(child))
            elif isinstance(child, Tag) and not self._is_left_out(child, kind):
                self._read_tag(child, kind)

    def _is_left_out(self, tag: Tag, kind: BlockKind) -> bool:
        """Return whether a tag is no part of the policy.

        A button is one inside a heading: it opens what stands below.
        """
        if tag.name in _SKIPPED or (tag.name == "button" and kind != "heading") or tag.get("role") in _NOT_POLICY:
            return True
        if tag.name in ("header", "footer") and tag.find_parent(_SECTIONS) is None:
            return True
        return tag.has_attr("hidden") and tag.get("id") not in self.controlled

    def _read_tag(self, tag: Tag, kind: BlockKind) -> None:
        if tag.name in _INLINE or tag.name == "button":
            if tag.name == "br":
                self._words.append(" ")
            self.read(tag, kind)
            return
        self.flush(kind)
        if tag.name == "table" and tag.find("table") is None:
            self._read_table(tag)
        elif tag.name in _LISTS:
            outer, self._lists = self._list_now, self._lists + 1
            self._list_now = self._lists
            self.read(tag, kind)
            self._list_now = outer
        else:
            self._read_block(tag, kind)

    def _read_block(self, tag: Tag, kind: BlockKind) -> None:
        """Read a tag that begins a block. A heading inside `details` ends with it."""
        outside = (self._level, self._defines, list(self._headings))
        self._level = _LEVELS.get(tag.name, self._level)
        self._defines = self._defines or tag.name == "dd"
        inner = self._kind_of(tag, kind)
        self.read(tag, inner)
        self.flush(inner)
        self._level, self._defines, headings = outside
        if tag.name == "details":
            self._headings = headings

    def _kind_of(self, tag: Tag, kind: BlockKind) -> BlockKind:
        if tag.name in _LEVELS:
            return "heading"
        return "item" if tag.name in _ITEMS else "text" if tag.name == "dd" else kind

    def flush(self, kind: BlockKind) -> None:
        """End a block."""
        text = " ".join("".join(self._words).split())
        self._words.clear()
        if not text:
            return
        if len(self.blocks) >= MOST_BLOCKS:
            raise NotInPage(
                f"it holds more than {MOST_BLOCKS:,} pieces of text; name the place of the policy (--selector)"
            )
        self.blocks.append(Block(kind, text, self._list_now if kind == "item" or self._defines else 0, self._under()))
        if kind == "heading":
            self._headings = [*(one for one in self._headings if one[0] < self._level), (self._level, text)]

    def _add(self, *blocks: Block) -> None:
        self.blocks += blocks
        if len(self.blocks) > MOST_BLOCKS:
            raise NotInPage(f"it holds more than {MOST_BLOCKS:,} pieces of text; {ELSEWHERE}")

    def _under(self) -> tuple[str, ...]:
        return tuple(text for _, text in reversed(self._headings))

    def _read_table(self, tag: Tag) -> None:
        caption = tag.find("caption")
        titles = [" ".join(caption.get_text(" ").split())] if isinstance(caption, Tag) else []
        rows = list(_grid(tag))
        if rows:
            under = (*filter(None, titles), *self._under())
            self.tables.append(PolicyTable(rows[0], tuple(rows[1:]), under))
            self._add(*(Block("row", row_text(row), 0, under) for row in rows if any(row)))


def _grid(table: Tag) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table, with each cell repeated where it spans columns or rows."""
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
    """Return a cell's words; a line of it stays a line."""
    for line in cell.find_all(["br", "p", "li", "div"]):
        line.insert_before("\n") if line.name != "br" else line.replace_with("\n")
    lines = (" ".join(line.split()) for line in cell.get_text("").split("\n"))
    return "\n".join(filter(None, lines))


def _span(cell: Tag, name: str) -> int:
    number = number_of(str(cell.get(name, "1")).strip())
    return min(max(int(number or 1), 1), MOST_CELLS)
