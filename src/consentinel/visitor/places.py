"""Limits how many visitors have a site open at the same time, over all of this user's runs and workers on a machine.

A scenario may need several visitors, and nobody knows beforehand how many. So that no two scenarios wait for each other
without end, some places are reserved for further visitors, of one scenario at a time. A scenario that has the turn to
use an account keeps its place and its turn for further visitors until it ends, for the same reason.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.lock_files import is_locked, lock_file, open_lock

FURTHER = 3
"""How many places are kept for further visitors, if there are so many besides one for the first."""

LIMIT = 600.0
"""Seconds that a visitor waits for a place, until other scenarios have ended."""


class VisitorPlaces:
    """The places at a site, as one worker sees them: `count` in all, or any number if that is None."""

    def __init__(
        self, count: int | None = None, site: str = "", folder: Path | None = None, limit: float = LIMIT
    ) -> None:
        self._count, self._site, self._limit = count, site, limit
        self._folder = folder or Path(tempfile.gettempdir())
        self._held: dict[int, int] = {}
        self._turn: int | None = None
        self._keeps = False
        self._spare: int | None = None

    def take(self, visitor: object) -> None:
        """Wait for a place for this visitor. Raises SiteUnavailable where none comes, or none can."""
        if self._count is None:
            return
        reserved = min(self._count - 1, FURTHER)
        if not self._held:
            spare, self._spare = self._spare, None
            self._held[id(visitor)] = self._one_of(range(reserved, self._count)) if spare is None else spare
            return
        if len(self._held) > reserved:
            raise SiteUnavailable(
                f"the profile lets {self._count} visitors be there at once (politeness.visitors_at_once), "
                "and this scenario needs more"
            )
        self._take_turn()
        self._held[id(visitor)] = self._one_of(range(reserved))

    def give_back(self, visitor: object) -> None:
        """Give back this visitor's place; nothing if they have none."""
        held = self._held.pop(id(visitor), None)
        if self._keeps and not self._held and held is not None:
            self._spare, held = held, None
        _close(held)
        self._give_turn_back()

    def keep(self) -> None:
        """From now on keep the last place and the turn for further visitors, for a scenario that is to wait for more.

        Raises SiteUnavailable where the turn does not come.
        """
        if self._count is not None and self._count > 1:
            self._take_turn()
        self._keeps = True

    def release(self) -> None:
        """End the keeping."""
        spare, self._spare, self._keeps = self._spare, None, False
        _close(spare)
        self._give_turn_back()

    def _take_turn(self) -> None:
        if self._turn is None:
            self._turn = self._one_of(["further"])

    def _give_turn_back(self) -> None:
        if not self._keeps and len(self._held) <= 1:
            turn, self._turn = self._turn, None
            _close(turn)

    def _one_of(self, names: Iterable[object]) -> int:
        """Wait until one of these locks is free, and return its descriptor."""
        files = [lock_file(self._folder, "place", f"{self._site}\0{name}") for name in names]
        what = "a place at the site (politeness.visitors_at_once)"
        try:
            (opened,) = wait_until(what, lambda: _first_free(files), self._limit)
        except WaitFailed as error:
            raise SiteUnavailable(str(error)) from error
        return opened


def _close(opened: int | None) -> None:
    if opened is not None:
        os.close(opened)


def _first_free(files: Iterable[Path]) -> tuple[int, ...]:
    """Return the descriptor of the first of these locks that is free; none where none is."""
    for file in files:
        opened = open_lock(file)
        if is_locked(opened):
            return (opened,)
        os.close(opened)
    return ()
