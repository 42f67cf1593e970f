"""Decides whether a policy lists the categories that it announces: as many, and the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from consentinel.policy.durations import NUMBER_OF
from consentinel.policy.lexicon import Lexicon, lexicon_for
from consentinel.policy.page_text import Block, PolicyText
from consentinel.policy.sentences import sentences_of
from consentinel.site.normal_text import normal

FEWEST = 2
"""Fewer categories than this make no list."""
NAMED_TOGETHER = 3
"""From this many categories on, a sentence that names them enumerates them."""
ITEM_WORDS = 12
"""A list's item of more words than this is a text about a category, known by its first words alone."""
PIECE_WORDS = 4
"""A piece of an enumeration has at most so many words: "social network cookies"."""
DIGITS = 3
"""A number of more digits counts no categories."""
REACH = 3
"""So many blocks after the announcement the list begins at the latest."""

_PIECE = re.compile(r"[,;:]|\s(?:and|or|et|ou|und|oder|y|o|e)\s")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a policy announces: `count` categories, or these `names` of the lexicon; `sentence` says it."""

    sentence: str
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What is announced and not listed. `missing` names categories, where the announcement does."""

    announced: Announcement
    listed: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """How many announcements could be held against a list, and what contradicts."""

    compared: int
    contradictions: tuple[Contradiction, ...]


def announced_and_listed(text: PolicyText) -> Compared:
    """Hold each announcement of a policy against the list of categories that the policy gives."""
    lexicon = lexicon_for(text.language, text.sentences)
    counted = list(_counted(text.blocks, lexicon))
    lists = [listed for _, listed in counted]
    found = [Contradiction(one, listed) for one, listed in counted if one.count != len(listed)]
    compared = len(counted)
    if lists:
        longest = max(lists, key=len)
        named = _kinds(longest, lexicon)
        for announcement in _enumerated(text.blocks, lexicon):
            compared += 1
            missing = tuple(name for name in announcement.names if name not in named)
            if missing and len(announcement.names) > len(longest):
                found.append(Contradiction(announcement, longest, missing))
    return Compared(compared, tuple(found))


def _counted(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[tuple[Announcement, tuple[str, ...]]]:
    """Sentences such as "four kinds of cookies", each with the list of categories that follows."""
    for place, block in enumerate(blocks):
        if block.kind in ("row", "item"):
            continue
        for sentence in sentences_of(block.text):
            count = _count(sentence, lexicon)
            listed = _list_after(blocks, place, sentence, lexicon) if count is not None else ()
            if count is not None and listed and not _lists_itself(sentence, count):
                yield Announcement(sentence, count), listed


def _lists_itself(sentence: str, count: int) -> bool:
    """Return whether a sentence goes on to name so many things, as in "two kinds of cookies: short and long"."""
    pieces = [
        piece for piece in _PIECE.split(sentence.partition(":")[2] or sentence.partition(",")[2]) if piece.strip()
    ]
    return len(pieces) == count


def _count(sentence: str, lexicon: Lexicon) -> int | None:
    """Return the number that stands with the word for categories; None for a sentence without such a number."""
    text = normal(sentence)
    for noun in lexicon.nouns.finditer(text):
        before = re.findall(r"\w+", text[: noun.start()])[-2:]
        for word in reversed(before):
            if word in NUMBER_OF or (word.isdecimal() and len(word) <= DIGITS):
                number = NUMBER_OF.get(word) or int(word)
                return number if number >= FEWEST else None
    return None


def _list_after(blocks: Sequence[Block], place: int, sentence: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the items of the first list after a sentence of a block, if it is one of categories.

    Most of the items of such a list name a category. There is none where another sentence brings
    the list in: "We use these:".
    """
    for start in range(place + 1, min(place + 1 + REACH, len(blocks))):
        if blocks[start].kind == "heading":
            return ()
        if blocks[start].kind == "item":
            before = sentences_of(blocks[start - 1].text)[-1:]
            if before != [sentence] and any(one.rstrip().endswith(":") for one in before):
                return ()
            items = _items(blocks, start)
            naming = [item for item in items if lexicon.categories_of(head_of(item))]
            return items if len(items) >= FEWEST and len(naming) * 2 > len(items) else ()
    return ()


def _items(blocks: Sequence[Block], start: int) -> tuple[str, ...]:
    """Return the items of the list that begins here, without those of lists inside it."""
    number = blocks[start].list_id
    run = takewhile(lambda block: block.kind in ("item", "text") and _within(block, number), blocks[start:])
    return tuple(block.text for block in run if block.kind == "item" and block.list_id == number)


def _within(block: Block, number: int) -> bool:
    return block.kind == "text" or block.list_id >= number


def _enumerated(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[Announcement]:
    """Sentences that name several categories of cookies side by side."""
    for block in blocks:
        for sentence in sentences_of(block.text) if block.kind == "text" else ():
            names = tuple(side_by_side(sentence, lexicon))
            if len(names) >= NAMED_TOGETHER and lexicon.cookies.search(normal(sentence)):
                yield Announcement(sentence, len(names), names)


def side_by_side(sentence: str, lexicon: Lexicon) -> Mapping[str, str]:
    """Return the categories that a sentence lists with commas, each with its words: short pieces that name one."""
    longest: list[tuple[str, str]] = []
    run: list[tuple[str, str]] = []
    for piece in _PIECE.split(sentence):
        found = lexicon.categories_of(piece)
        is_name = len(found) == 1 and (not run or len(piece.split()) <= PIECE_WORDS)
        run = [*run, (found[0], piece.strip())] if is_name else []
        longest = max(longest, run, key=len)
    names: dict[str, str] = {}
    for key, words in longest:
        names.setdefault(key, words)
    return names


def _kinds(listed: Sequence[str], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(kind for item in listed for kind in lexicon.categories_of(head_of(item)))


def head_of(item: str) -> str:
    """Return the words of an item that name it: what stands before a colon or dash, or its first words."""
    head = re.split(r":| [-\u2013\u2014] ", item, maxsplit=1)[0]
    return " ".join(head.split()[:ITEM_WORDS])
