"""The script that makes pages read other traits of the device than it has: what changes with them is made of them."""

from __future__ import annotations

from pathlib import Path

_READINGS = (Path(__file__).parent / "page" / "readings.js").read_text(encoding="utf-8")


def altered(number: int) -> str:
    """Return a function for `Context.add_preload`; each number, from 1 on, makes the browser seem another device."""
    return f"() => ({_READINGS})({number})"
