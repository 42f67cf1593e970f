"""Sends another visitor through the same pages, for comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from consentinel.browser.context import UserContext
from consentinel.browser.errors import BrowserCannot, BrowserError, PageStaysBlank
from consentinel.consent.base import ConsentFailure
from consentinel.evidence.blindness import Blindness
from consentinel.evidence.readings import altered, altered_in_workers
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Category
from consentinel.verdicts import recognisable
from consentinel.verdicts.device_marks import Newcomer
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.observability import about_traffic
from consentinel.verdicts.pings import may_ping
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import SiteUnavailable, VisitFailure
from consentinel.visitor.visitor import Visitor
from consentinel.visitor.visitor_factory import VisitorFactory, go_the_same_way


def another_device(visitor: Visitor, visitor_factory: VisitorFactory) -> Callable[[], Timeline]:
    """Return a function that sends a stranger with a phone the visitor's way, and returns the stranger's timeline.

    The stranger visits the same pages and makes the visitor's largest choice. A value that both are given recognises
    neither. The timeline is empty if the stranger cannot go all the way.
    """
    return partial(_timeline_of_a_stranger, visitor, visitor_factory)


def _timeline_of_a_stranger(visitor: Visitor, visitor_factory: VisitorFactory) -> Timeline:
    with suppress(BrowserError, ConsentFailure, SiteUnavailable):
        stranger = visitor_factory.arrive_by_phone("stranger with a phone")
        agreed = any(choice.granted for choice in visitor.timeline.choices)
        choose = (lambda one: Choices(one).accept_all()) if agreed else None
        return go_the_same_way(stranger, dict.fromkeys(visitor.history), "walks the same way", choose).timeline
    return Timeline.of("", "", ())


def partners_told_nothing(visitor: Visitor, visitor_factory: VisitorFactory, blind: Iterable[Blindness]) -> Verdict:
    """Return whether technical partners were told what recognises the visitor (P19).

    A stranger is sent the same way for comparison, unless no partner has heard anything.
    """
    seen, profile = visitor.timeline, visitor.profile
    if not any(may_ping(request.host, profile) for request in seen.requests):
        return Verdict(doubts=about_traffic(seen, blind))
    stranger = visitor_factory.stranger_like(visitor)
    further = further_like(visitor, stranger)
    return recognisable.partners_cannot_recognise(seen, stranger.timeline, profile, blind, *further)


def further_like(visitor: Visitor, stranger: Visitor) -> tuple[Callable[[], Timeline | None], Newcomer]:
    """Return what lets the stranger go once more, and what sends newcomers, for the rules that compare visitors."""
    return partial(goes_again, stranger, visitor), partial(newcomer_like, visitor)


def goes_again(stranger: Visitor, visitor: Visitor) -> Timeline | None:
    """Let a stranger choose as a visitor has, and go their way once more; return the stranger's timeline.

    What differs between the two times recognises nobody. The open page is loaded anew before: in a single-page site no
    link loads another one. The stranger goes on without a choice where the dialog takes none. None where the site does
    not answer any more: what was found before stays found.
    """
    with suppress(SiteUnavailable, PageStaysBlank):
        way = tuple(stranger.history)
        stranger.load_anew("loads the page anew")
        return go_the_same_way(stranger, way, "walks the same way again", _choice_of(visitor)).timeline
    return None


def newcomer_like(visitor: Visitor, number: int) -> Timeline | None:
    """Send another new visitor a visitor's way, who chooses likewise, and return their record.

    Their pages and workers read other traits of the device than it has, by the number (`altered`); 0 alters none. None
    where nobody can go that way, or the browser cannot alter what pages read.
    """
    with suppress(BrowserError, SiteUnavailable):
        resources = replace(visitor.resources, screenshots=None)
        newcomer = Visitor("newcomer", resources, visitor.profile, None, visitor.device)
        try:
            if number:
                _alter(newcomer, number)
            return go_the_same_way(newcomer, visitor.history, "walks the same way", _choice_of(visitor)).timeline
        finally:
            newcomer.leave()
    return None


def _alter(visitor: Visitor, number: int) -> None:
    """Alter what the pages and workers of a visitor who has opened none yet read of the device. Raises BrowserCannot.

    Without a proxy, what workers read whose scripts have an address of their own stays as it is.
    """
    if not isinstance(visitor.context, UserContext):
        raise BrowserCannot(f"{visitor.browser.engine} cannot alter what pages read of the device")
    visitor.context.add_preload(altered(number))
    if visitor.recorder.tap is not None:
        visitor.recorder.tap.lead_in = altered_in_workers(number)
    visitor.context.open_tab()


def _choice_of(visitor: Visitor) -> Callable[[Visitor], None] | None:
    """Return what makes another one choose as a visitor has; None where they have not chosen."""
    return None if visitor.granted is None else partial(_choose_likewise, granted=visitor.granted)


def _choose_likewise(stranger: Visitor, granted: frozenset[str]) -> None:
    with suppress(BrowserError, ConsentFailure, VisitFailure):
        if granted and granted >= set(stranger.profile.refusable):
            Choices(stranger).accept_all()
        else:
            Choices(stranger).allow_only([Category(one) for one in granted])
