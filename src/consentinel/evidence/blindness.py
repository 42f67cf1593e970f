"""Records what a browser cannot show of what it stores, so that a verdict about it has no evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from consentinel.evidence.records import Kind


class Aspect(StrEnum):
    """What of a kind a browser may not show: that it is there, its term, a script's writing of it, its coming back."""

    ITEM = "item"
    TERM = "term"
    WRITE = "write"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Blindness:
    """A kind that a browser cannot show, with the reason, as found by the positive control.

    `third_party` is true where that holds in other sites' frames alone. `browser` is empty where the context names it.
    """

    kind: Kind
    reason: str
    third_party: bool = False
    aspect: Aspect = Aspect.ITEM
    browser: str = ""
