"""A page comes to rest without what is held back, and again with it; a trouble that nobody met is a doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest
from mitmproxy.test import tflow

from consentinel.browser.wait import WaitFailed, wait_until
from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.observer import Observer
from consentinel.evidence.records import Settled
from consentinel.evidence.rest import OnRest, ignore
from consentinel.evidence.trouble import HOLDING, MOST_ROUNDS, Trouble


@dataclass
class Page:
    """Stands in for an observer: notes how long it was watched each time, and whether anything would be held back.

    `asks` are the moments of page time at which it asks for something.
    """

    alteration: Alteration
    asks: list[float] = field(default_factory=list)
    restless: bool = False
    moment: float = 0.0
    watched: list[tuple[float, bool]] = field(default_factory=list)
    let_go: list[float] = field(default_factory=list)
    records: list[Any] = field(default_factory=list)
    missed: list[str] = field(default_factory=lambda: ["never asked"])
    _before: set[str] = field(default_factory=set)

    def settle(self, horizon: float, on_rest: OnRest = ignore) -> Settled:
        self.watched.append((horizon, not self.alteration._is_over))
        self.let_go += [self.moment] * len(self._before - {*self.alteration.held()})
        begun, over = self.moment, self.moment + horizon
        for at in [begun, *(one for one in self.asks if begun < one <= over), over]:
            while at in self.asks:
                self.asks.remove(at)
                self.hold()
            on_rest(at - begun)
        self.moment, self._before = over, {*self.alteration.held()}
        return Settled(1.0, horizon, complete=not self.restless)

    def hold(self) -> None:
        flow = tflow.tflow()
        if not self.alteration._is_over:
            self.alteration._held[flow.id] = flow

    @property
    def recorder(self) -> Any:
        return SimpleNamespace(add=self.records.append, missed=self.missed, tap=None)


def settled(manner: Manner, asks: Iterable[float] = (), seconds: float = 20.0, restless: bool = False) -> Page:
    """A page that has come to rest, with a trouble that met something."""
    page = Page(Alteration(lambda _: True, manner, 1), [*asks], restless)
    rested = Trouble(page.alteration, seconds, "never asked").settle(cast("Observer", page), 5.0)
    assert rested.bound >= 5.0
    assert not page.alteration.holds()
    assert page.alteration._is_over
    return page


@pytest.mark.parametrize("manner", HOLDING)
def test_what_is_late_is_let_go_after_its_time_and_held_again_with_the_next_action(manner: Manner) -> None:
    page = settled(manner, [0.0])
    assert page.watched == [(20.0, True), (5.0, True)]
    assert [one.bound for one in page.records] == [20.0]
    with Trouble(page.alteration, 20.0).during(cast("Observer", page)):
        assert not page.alteration._is_over


@pytest.mark.parametrize(
    ("asks", "let_go"),
    [
        ([0.0, 0.0], [20.0, 20.0]),
        ([3.0, 19.5], [23.0, 39.5]),  # asked for late in the time that something else takes
        ([0.0, 20.0], [20.0, 40.0]),  # what an answer leads to
        ([0.0, 24.0], [20.0, 44.0]),  # what a page asks for while it is watched on
    ],
)
@pytest.mark.parametrize("manner", HOLDING)
def test_each_answer_is_late_by_its_whole_time(manner: Manner, asks: list[float], let_go: list[float]) -> None:
    assert settled(manner, asks).let_go == let_go


def test_what_comes_after_everything_else_waits_for_the_rest_alone() -> None:
    page = settled(Manner.HELD_BACK, [0.0], seconds=0.0)
    assert page.let_go == [0.0]
    assert [seconds for seconds, _ in page.watched] == [0.0, 5.0]


@pytest.mark.parametrize("manner", [Manner.ENDED, Manner.FAILED, Manner.BROKEN])
def test_what_is_answered_at_once_takes_no_time(manner: Manner) -> None:
    assert [seconds for seconds, _ in settled(manner).watched] == [5.0]


def test_a_page_that_asks_for_nothing_is_watched_once() -> None:
    assert settled(Manner.SLOWED, seconds=8.0).watched == [(8.0, True)]


def test_a_page_that_asks_without_end_or_never_rests_keeps_nobody() -> None:
    without_end = settled(Manner.SLOWED, map(float, range(1000)), seconds=8.0)
    assert len(without_end.watched) == MOST_ROUNDS + 1
    assert settled(Manner.SLOWED, [0.0, 8.0], seconds=8.0, restless=True).watched == [(8.0, True), (5.0, False)]


@pytest.mark.parametrize("restless", [False, True])
def test_where_an_action_waits_for_an_answer_page_time_goes_on(restless: bool) -> None:
    page = Page(Alteration(lambda _: True, Manner.SLOWED, 1), [0.0, 2.0], restless)
    page.hold()
    with Trouble(page.alteration, 8.0).during(cast("Observer", page)):
        assert wait_until("the preferences", lambda: not page.alteration.holds(), 10.0)  # a busy machine looks rarely
        assert [seconds for seconds, _ in page.watched] == ([8.0] if restless else [8.0, 2.0])
        with pytest.raises(WaitFailed):
            wait_until("nothing", lambda: False, 0.1)
    assert len(page.watched) == 2 - restless  # nothing was held any more


def test_what_nobody_asked_for_stays_a_doubt() -> None:
    for applied, missed in ((0, ["never asked"]), (1, [])):
        alteration = Alteration(lambda _: True, Manner.FAILED, applied)
        page = Page(alteration)
        Trouble(alteration, 0.0, "never asked").settle(cast("Observer", page), 5.0)
        assert page.missed == missed
