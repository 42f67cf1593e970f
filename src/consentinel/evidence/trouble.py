"""Lets a page come to rest while answers are altered on purpose, and says whether any were.

Page time belongs to the harness. So what is late is late by page time, and comes at the same moment in every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from consentinel.browser.wait import meanwhile
from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.observer import Observer
from consentinel.evidence.recorder import Recorder
from consentinel.evidence.records import Settled
from consentinel.evidence.tap import Tap

MOST_ROUNDS = 60
"""How many answers, or answers at a time, are let go until one action's are over: a page may ask without end."""

LANDS = 1.0
"""Seconds of wall time that an answer may take, from when it is passed on, before the next one is."""

AT_ONCE = 0.001
"""Seconds of page time between two moments that count as one."""

HOLDING = (Manner.HELD_BACK, Manner.WITHHELD, Manner.SLOWED)


@dataclass(slots=True)
class Trouble:
    """One visitor's trouble. `unmet` says that nothing which is meant was asked for. As long as that is so, it is a
    doubt; if `is_everybodys`, a page may well ask for nothing, and the scenario is not about this site.

    An answer that is held back is let go `seconds` of page time after it was found to be asked for. `moment` is how
    much page time has passed so far.
    """

    alteration: Alteration
    seconds: float = 0.0
    unmet: str = ""
    is_everybodys: bool = False
    moment: float = 0.0

    def listed(self, recorder: Recorder) -> list[str]:
        """Return where a recorder lists `unmet`."""
        return recorder.no_occasion if self.is_everybodys else recorder.missed

    @contextmanager
    def during(self, observer: Observer) -> Iterator[None]:
        """Hold answers back while the visitor acts. Where the action waits for one of them, page time goes on."""
        self.alteration.hold_back()
        with meanwhile(partial(self._go_on, observer)):
            yield

    def settle(self, observer: Observer, bound: float) -> Settled:
        """Wait for rest, and let what is held back go in its time, until `bound` seconds have passed without any.

        Until the visitor acts again, none is held back any more.
        """
        rested = self._let_go_in_time(observer, bound) if self.alteration.manner in HOLDING else None
        self.alteration.let_go()
        if rested is None:
            rested = observer.settle(bound)
        open_still = self.listed(observer.recorder)
        if self.alteration.applied and self.unmet in open_still:
            open_still.remove(self.unmet)
        return rested

    def _let_go_in_time(self, observer: Observer, bound: float) -> Settled | None:
        """Return the rest at which nothing is held back; None if the page did not come to it."""
        otherwise = self.seconds
        for _ in range(MOST_ROUNDS):
            rested = self._watch(observer, otherwise)
            if rested.complete and rested.bound >= bound and not self.alteration.holds():
                return rested
            observer.recorder.add(rested)
            if not rested.complete:
                return None
            self._pass_on(observer, self._due())
            otherwise = bound
        return None

    def _go_on(self, observer: Observer) -> None:
        """Where anything is held back, let page time go on until the first of it is due, then let go what is due.

        All of it is, where the page does not come to rest: nobody knows how much of its time has passed.
        """
        if not self.alteration.holds():
            return
        rested = self._watch(observer, self.seconds)
        observer.recorder.add(rested)
        self._pass_on(observer, self._due() if rested.complete else self.alteration.held())

    def _watch(self, observer: Observer, otherwise: float) -> Settled:
        """Let page time go on until the first of what is held back is due; `otherwise` if it is not known of any."""
        begun, first = self.moment, self.alteration.first()

        def note_moment(seconds: float) -> None:
            self.moment = begun + seconds
            self.alteration.found(self.moment)

        return observer.settle(otherwise if first is None else max(0.0, first + self.seconds - begun), note_moment)

    def _due(self) -> list[str]:
        return self.alteration.held(self.moment - self.seconds + AT_ONCE)

    def _pass_on(self, observer: Observer, numbers: list[str]) -> None:
        """Let go one after the other, in the order of their addresses: the same in each run."""
        tap = observer.recorder.tap
        for number in numbers:
            self.alteration.pass_on(number)
            if tap is not None:
                observer.recorder.wait_for(partial(_has_landed, tap, number), LANDS)


def _has_landed(tap: Tap, number: str) -> bool:
    """Return whether an answer is complete, or one that has no end has begun."""
    flight = tap.in_flight.get(number)
    return flight is None or flight.endless
