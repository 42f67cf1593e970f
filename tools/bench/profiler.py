"""Charges a scenario's seconds and browser commands to accounts, each second to exactly one account."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

OTHER = "everything else"


@dataclass(slots=True)
class Ledger:
    """Charges the running thread's time to the innermost account that is open; the outer ones stand still."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    trips: Counter[str] = field(default_factory=Counter)
    commands: Counter[str] = field(default_factory=Counter)
    _open: list[str] = field(default_factory=lambda: [OTHER])
    _since: float = field(default_factory=time.perf_counter)

    @contextmanager
    def charging(self, account: str) -> Iterator[None]:
        """Charge what happens inside to this account."""
        self._turn()
        self._open.append(account)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def charged(self, account: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the same function, with its time charged to this account."""

        def timed(*args: Any, **named: Any) -> Any:
            with self.charging(account):
                return function(*args, **named)

        return timed

    def sent(self, command: str) -> None:
        """Count a command to the browser."""
        self.trips[self._open[-1]] += 1
        self.commands[command] += 1

    def taken(self) -> dict[str, Any]:
        """Return the accounts in ms and reset them."""
        self._turn()
        figures = {
            "ms": {account: round(1000 * seconds, 1) for account, seconds in self.seconds.items()},
            "round_trips": dict(self.trips),
            "commands": dict(self.commands),
        }
        self.seconds.clear()
        self.trips.clear()
        self.commands.clear()
        return figures

    def _turn(self) -> None:
        now = time.perf_counter()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now
