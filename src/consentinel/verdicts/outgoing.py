"""The rule about the links by which a visitor leaves the site (P10)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from consentinel.evidence.guarded import host_of
from consentinel.evidence.payload import address_fields, fragment_fields
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import is_partner
from consentinel.site.profile import Profile
from consentinel.verdicts.carried import is_against_forgery, is_own
from consentinel.verdicts.finding import Verdict, on_page
from consentinel.verdicts.identifiers import identifiers_in
from consentinel.verdicts.messages import shortened
from consentinel.verdicts.recognisable import numbers_of_choice

Links = Sequence[str]
"""The addresses of a page's links to other hosts."""

Told = dict[tuple[str, str], frozenset[str]]
"""Identifiers, by the host that they go to and the name that they have in its address."""

_SIGNING_IN = re.compile(r"state|code_challenge|relaystate", re.IGNORECASE)
"""Names of what a site gives to a sign-in service, to know that the answer is to a question of its own.

Sources: RFC 6749, 10.12; RFC 7636, 4.3; SAML 2.0 Bindings, 3.4.3.
"""


def links_are_anonymous(
    timeline: Timeline,
    mine: Sequence[Links],
    theirs: Sequence[Links],
    profile: Profile,
    further: Callable[[], Sequence[Links]] = tuple,
) -> Verdict:
    """No link to another site carries an identifier, by which that site could recognise the visitor (P10).

    `mine` and `theirs` have the links of each page that was loaded, of the visitor and of another one. A value
    recognises when each load of a page shows it in the same place, two at the least, and another visitor is shown
    another value there: what a page picks anew with each load is none. `further` has the links of one more visitor, who
    is asked where something is found: what both others are shown in its place, and nothing else, is what the site shows
    whoever comes at that time. The number of the choice may go along: a sister site has to know the choice.
    """
    shown = [_told(links, profile) for links in mine]
    others = _merged(_told(links, profile) for links in theirs)
    passing = frozenset[str]().union(*others.values()) | numbers_of_choice(timeline, profile)
    found = []
    for place in dict.fromkeys(place for told in shown for place in told):
        loads = [told[place] for told in shown if place in told]
        if len(loads) > 1 and place in others and frozenset.intersection(*loads) - passing:
            found.append(place)
    later = _merged(_told(links, profile) for links in further()) if found else {}
    verdict = Verdict()
    for host, name in found:
        if later.get((host, name)) != others[host, name]:
            statement = f'a link to {host} carries something that recognises the visitor, as "{shortened(name)}"'
            verdict += on_page(timeline, "recognisable: in a link", host, statement)
    return verdict


def _told(links: Links, profile: Profile) -> Told:
    """Return the identifiers in links to other sites than the technical partners."""
    places = (
        {(host, name): identifiers_in(value)}
        for link in links
        for host in [host_of(link)]
        for name, value in (*address_fields(link), *fragment_fields(link))
        if host and not is_own(host, profile) and not is_partner(host, profile)
        if not is_against_forgery(name) and not _SIGNING_IN.fullmatch(name)
    )
    return {place: tokens for place, tokens in _merged(places).items() if tokens}


def _merged(parts: Iterable[Told]) -> Told:
    merged: Told = {}
    for part in parts:
        for place, tokens in part.items():
            merged[place] = merged.get(place, frozenset()) | tokens
    return merged
