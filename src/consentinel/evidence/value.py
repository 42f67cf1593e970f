"""Keeps out of messages what a site stored or sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a site stored or sent. Its `repr` never shows it, so that no assertion message leaks it."""

    text: str

    def __repr__(self) -> str:
        return f"<value, {len(self.text)} characters>"

    def __len__(self) -> int:
        return len(self.text)


EMPTY = Value("")
"""The value of what has none."""
