"""Causes a visitor trouble on purpose: the proxy holds back, breaks or ends the answers that some addresses give.

Page time belongs to the harness. So what is late is late by page time, and comes at the same moment in every run.
"""

from __future__ import annotations

from dataclasses import dataclass

from consentinel.browser.errors import BrowserCannot
from consentinel.evidence.alterations import Alteration, Manner
from consentinel.evidence.guarded import host_of
from consentinel.evidence.trouble import Trouble
from consentinel.site.classify import is_partner
from consentinel.site.served import Addresses
from consentinel.visitor.visitor import Visitor

SLOW = 8.0
"""Seconds of page time that each answer takes over a slow connection: longer than sites wait before they go on."""

LATE = 20.0
"""Seconds of page time by which what is late is late: longer than sites wait before they go on without it."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the answers, and for how many seconds of page time they are held back, where they are."""

    manner: Manner
    seconds: float = 0.0


OF_MANAGERS = {
    "comes late": Fate(Manner.HELD_BACK, LATE),
    "comes after everything else": Fate(Manner.HELD_BACK),
    "never comes": Fate(Manner.WITHHELD, LATE),
    "is cut off": Fate(Manner.ENDED),
    "answers with an error": Fate(Manner.FAILED),
    "comes broken": Fate(Manner.BROKEN),
}
"""What befalls a consent manager, in the words of the features."""


def befall_manager(visitor: Visitor, words: str) -> None:
    """From now on this befalls what the profile's `consent.served_from` names. Raises BrowserCannot without a proxy.

    It need not be asked for any more where it was before: the browser may have kept it.
    """
    fate = OF_MANAGERS[words]
    addresses, tap = Addresses(visitor.profile.consent.served_from, visitor.profile), visitor.recorder.tap
    unmet = "the browser never asked for the consent manager at an address of the profile's consent.served_from"
    was_asked_for = tap is not None and any(map(addresses, tap.addresses))
    _befall(visitor, Trouble(Alteration(addresses, fate.manner), fate.seconds, "" if was_asked_for else unmet))


def cut_off_saving(visitor: Visitor) -> None:
    """From now on no request of the profile's `consent.saved_by` is answered. Raises BrowserCannot without a proxy."""
    patterns = visitor.profile.consent.saved_by
    unmet = "no request to an address of the profile's consent.saved_by was sent to save the choice"
    _befall(visitor, Trouble(Alteration(Addresses(patterns, visitor.profile), Manner.ENDED), 0.0, unmet))


def slow_down(visitor: Visitor) -> None:
    """From now on this visitor waits for each answer but for pages. Raises BrowserCannot without a proxy.

    Pages that ask for nothing else are as fast as ever: then the scenario is not about this site.
    """
    unmet = "the pages asked for nothing besides themselves that could be slow"
    slowed = Alteration(lambda _url: True, Manner.SLOWED)
    _befall(visitor, Trouble(slowed, SLOW, unmet, is_everybodys=True))


def leave_partners_unanswered(visitor: Visitor) -> None:
    """From now on no technical partner answers this visitor's browser. Raises BrowserCannot without a proxy."""
    profile = visitor.profile
    _befall(visitor, Trouble(Alteration(lambda url: is_partner(host_of(url), profile), Manner.ENDED)))


def _befall(visitor: Visitor, trouble: Trouble) -> None:
    tap = visitor.recorder.tap
    if tap is None:
        raise BrowserCannot("only a recording proxy can keep anybody from answering; the run goes without")
    tap.alteration, visitor.trouble = trouble.alteration, trouble
    if trouble.unmet:
        trouble.listed(visitor.recorder).append(trouble.unmet)
