"""A page comes to rest without what is held back, and again with it; a trouble that nobody met is a doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mitmproxy.test import tflow

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.observer import Observer
from consentinel.evidence.records import Settled
from consentinel.evidence.trouble import MOST_ROUNDS, Trouble


@dataclass
class Page:
    """Stands in for an observer: notes how long it was watched each time, and what was held back meanwhile."""

    alteration: Alteration
    watched: list[tuple[float, bool]] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    missed: list[str] = field(default_factory=lambda: ["never asked"])
    rounds: list[int] = field(default_factory=list)
    """How many answers are held back more when each look at the page ends."""
    restless: bool = False

    def settle(self, horizon: float) -> Settled:
        self.watched.append((horizon, not self.alteration._is_over))
        for _ in range(self.rounds.pop(0) if self.rounds and not self.alteration._is_over else 0):
            self.hold()
        return Settled(1.0, horizon, complete=not self.restless)

    def hold(self) -> None:
        flow = tflow.tflow()
        self.alteration._held[flow.id] = flow

    @property
    def recorder(self) -> Any:
        return SimpleNamespace(add=self.records.append, missed=self.missed, tap=None)


def settled(manner: Manner, applied: int, seconds: float = 20.0) -> Page:
    alteration = Alteration(lambda _: True, manner, applied)
    page = Page(alteration)
    rested = Trouble(alteration, seconds, "never asked").settle(cast("Observer", page), 5.0)
    assert rested.bound == 5.0
    return page


@pytest.mark.parametrize("manner", [Manner.HELD_BACK, Manner.WITHHELD])
def test_what_is_late_is_let_go_after_its_time_and_held_again_with_the_next_action(manner: Manner) -> None:
    page = settled(manner, 1)
    assert page.watched == [(20.0, True), (5.0, False)]
    assert [one.bound for one in page.records] == [20.0]
    assert page.alteration._is_over
    with Trouble(page.alteration, 20.0).during(cast("Observer", page)):
        assert not page.alteration._is_over


@pytest.mark.parametrize("manner", [Manner.ENDED, Manner.FAILED, Manner.BROKEN])
def test_what_is_answered_at_once_takes_no_time(manner: Manner) -> None:
    assert [seconds for seconds, _ in settled(manner, 1).watched] == [5.0]


def slowed(rounds: list[int], restless: bool = False) -> Page:
    page = Page(Alteration(lambda _: True, Manner.SLOWED, 1), rounds=rounds, restless=restless)
    Trouble(page.alteration, 8.0).settle(cast("Observer", page), 5.0)
    assert not page.alteration.holds()
    assert page.alteration._is_over
    return page


def test_each_answer_is_slow_and_so_is_what_it_leads_to() -> None:
    assert slowed([]).watched == [(8.0, True), (5.0, False)]
    assert slowed([2, 1]).watched == [(8.0, True)] * 3 + [(5.0, False)]


def test_a_page_that_asks_without_end_or_never_rests_keeps_nobody() -> None:
    assert len(slowed([1] * 50).watched) == MOST_ROUNDS + 1
    assert len(slowed([1] * 50, restless=True).watched) == 2


def test_where_an_action_waits_for_an_answer_page_time_goes_on() -> None:
    page = Page(Alteration(lambda _: True, Manner.SLOWED, 1), rounds=[0])
    page.hold()
    with Trouble(page.alteration, 8.0).during(cast("Observer", page)):
        assert wait_until("the preferences", lambda: not page.alteration.holds(), 0.1)
        assert [seconds for seconds, _ in page.watched] == [8.0]
        with pytest.raises(WaitFailed):
            wait_until("nothing", lambda: False, 0.1)
    assert len(page.watched) == 1  # nothing was held any more


def test_what_nobody_asked_for_stays_a_doubt() -> None:
    assert settled(Manner.FAILED, 0).missed == ["never asked"]
    assert settled(Manner.FAILED, 1).missed == []
