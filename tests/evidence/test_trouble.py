"""A page comes to rest without what is held back, and again with it; a trouble that nobody met is a doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.observer import Observer
from consentinel.evidence.records import Settled
from consentinel.evidence.trouble import Trouble


@dataclass
class Page:
    """Stands in for an observer: notes how long it was watched each time, and what was held back meanwhile."""

    alteration: Alteration
    watched: list[tuple[float, bool]] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    missed: list[str] = field(default_factory=lambda: ["never asked"])

    def settle(self, horizon: float) -> Settled:
        self.watched.append((horizon, not self.alteration._is_over))
        return Settled(1.0, horizon)

    @property
    def recorder(self) -> Any:
        return SimpleNamespace(add=self.records.append, missed=self.missed)


def settled(manner: Manner, applied: int, seconds: float = 20.0) -> Page:
    alteration = Alteration(lambda _: True, manner, applied)
    page = Page(alteration)
    rested = Trouble(alteration, seconds, "never asked").settle(cast("Observer", page), 5.0)
    assert rested.bound == 5.0
    return page


@pytest.mark.parametrize("manner", [Manner.HELD_BACK, Manner.WITHHELD])
def test_what_is_late_is_let_go_after_its_time_and_held_again_on_the_next_page(manner: Manner) -> None:
    page = settled(manner, 1)
    assert page.watched == [(20.0, True), (5.0, False)]
    assert [one.bound for one in page.records] == [20.0]
    assert not page.alteration._is_over


@pytest.mark.parametrize("manner", [Manner.ENDED, Manner.FAILED, Manner.BROKEN])
def test_what_is_answered_at_once_takes_no_time(manner: Manner) -> None:
    assert [seconds for seconds, _ in settled(manner, 1).watched] == [5.0]


def test_what_nobody_asked_for_stays_a_doubt() -> None:
    assert settled(Manner.FAILED, 0).missed == ["never asked"]
    assert settled(Manner.FAILED, 1).missed == []
