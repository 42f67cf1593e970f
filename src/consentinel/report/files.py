"""Writes a file as a whole, so that whoever collects it never reads half of it."""

from __future__ import annotations

from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Write a text as UTF-8, or leave the file as it is. Raises OSError."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)
