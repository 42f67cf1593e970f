"""Signals of consent as the rules read them: since when, of which page, against which choice, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from consentinel.evidence.guarded import without_fragment
from consentinel.evidence.signal_records import ConsentCommand
from consentinel.evidence.signals import GRANTED, ConsentSignal, Purpose, signals_of
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.messages import listed

_SERVES: Mapping[Purpose, Category] = {
    Purpose.AD_STORAGE: Category.ADVERTISING,
    Purpose.ANALYTICS_STORAGE: Category.ANALYTICS,
    Purpose.AD_USER_DATA: Category.ADVERTISING,
    Purpose.AD_PERSONALIZATION: Category.ADVERTISING,
}
"""The category that each purpose of consent mode serves, unless the profile says otherwise."""

NO_CATEGORY = "the profile does not say which category each purpose of consent mode serves (signals.consent_purposes)"

_PLAIN: Mapping[Purpose, str] = {
    Purpose.AD_STORAGE: "storage for advertising",
    Purpose.ANALYTICS_STORAGE: "storage for analytics",
    Purpose.AD_USER_DATA: "user data for advertising",
    Purpose.AD_PERSONALIZATION: "personal advertising",
}


def signals_since(timeline: Timeline, since: float) -> Iterator[ConsentSignal]:
    """Yield the signals of requests since a moment, in their order."""
    for request in between(timeline.requests, since):
        yield from signals_of(request)


def serving(purpose: Purpose, profile: Profile) -> frozenset[Category]:
    """Return the categories that a purpose serves; none where a policy with categories of its own leaves that open."""
    named = frozenset(one for one, purposes in profile.signals.consent_purposes.items() if purpose in purposes)
    if named:
        return named
    usual = _SERVES[purpose]
    is_known = usual in profile.categories or all(one in tuple(Category) for one in profile.categories)
    return frozenset({usual}) if is_known else frozenset()


def permits(served: frozenset[Category], choice: frozenset[str] | None, profile: Profile) -> bool | None:
    """Return whether a choice allows a purpose that serves these categories; None where nobody can tell.

    Before a choice it allows what can only be objected to.
    """
    if served:
        return not served.isdisjoint(profile.allowed_at(map(Category, choice or ()), choice))
    return None if choice or (choice is None and profile.objectionable) else False


def goes_beyond(signal: ConsentSignal, purpose: Purpose, choice: frozenset[str] | None, profile: Profile) -> bool:
    """Return whether a signal grants more than was chosen. Before a choice the default must deny too."""
    if permits(serving(purpose, profile), choice, profile) is not False:
        return False
    state = dict(signal.purposes).get(purpose)
    if state is not None and choice is None:
        return state.default is not False or state.update is True
    return signal.allowed[purpose] is not False


def unmapped(timeline: Timeline, profile: Profile, since: float) -> tuple[str, ...]:
    """Return the doubt about purposes granted since a moment, where nobody can tell if the choice allows them."""
    granted = [
        (signal.at, purpose)
        for signal in signals_since(timeline, since)
        for purpose, state in signal.allowed.items()
        if state is not False
    ]
    granted += [(command.at, purpose) for command in between(timeline.commands, since) for purpose in said(command)]
    unknown = any(permits(serving(one, profile), timeline.choice_at(at), profile) is None for at, one in granted)
    return (NO_CATEGORY,) if unknown else ()


def said(command: ConsentCommand, state: str = GRANTED) -> list[Purpose]:
    """Return the purposes of which a command says this."""
    return [purpose for purpose in Purpose if (str(purpose), state) in command.states]


def page_of(signal: ConsentSignal) -> str:
    """Return the address of the page whose request carries a signal."""
    return without_fragment(signal.request.page)


def in_words(purposes: Sequence[Purpose]) -> str:
    """Purposes as a sentence names them."""
    return "everything" if len(purposes) == len(Purpose) else listed([_PLAIN[purpose] for purpose in purposes])


def are(purposes: Sequence[Purpose], state: str) -> str:
    """Purposes with their state, as in `storage for analytics is granted`."""
    return f"{in_words(purposes)} {'is' if len(purposes) in (1, len(Purpose)) else 'are'} {state}"
