"""Reads what one visitor's record holds since a step began."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consentinel.evidence.records import Action, Choice, Settled, State
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Profile


@dataclass(frozen=True)
class Window:
    """One visitor's record since a step began, in seconds since the epoch."""

    timeline: Timeline
    begun: float
    profile: Profile

    @property
    def actions(self) -> Sequence[Action]:
        """What the visitor did in the step."""
        return between(self.timeline.actions, self.begun)

    @property
    def choices(self) -> Sequence[Choice]:
        """What the visitor chose in the step."""
        return between(self.timeline.choices, self.begun)

    @property
    def rests(self) -> Sequence[Settled]:
        """When a page came to rest in the step."""
        return between(self.timeline.settled, self.begun)

    @property
    def before(self) -> State | None:
        """What was on the device before the step."""
        return self.timeline.state_before(self.begun)

    def pages(self) -> int:
        """Return how many pages came: documents that answered on the wire, or pages that came to rest."""
        documents = [one for one in between(self.timeline.requests, self.begun) if one.is_page and one.status]
        before = [rest for rest in self.timeline.settled if rest.at < self.begun][-1:] or [Settled(0.0, 0.0)]
        shown = [*before, *self.rests]
        return max(len(documents), sum(new.follows(old) for old, new in pairwise(shown)))

    def tabs(self) -> int:
        """Return how many tabs came to rest that had not before: a service worker may have their page at hand."""
        earlier = {rest.tab for rest in self.timeline.settled if rest.at < self.begun}
        return len({rest.tab for rest in self.rests} - earlier)
