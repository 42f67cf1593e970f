"""Decides whether a way back was seen as visitors see it: a browser that is driven may not keep the pages it leaves."""

from __future__ import annotations

from collections.abc import Iterable

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.records import Deed, Kind, Request
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.loads import REDIRECTS


def shows_kept_page(timeline: Timeline) -> bool:
    """Return whether the visitor has gone to a page that the browser had kept, and has done nothing since."""
    return bool(timeline.actions) and timeline.actions[-1].deed is Deed.SEES_KEPT_PAGE


def shows_question_of_history(timeline: Timeline) -> bool:
    """Return whether the visitor has gone to the page of its own on which the site had asked, by the history.

    The site once led from one of its pages to this one, and no more: the other page has shown itself since. Nobody is
    asked again by looking at it.
    """
    pages = [one for one in timeline.requests if one.is_page and one.status not in REDIRECTS]
    if not pages or _was_led(pages[-1]):
        return False
    question = place(pages[-1].url)
    led = [(number, one.asked) for number, one in enumerate(pages) if _was_led(one) and place(one.url) == question]
    return any(later.url == asked for number, asked in led for later in pages[number + 1 :])


def _was_led(page: Request) -> bool:
    return page.asked not in ("", page.url)


def as_visitors_do(timeline: Timeline, blind: Iterable[Blindness]) -> Verdict:
    """This browser keeps pages that are left, as the positive control or this visitor has seen."""
    if any(action.deed is Deed.SEES_KEPT_PAGE for action in timeline.actions):
        return Verdict()
    mine = (one for one in blind if one.kind is Kind.PAGE and one.browser in ("", timeline.browser))
    return Verdict(doubts=tuple(f"the way back cannot be judged in {timeline.browser}: {one.reason}" for one in mine))
