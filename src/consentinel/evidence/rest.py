"""Keeps what is to happen at each rest of a page that settles."""

from __future__ import annotations

from collections.abc import Callable

OnRest = Callable[[float], None]
"""Takes how many seconds of page time have passed since the page began to settle."""


def ignore(seconds: float) -> None:
    """Do nothing."""
