"""Signals of consent as the rules read them: since when, of which page, against which choice, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.signals import ConsentSignal, Purpose, signals_of
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Category
from consentinel.verdicts.messages import listed

SERVES: Mapping[Purpose, Category] = {
    Purpose.AD_STORAGE: Category.ADVERTISING,
    Purpose.ANALYTICS_STORAGE: Category.ANALYTICS,
    Purpose.AD_USER_DATA: Category.ADVERTISING,
    Purpose.AD_PERSONALIZATION: Category.ADVERTISING,
}
"""The category of the policy that each purpose of consent mode serves."""

_PLAIN: Mapping[Purpose, str] = {
    Purpose.AD_STORAGE: "storage for advertising",
    Purpose.ANALYTICS_STORAGE: "storage for analytics",
    Purpose.AD_USER_DATA: "user data for advertising",
    Purpose.AD_PERSONALIZATION: "personal advertising",
}


def signals_since(timeline: Timeline, since: float) -> Iterator[ConsentSignal]:
    """The signals of requests since a moment, in their order."""
    for request in between(timeline.requests, since):
        yield from signals_of(request)


def goes_beyond(signal: ConsentSignal, purpose: Purpose, choice: frozenset[str] | None) -> bool:
    """Whether a signal grants more than was chosen. Before a choice the default must deny too."""
    if SERVES[purpose] in (choice or ()):
        return False
    state = dict(signal.purposes).get(purpose)
    if state is not None and choice is None:
        return state.default is not False or state.update is True
    return signal.allowed[purpose] is not False


def page_of(signal: ConsentSignal) -> str:
    """The address of the page whose request carries a signal."""
    return without_fragment(signal.request.page)


def in_words(purposes: Sequence[Purpose]) -> str:
    """Purposes as a sentence names them."""
    return "everything" if len(purposes) == len(Purpose) else listed([_PLAIN[purpose] for purpose in purposes])


def are(purposes: Sequence[Purpose], state: str) -> str:
    """Purposes with their state, as in `storage for analytics is granted`."""
    return f"{in_words(purposes)} {'is' if len(purposes) in (1, len(Purpose)) else 'are'} {state}"
