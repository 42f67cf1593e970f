"""Rules about recognising and naming the visitor (P03, P12, P18, P19, P26)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from consentinel.evidence.gpp import sections_of
from consentinel.evidence.payload import PATH
from consentinel.evidence.records import (
    Blindness,
    Kind,
    Request,
    StoredItem,
)
from consentinel.evidence.tcf import decoded
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import categories_of, is_choice, is_partner
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place, who_wrote
from consentinel.verdicts.carried import (
    carried,
    is_own,
    parameters,
    spoken,
)
from consentinel.verdicts.finding import (
    UNDECLARED,
    Finding,
    Verdict,
    about_request,
    moment_of,
)
from consentinel.verdicts.identifiers import (
    Finder,
    identifiers_in,
    named_in,
    needles,
    recognises,
)
from consentinel.verdicts.messages import sentence, shortened, thing
from consentinel.verdicts.observability import about_storage, about_traffic
from consentinel.verdicts.pings import may_ping
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored_values import stored_values, values_read

_KEEPS = (Kind.COOKIE, Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE)
"""What a script can read at once."""


def stores_no_personal_data(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No stored value holds the visitor's e-mail address, name or telephone number, decoded or hashed (P03)."""
    wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at, writer, _ in stored_values(timeline):
        key = (item.kind, item.host, item.name)
        what = "" if key in findings else named_in(item.value.text, wanted) or named_in(item.name, wanted)
        if what:
            statement = f"{thing(item.kind, item.name)} of {item.host} holds the visitor's {what}"
            findings[key] = _about(timeline, profile, item, at, "names a person", statement, writer)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def sends_no_personal_data(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0
) -> Verdict:
    """No other service received personal data of the visitor, in an address, a body or a cookie (P03)."""
    wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
    findings: dict[str, Finding] = {}
    for request in between(timeline.requests, since):
        if request.host in findings or is_own(request.host, profile):
            continue
        what = next((found for text in carried(request) if (found := named_in(text, wanted))), "")
        if what:
            statement = (
                f"the service at {request.host} was told the visitor's {what}: {request.method} {place(request.url)}"
            )
            findings[request.host] = _of_request(timeline, profile, request, "names a person", statement)
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def functionality_stays_home(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No value of a functionality item was sent to a service of another category (P18).

    The choice itself does not count: services may receive what the visitor allowed.
    """
    secrets: dict[str, StoredItem] = {}
    for item, *_ in stored_values(timeline):
        if Category.FUNCTIONALITY in categories_of(item, profile) and not _says_the_choice(item, profile):
            secrets.update(dict.fromkeys(identifiers_in(item.value.text), item))
    finder = Finder(secrets)
    findings: dict[tuple[str, str], Finding] = {}
    for request in timeline.requests:
        if is_own(request.host, profile) or is_partner(request.host, profile):
            continue
        for token in finder.found_in(" ".join(carried(request))):
            item = secrets[token]
            if (item.name, request.host) not in findings and recognises(token, (request.at, request.at)):
                statement = f"the value of {thing(item.kind, item.name)} was sent to {request.host}"
                finding = _of_request(timeline, profile, request, "functionality value sent away", statement)
                findings[(item.name, request.host)] = _named(finding, item)
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def came_back(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float) -> Verdict:
    """No identifier from before a moment is in a cookie, or on its way to a service, after it (P04, P12)."""
    old = _identifiers_before(timeline, profile, since)
    findings: dict[tuple[str, str], Finding] = {}
    for item, at, writer, span in stored_values(timeline, since):
        if item.kind is not Kind.COOKIE:
            continue
        for token in sorted(identifiers_in(item.value.text, span) & old.keys()):
            if (item.name, item.host) not in findings:
                whose = thing(Kind.COOKIE, old[token].name)
                statement = f"{thing(item.kind, item.name)} of {item.host} came back with the old value of {whose}"
                findings[(item.name, item.host)] = _about(
                    timeline, profile, item, at, "identifier came back", statement, writer
                )
    for request in between(timeline.requests, since):
        if purpose_of(request, profile) in (None, Category.FUNCTIONALITY):
            continue
        for token in sorted(identifiers_in(" ".join(carried(request)), (request.at, request.at)) & old.keys()):
            if (old[token].name, old[token].host) not in findings:
                statement = (
                    f"the service at {request.host} was sent the old value of {thing(Kind.COOKIE, old[token].name)}"
                )
                finding = _of_request(timeline, profile, request, "identifier came back", statement)
                findings[(old[token].name, old[token].host)] = _named(finding, old[token])
    return Verdict(tuple(findings.values()), about_storage(timeline, blind, (Kind.COOKIE,)))


def left_unread(
    timeline: Timeline, profile: Profile, refused: Collection[Category], blind: Iterable[Blindness], since: float
) -> Verdict:
    """No script has read an identifier of the refused categories since a moment and put it into a request (P11, P27).

    Cookie headers do not count: the browser itself adds them to whatever is sent to their host.
    """
    old = {
        token: item
        for token, item in _identifiers_before(timeline, profile, since, _KEEPS).items()
        if any(category in refused for category in categories_of(item, profile))
    }
    finder = Finder(old)
    findings: dict[str, Finding] = {}
    for request in between(timeline.requests, since):
        for token in finder.found_in(" ".join(spoken(request))):
            item = old[token]
            if item.name not in findings and recognises(token, (request.at, request.at)):
                statement = f"the value of {thing(item.kind, item.name)} was read after consent had ended, and sent to "
                statement += f"{request.host}: {request.method} {place(request.url)}"
                finding = _of_request(timeline, profile, request, "read without consent", statement)
                findings[item.name] = replace(finding, category=_category(item, profile))
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _says_the_choice(item: StoredItem, profile: Profile) -> bool:
    """Whether an item is the choice, or a consent string: two who chose the same on one day may hold the same."""
    text = item.value.text
    return is_choice(item.kind, item.name, profile) or decoded(text) is not None or bool(sections_of(text))


def _category(item: StoredItem, profile: Profile) -> str:
    return next(iter(categories_of(item, profile)), UNDECLARED)


def _identifiers_before(
    timeline: Timeline, profile: Profile, since: float, kinds: Collection[Kind] = (Kind.COOKIE,)
) -> dict[str, StoredItem]:
    """The identifiers that were in such items when the device was read before a moment; the choice is none."""
    found: dict[str, StoredItem] = {}
    for item, *_ in values_read([state for state in timeline.states if state.at < since]):
        if item.kind in kinds and not _says_the_choice(item, profile):
            found.update(dict.fromkeys(identifiers_in(item.value.text), item))
    return found


def share_nothing(one: Timeline, other: Timeline, profile: Profile) -> Verdict:
    """Two visitors hold no identifier in common (P26)."""
    theirs: dict[str, bool] = {}
    for item, *_, span in stored_values(other):
        for token in identifiers_in(item.value.text):
            theirs[token] = theirs.get(token, False) or recognises(token, span)
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at, writer, span in stored_values(one):
        if item.kind is not Kind.COOKIE or _says_the_choice(item, profile):
            continue
        own = identifiers_in(item.value.text)
        # What the clock said to both is no finding. Who came later and holds the other's moment was given it.
        if own <= theirs.keys() and any(theirs[token] or recognises(token, span) for token in own):
            statement = f"{thing(item.kind, item.name)} of {item.host} has the same value in two profiles"
            findings.setdefault(item.identity, _about(one, profile, item, at, "identifier shared", statement, writer))
    return Verdict(tuple(findings.values()))


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
        if value not in foreign and (identifiers := identifiers_in(value, (request.at, request.at)))
    ]
    passing = fresh(mine, profile) if candidates else frozenset()
    findings: dict[tuple[str, str], Finding] = {}
    for request, name, identifiers in candidates:
        if identifiers - passing and (request.host, name) not in findings:
            what = f'something that recognises the visitor, as "{shortened(name)}": {place(request.url)}'
            statement = f"the service at {request.host} was told {what}"
            found = _of_request(timeline, profile, request, f"recognisable: {rule}", statement)
            findings[(request.host, name)] = found
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def fresh(requests: Iterable[Request], profile: Profile) -> frozenset[str]:
    """What was sent once, to an address that gets another value with each request: a number against caches, a nonce."""
    times = Counter[str]()
    sent: dict[tuple[str, str], list[frozenset[str]]] = {}
    for request in requests:
        by_name: dict[tuple[str, str], frozenset[str]] = {}
        for name, value in parameters(request, profile):
            key = (request.host if name == PATH else place(request.url), name)
            by_name[key] = by_name.get(key, frozenset()) | identifiers_in(value)
        times.update(frozenset().union(*by_name.values()))
        for key, tokens in by_name.items():
            sent.setdefault(key, []).append(tokens)
    several = (tokens for sets in sent.values() if len(sets) > 1 for tokens in sets)
    return frozenset(token for tokens in several for token in tokens if times[token] == 1)


def _about(
    timeline: Timeline, profile: Profile, item: StoredItem, at: float, rule: str, statement: str, writer: str = ""
) -> Finding:
    writer = writer or who_wrote(timeline, item, at)
    moment, spoken = moment_of(timeline, at), sentence(statement, writer)
    return Finding(rule, _category(item, profile), item.kind, item.name, item.host, at, moment, writer, spoken)


def _of_request(timeline: Timeline, profile: Profile, request: Request, rule: str, statement: str) -> Finding:
    found = about_request(timeline, request, rule, purpose_of(request, profile) or Category.FUNCTIONALITY, statement)
    return replace(found, sentence=sentence(statement))  # what was told matters here, not who caused it


def _named(finding: Finding, item: StoredItem) -> Finding:
    """The same finding, about the item whose value was sent."""
    return replace(finding, kind=item.kind, name=item.name)
