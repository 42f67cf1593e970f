"""Sends another visitor through the same pages, for comparison."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from consentinel.browser.errors import BrowserError
from consentinel.consent.base import ConsentFailure
from consentinel.evidence.timeline import Timeline
from consentinel.visitor.choices import Choices
from consentinel.visitor.errors import SiteUnavailable
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
