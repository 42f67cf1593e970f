"""How long a worker waits for a consent manager on a site where it has met none yet."""

from __future__ import annotations

from dataclasses import dataclass

FULL_WAITS = 3
"""How often the whole time that a banner may take is waited for in vain; what follows can be told no better then."""

SHORT = 2.0
"""Seconds that each later wait takes."""


@dataclass(slots=True)
class Patience:
    """What a worker's waits for a known consent manager have come to. Where one was met, each wait is a full one."""

    in_vain: int = 0
    has_met: bool = False

    def limit(self, late_s: float) -> float:
        """For how many seconds to wait, where a banner may take `late_s`."""
        return late_s if self.has_met or self.in_vain < FULL_WAITS else min(late_s, SHORT)

    def met(self) -> None:
        """A manager was recognised."""
        self.has_met = True

    def missed(self) -> None:
        """None was."""
        self.in_vain += 1
