"""Decides whether a way back was seen as visitors see it: a browser that is driven may not keep the pages it leaves."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Deed, Kind
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.finding import Verdict


def shows_kept_page(timeline: Timeline) -> bool:
    """Return whether the visitor has gone to a page that the browser had kept, and has done nothing since."""
    return bool(timeline.actions) and timeline.actions[-1].deed is Deed.SEES_KEPT_PAGE


def as_visitors_do(timeline: Timeline, blind: Iterable[Blindness]) -> Verdict:
    """This browser keeps pages that are left, as the positive control or this visitor has seen."""
    if any(action.deed is Deed.SEES_KEPT_PAGE for action in timeline.actions):
        return Verdict()
    mine = (one for one in blind if one.kind is Kind.PAGE and one.browser in ("", timeline.browser))
    return Verdict(doubts=tuple(f"the way back cannot be judged in {timeline.browser}: {one.reason}" for one in mine))
