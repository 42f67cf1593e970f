"""Writes strangers' text as TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable


def comment(lines: Iterable[str]) -> str:
    """Return each line as a comment."""
    return "\n".join(f"# {plain(line)}" for line in lines)


def plain(words: str) -> str:
    """Return text of a stranger's, safe in a comment."""
    return "".join(character if character.isprintable() else " " for character in words)[:400]


def text(words: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's, but for the control character DEL."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(entries: Iterable[str]) -> str:
    """Return a TOML array of strings."""
    return f"[{', '.join(map(text, entries))}]"
