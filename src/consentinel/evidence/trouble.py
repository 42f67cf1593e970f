"""Lets a page come to rest while answers are altered on purpose, and says whether any were.

Page time belongs to the harness. So what is late is late by page time, and comes at the same moment in every run.
"""

from __future__ import annotations

from dataclasses import dataclass

from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.observer import Observer
from consentinel.evidence.records import Settled


@dataclass(slots=True)
class Trouble:
    """One visitor's trouble. `unmet` is the doubt for as long as nothing that is meant was asked for."""

    alteration: Alteration
    seconds: float = 0.0
    unmet: str = ""

    def settle(self, observer: Observer, bound: float) -> Settled:
        """Wait for rest without the answers that are held back, then let them go and wait again."""
        if self.alteration.manner in (Manner.HELD_BACK, Manner.WITHHELD):
            observer.recorder.add(observer.settle(self.seconds))
            self.alteration.let_go()
        rested = observer.settle(bound)
        self.alteration.hold_back()
        if self.alteration.applied and self.unmet in observer.recorder.missed:
            observer.recorder.missed.remove(self.unmet)
        return rested
