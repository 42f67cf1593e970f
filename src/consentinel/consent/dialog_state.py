"""The visible state of a consent dialog at one moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

AGAIN = 0.6
"""Seconds after which a click of which nothing came is repeated; each time twice as long, for what begins anew."""

LOOKS = 8
"""Looks at the page for which nothing must have come of it besides: a page on a busy machine answers late."""


@dataclass(frozen=True, slots=True)
class DialogState:
    """What shows at one moment. `origin` identifies the document, `age` is the ms since it was loaded.

    `accept`, `refuse` and `preferences` are the clicks that are left to accept or refuse everything from here, or to
    see the preferences; none where no click of theirs shows.
    """

    banner: bool
    dialog: bool
    saved: bool
    reopen: bool
    accept: tuple[str, ...]
    refuse: tuple[str, ...]
    preferences: tuple[str, ...]
    origin: float
    age: float

    @property
    def anything(self) -> bool:
        """Whether the dialog shows at all, in either layer."""
        return self.banner or self.dialog


Condition = Callable[[DialogState], bool]


def repeating(condition: Condition, click_again: Callable[[], object] | None) -> Condition:
    """Return the same condition, which repeats the last click while nothing comes of it on the same document.

    Some managers show their buttons before they listen to them; a visitor then clicks again. A button that opens and
    closes in turn would undo a click that only takes its time.
    """
    clicked, patience, looks = time.monotonic(), AGAIN, 0
    origins: set[float] = set()

    def met(at: DialogState) -> bool:
        nonlocal clicked, patience, looks
        looks += 1
        origins.add(at.origin)
        if condition(at):
            return True
        if click_again and len(origins) == 1 and looks > LOOKS and time.monotonic() - clicked > patience:
            clicked, patience, looks = time.monotonic(), 2 * patience, 0
            click_again()
        return False

    return met
