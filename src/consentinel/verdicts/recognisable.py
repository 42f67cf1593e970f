"""Rules about what tells one visitor from another where nobody is to be known: partners, addresses (P10, P19)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from consentinel.evidence.guarded import host_of
from consentinel.evidence.payload import PATH, address_fields
from consentinel.evidence.records import Blindness, Request
from consentinel.evidence.signals import is_state
from consentinel.evidence.timeline import Timeline
from consentinel.site.profile import Profile
from consentinel.verdicts.anonymity import of_request
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import is_own, parameters
from consentinel.verdicts.finding import Finding, Verdict
from consentinel.verdicts.identifiers import identifiers_in
from consentinel.verdicts.messages import shortened
from consentinel.verdicts.observability import about_traffic
from consentinel.verdicts.pings import may_ping

ENOUGH = 3
"""Addresses of a service that got another value each under one name, from which on the value is taken to change."""


def partners_cannot_recognise(
    timeline: Timeline, stranger: Timeline, profile: Profile, blind: Iterable[Blindness]
) -> Verdict:
    """Technical partners received nothing that distinguishes this visitor from another one (P19).

    The rule compares two visitors: a value recognises when it stays the same for one visitor and differs from that
    of the stranger, who walked the same way. A value that was sent but once is taken to stay the same.
    """
    return _recognisable(timeline, stranger, profile, blind, lambda one: may_ping(one, profile), "told to a partner")


def addresses_are_anonymous(
    timeline: Timeline, stranger: Timeline, profile: Profile, blind: Iterable[Blindness]
) -> Verdict:
    """No address on the site carries an identifier in place of a cookie (P10)."""
    return _recognisable(timeline, stranger, profile, blind, lambda host: is_own(host, profile), "in an address")


def _recognisable(
    timeline: Timeline,
    stranger: Timeline,
    profile: Profile,
    blind: Iterable[Blindness],
    of: Callable[[str], bool],
    rule: str,
) -> Verdict:
    mine = [request for request in timeline.requests if of(request.host)]
    foreign = {value for request in stranger.requests if of(request.host) for _, value in parameters(request, profile)}
    candidates = [
        (request, name, identifiers)
        for request in mine
        for name, value in parameters(request, profile)
        if value not in foreign
        and not is_state(name, value)
        and (identifiers := identifiers_in(value, (request.at, request.at)))
    ]
    passing = fresh(timeline.requests, profile, of) if candidates else frozenset()
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
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


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
            found = identifiers_in(value, (request.at, request.at)) - set(known)
            if found and value not in foreign and not is_fresh and not is_state(name, value):
                yield request, name


def fresh(requests: Iterable[Request], profile: Profile, of: Callable[[str], bool]) -> frozenset[str]:
    """What an address gets anew with each request, or with each load of a page: a nonce, a signature, a trace's number.

    `of` says which hosts' addresses count; `requests` are all, as the pages themselves tell the loads apart.

    That a value changes with the load shows where other loads sent another one under its name. A service may have an
    address for each page: what `ENOUGH` of them are told under one name counts as well.
    """
    times, loads = Counter[str](), defaultdict[str, set[_Load]](set)
    sent, anywhere = defaultdict[tuple[str, str], list[_Told]](list), defaultdict[tuple[str, str], list[_Told]](list)
    for load, request in ((load, one) for load, one in _by_load(requests) if of(one.host)):
        by_name = _identifiers_by_name(request, profile)
        for token in frozenset[str]().union(*by_name.values()):
            times[token] += 1
            loads[token].add(load)
        for name, tokens in by_name.items():
            sent[request.host if name == PATH else place(request.url), name].append((load, tokens))
            anywhere[request.host, name].append((load, tokens))
    several = [told for told in sent.values() if len(told) > 1]
    several += [told for told in anywhere.values() if len(told) >= ENOUGH and all(tokens for _, tokens in told)]
    changing = [told for told in sent.values() if _loads_of(told) > 1]
    changing += [told for told in anywhere.values() if _loads_of(told) >= ENOUGH]
    once = {token for token in _all_in(several) if times[token] == 1}
    return frozenset(once | {token for token in _all_in(changing) if len(loads[token]) == 1})


_Load = tuple[str, int]
"""A load of a page: its address, and which of its loads it is."""

_Told = tuple[_Load, frozenset[str]]
"""With which load a request was sent, and the identifiers in a parameter of it."""


def _by_load(requests: Iterable[Request]) -> Iterator[tuple[_Load, Request]]:
    """Yield requests with the load of the page that sent them."""
    loads = Counter[str]()
    for request in requests:
        page = (request.url if request.document else request.page).partition("#")[0]
        loads[page] += request.document
        yield (page, loads[page]), request


def _identifiers_by_name(request: Request, profile: Profile) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, value in parameters(request, profile):
        found[name] = found.get(name, frozenset()) | identifiers_in(value)
    return found


def _loads_of(told: Collection[_Told]) -> int:
    """How many loads there were; 0 where a request of them was told no identifier."""
    return len({load for load, _ in told}) if all(tokens for _, tokens in told) else 0


def _all_in(told: Iterable[Iterable[_Told]]) -> Iterator[str]:
    return (token for each in told for _, tokens in each for token in tokens)
