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
from consentinel.evidence.records import Settled
from consentinel.evidence.tap import Tap

MOST_ROUNDS = 30
"""How often answers are slowed down one after the other until one action's are over: a page may ask without end."""

LANDS = 1.0
"""Seconds of wall time that an answer may take, from when it is passed on, before the next one is."""


@dataclass(slots=True)
class Trouble:
    """One visitor's trouble. `unmet` is the doubt for as long as nothing that is meant was asked for.

    Answers that are held back come after `seconds` of page time; those that are slowed down, each after so many.
    """

    alteration: Alteration
    seconds: float = 0.0
    unmet: str = ""

    @contextmanager
    def during(self, observer: Observer) -> Iterator[None]:
        """Hold answers back while the visitor acts. Where the action waits for one of them, page time goes on."""
        self.alteration.hold_back()
        with meanwhile(lambda: self.alteration.holds() and self.go_on(observer)):
            yield

    def settle(self, observer: Observer, bound: float) -> Settled:
        """Wait for rest without the answers that are held back, then let them go and wait again.

        Until the visitor acts again, none is held back any more.
        """
        match self.alteration.manner:
            case Manner.HELD_BACK | Manner.WITHHELD:
                observer.recorder.add(observer.settle(self.seconds))
            case Manner.SLOWED:
                for _ in range(MOST_ROUNDS):
                    if not self.go_on(observer):
                        break
        self.alteration.let_go()
        rested = observer.settle(bound)
        if self.alteration.applied and self.unmet in observer.recorder.missed:
            observer.recorder.missed.remove(self.unmet)
        return rested

    def go_on(self, observer: Observer) -> bool:
        """Let page time go on, then pass on what has been held back for so long. Return whether anything was, and
        the page had come to rest before.

        One answer follows the other, in the order of their addresses: the same in each run.
        """
        rested = observer.settle(self.seconds)
        observer.recorder.add(rested)
        held, tap = self.alteration.held(), observer.recorder.tap
        for number in held:
            self.alteration.pass_on(number)
            if tap is not None:
                observer.recorder.wait_for(partial(_has_landed, tap, number), LANDS)
        return bool(held) and rested.complete


def _has_landed(tap: Tap, number: str) -> bool:
    """Whether an answer is complete, or one that has no end has begun."""
    flight = tap.in_flight.get(number)
    return flight is None or flight.endless
