"""The script that makes pages and workers read other traits of the device than it has: what changes is made of them."""

from __future__ import annotations

from pathlib import Path

_READINGS = (Path(__file__).parent / "page" / "readings.js").read_text(encoding="utf-8").strip()


def altered(number: int) -> str:
    """Return a function for `Context.add_preload`; each number, from 1 on, makes the browser seem another device."""
    return f"() => {_call(number)}"


def altered_in_workers(number: int) -> str:
    """Return what the scripts of workers have to begin with, for `Tap.lead_in`: no preload script runs there."""
    return f"{_call(number)};\n"


def _call(number: int) -> str:
    return f"({_READINGS})({number})"
