"""Rules about what tells one visitor from another where nobody is to be known: partners, addresses (P10, P19)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.guarded import host_of
from consentinel.evidence.payload import address_fields
from consentinel.evidence.records import Kind, Request
from consentinel.evidence.signals import is_state
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.anonymity import of_request
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import is_own, parameters
from consentinel.verdicts.cores import tokens_in
from consentinel.verdicts.device_marks import Newcomer, may_be_of_device, told_of_device
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.identifiers import is_identifier
from consentinel.verdicts.loads import REDIRECTS
from consentinel.verdicts.messages import shortened
from consentinel.verdicts.nonces import Sent
from consentinel.verdicts.observability import about_traffic
from consentinel.verdicts.pings import may_ping
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored_values import kept_on, stored_values

_OF_SCRIPTS = (Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE, Kind.INDEXED_DB)
"""What scripts alone read and send."""


class _Serving(NamedTuple):
    """The identifiers in items that the policy declares as needed: where they may be told, to serve the visitor.

    `in_bodies` holds those of `anywhere` as well.
    """

    anywhere: frozenset[str]
    in_bodies: frozenset[str]


_NOTHING = _Serving(frozenset(), frozenset())


FURTHER = 3
"""Further visitors with the same device who are sent where something may recognise: what one of them sends as well is
of some few, such as the files of a build or of a kind of screen."""

Again = Callable[[], Timeline | None]
"""Lets the stranger choose likewise and go the same way once more, and gives their whole record; None where nobody can.
"""


def partners_cannot_recognise(
    timeline: Timeline,
    stranger: Timeline,
    profile: Profile,
    blind: Iterable[Blindness],
    again: Again = lambda: None,
    newcomer: Newcomer = lambda _: None,
) -> Verdict:
    """Technical partners received nothing that distinguishes this visitor from another one (P19).

    The rule compares two visitors: a value recognises when it stays the same for one visitor and differs from that
    of the stranger, who walked the same way. A value that only one load of a page has sent is taken to stay the same,
    unless the stranger, who then chooses as the visitor has and goes the same way once more, is seen to get another one
    with each load, or one with a single load that neither of the two keeps. What one of `FURTHER` visitors sends as
    well recognises nobody, unless it is computed of the device; `newcomer` sends them. Where one of these or the
    stranger sends nothing that none of the others does, and the visitor has sent something else in its place that no
    store of theirs holds, it is what the site shows whoever comes at that time. A choice may be noted with its number
    by a partner too.
    """
    of, once = partial(may_ping, profile=profile), numbers_of_choice(timeline, profile)
    return _recognisable(timeline, stranger, profile, blind, of, "told to a partner", again, newcomer, once)


def addresses_are_anonymous(
    timeline: Timeline,
    stranger: Timeline,
    profile: Profile,
    blind: Iterable[Blindness],
    again: Again = lambda: None,
    newcomer: Newcomer = lambda _: None,
) -> Verdict:
    """No address on the site carries an identifier in place of a cookie (P10). The further visitors are as above.

    A choice may be noted with its number, by which the visitor can prove it: the site has it from the cookie of the
    choice anyway. What is told of that item with more than one load of a page follows the visitor. The same holds for
    what one host hands over to another on the visitor's way, such as the code of a sign-in or of a waiting room.

    What a script keeps in a store that the policy declares as needed, such as the number of a basket, reaches the site
    by scripts alone: to tell the site is what the item is for. It may not stand in the address of a page. A needed
    cookie of the site's reaches it with each request anyway: a script may repeat it in a body, and in no address.
    """
    of, once = partial(is_own, profile=profile), numbers_of_choice(timeline, profile) | _handed_over(timeline, profile)
    needed = _Serving(*(_needed(timeline, profile, kinds) for kinds in (_OF_SCRIPTS, (*_OF_SCRIPTS, Kind.COOKIE))))
    return _recognisable(timeline, stranger, profile, blind, of, "in an address", again, newcomer, once, needed)


def numbers_of_choice(timeline: Timeline, profile: Profile) -> frozenset[str]:
    """Return the identifiers in what keeps the choice."""
    values = (item.value.text for item, *_ in stored_values(timeline) if is_choice(item, profile))
    return frozenset[str]().union(*map(tokens_in, values))


def _needed(timeline: Timeline, profile: Profile, kinds: Collection[Kind]) -> frozenset[str]:
    """Return the identifiers in functionality items of these kinds, without cookies of other hosts."""
    values = (
        item.value.text
        for item, *_ in stored_values(timeline)
        if item.kind in kinds
        and categories_of(item, profile) == (Category.FUNCTIONALITY,)
        and (item.kind is not Kind.COOKIE or is_own(item.host, profile))
    )
    return frozenset[str]().union(*map(tokens_in, values))


def _handed_over(timeline: Timeline, profile: Profile) -> frozenset[str]:
    """The identifiers in addresses of the site to which one redirection leads, and from which another leads on."""
    passed = (
        one
        for one in timeline.requests
        if one.document and one.asked and one.status in REDIRECTS and is_own(one.host, profile)
    )
    return frozenset(token for one in passed for _, value in address_fields(one.url) for token in tokens_in(value))


def _recognisable(
    timeline: Timeline,
    stranger: Timeline,
    profile: Profile,
    blind: Iterable[Blindness],
    of: Callable[[str], bool],
    rule: str,
    again: Again,
    newcomer: Newcomer,
    once: frozenset[str] = frozenset(),
    needed: _Serving = _NOTHING,
) -> Verdict:
    """`once` holds what may be told with one load of a page, `needed` what may be told to serve the visitor."""
    mine = [request for request in timeline.requests if of(request.host)]
    foreign = {value for request in stranger.requests if of(request.host) for _, value in parameters(request, profile)}
    candidates = [
        (request, name, identifiers)
        for request in mine
        for name, value in parameters(request, profile)
        if value not in foreign
        and not is_state(name, value)
        and (identifiers := tokens_in(value, (request.at, request.at)) - _serving(request, value, needed, profile))
    ]
    sent = Sent.of(timeline.requests if candidates else (), profile, of)
    passing = sent.fresh() | sent.told_once(once) | sent.computed(partial(kept_on, (timeline,)))
    if candidates:
        passing |= _identifiers(stranger, profile, of)
    lasting = [(request, name) for request, name, identifiers in candidates if identifiers - passing]
    seen_again = again() if lasting else None
    if seen_again is not None:
        passing |= _identifiers(seen_again, profile, of)
        theirs = Sent.of(seen_again.requests, profile, of, frozenset(sent.times))
        passing |= sent.drawn_anew(lasting, theirs, partial(kept_on, (timeline, seen_again)))
    others, told = [seen_again or stranger], list[Sent]()
    for _ in range(FURTHER):
        still = [one for one in candidates if one[2] - passing]
        further = newcomer(0) if still else None
        if further is None:
            break
        others.append(further)
        by_chance = (tokens for request, name, tokens in still if not may_be_of_device(request, name, tokens - passing))
        passing |= frozenset[str]().union(*by_chance) & _identifiers(further, profile, of)
        walks = (further,) if told else (stranger, further)
        told += [Sent.of(walk.requests, profile, of, frozenset(sent.times)) for walk in walks]
        shown = sent.replaced([(request, name) for request, name, _ in still], told)
        passing |= shown - kept_on((timeline,), shown)
    findings: dict[tuple[str, str], Finding] = {}
    for request, name, identifiers in candidates:
        if identifiers - passing and (request.host, name) not in findings:
            what = f'something that recognises the visitor, as "{shortened(name)}": {place(request.url)}'
            statement = f"the service at {request.host} was told {what}"
            found = of_request(timeline, profile, request, f"recognisable: {rule}", statement)
            findings[(request.host, name)] = found
    known = {identifier for _, _, identifiers in candidates for identifier in identifiers}
    for request, name in _by_referrer(mine, [one for one in stranger.requests if of(one.host)], profile, known):
        what = f'something that recognises the visitor, as "{shortened(name)}" in the address of its page'
        statement = f"the service at {request.host} was told {what}: {place(request.referer)}"
        found = of_request(timeline, profile, request, f"recognisable: {rule}", statement)
        findings.setdefault((request.host, name), found)
    for request, name in told_of_device(timeline, others, profile, of, newcomer):
        what = f'a fingerprint of the device, as "{shortened(name)}": {place(request.url)}'
        statement = f"the service at {request.host} was told {what}"
        found = of_request(timeline, profile, request, f"recognisable by the device: {rule}", statement)
        findings.setdefault((request.host, name), found)
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _serving(request: Request, value: str, needed: _Serving, profile: Profile) -> frozenset[str]:
    """Return the identifiers of a value that are needed ones, or such with little else beside them.

    None are in the address of a page, nor in what is sent for an optional purpose.
    """
    if request.document or not needed.in_bodies:
        return frozenset()
    is_of_address = any(value == one for _, one in address_fields(request.url))
    tokens, told = needed.anywhere if is_of_address else needed.in_bodies, tokens_in(value)
    held = sorted((token for token in tokens if token in value or token in told), key=len, reverse=True)
    if not held or purpose_of(request, profile) not in (None, Category.FUNCTIONALITY):
        return frozenset()
    pattern = re.compile("|".join(map(re.escape, held)))
    return frozenset(token for token in told if not is_identifier(pattern.sub(" ", token)))


def _identifiers(timeline: Timeline, profile: Profile, of: Callable[[str], bool]) -> frozenset[str]:
    """Return the identifiers that a visitor has sent to some hosts."""
    values = {value for one in timeline.requests if of(one.host) for _, value in parameters(one, profile)}
    return frozenset[str]().union(*map(tokens_in, values))


def _by_referrer(
    mine: Iterable[Request], theirs: Iterable[Request], profile: Profile, known: Collection[str]
) -> Iterator[tuple[Request, str]]:
    """Yield the requests whose referrer is a page of the site with an identifier, and the parameter that holds it.

    An address that was asked for is judged as such; a script may give its page another. `known` has the identifiers
    that were found otherwise.
    """
    requests, foreign = tuple(mine), {value for one in theirs for _, value in address_fields(one.referer)}
    asked = {one.url.partition("#")[0] for one in requests}
    told = {(one.host, one.referer): one for one in requests if is_own(host_of(one.referer), profile)}
    pages = {page: set(address_fields(page)) for _, page in told if page not in asked}
    times = Counter(field for fields in pages.values() for field in fields)
    several = Counter(name for name, _ in times)
    for (_, page), request in told.items():
        for name, value in sorted(pages.get(page, ())):
            is_fresh = times[name, value] == 1 and several[name] > 1
            found = tokens_in(value, (request.at, request.at)) - set(known)
            if found and value not in foreign and not is_fresh and not is_state(name, value):
                yield request, name
