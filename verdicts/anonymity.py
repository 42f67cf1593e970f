"""Rules about recognising and naming the visitor (P03, P12, P18, P19, P26)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from evidence.records import Blindness, Kind, Request, StoredItem
from evidence.timeline import Timeline
from sites.classify import categories_of, is_partner
from sites.hosts import covers
from sites.profile import Category, Profile
from verdicts.doubts import about_storage, about_traffic
from verdicts.finding import UNDECLARED, Finding, Verdict, moment_of
from verdicts.sent import purpose_of, sender
from verdicts.tokens import identifiers_in, named_in, needles
from verdicts.wording import thing
from verdicts.writers import place, who_wrote


def names_nobody(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No stored value holds the visitor's e-mail address, name or telephone number, decoded or hashed (P03)."""
    wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at in _stored(timeline):
        what = named_in(item.value.text, wanted) or named_in(item.name, wanted)
        if what and item.identity not in findings:
            sentence = f"{thing(item.kind, item.name)} of {item.host} holds the visitor's {what}"
            findings[item.identity] = _about(timeline, profile, item, at, "names a person", sentence)
    return Verdict(tuple(findings.values()), about_storage(timeline, blind))


def told_nobody(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float = 0.0) -> Verdict:
    """No other service was told who the visitor is, in an address, a body or a cookie (P03)."""
    wanted = needles(profile.person.emails, profile.person.names, profile.person.phones)
    findings: dict[str, Finding] = {}
    for request in timeline.requests:
        if request.at < since or _own(request.host, profile):
            continue
        what = next((found for text in _carried(request) if (found := named_in(text, wanted))), "")
        if what:
            sentence = f"{request.host} was told the visitor's {what}: {request.method} {place(request.url)}"
            findings.setdefault(request.host, _of_request(timeline, profile, request, "names a person", sentence))
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def functionality_stays_home(timeline: Timeline, profile: Profile, blind: Iterable[Blindness]) -> Verdict:
    """No value of a functionality item was sent to a service of another category (P18).

    The choice itself is not one: services may be told what the visitor allowed.
    """
    secrets: dict[str, StoredItem] = {}
    for item, _at in _stored(timeline):
        if Category.FUNCTIONALITY in categories_of(item, profile) and item.name != profile.consent.stored.name:
            secrets.update(dict.fromkeys(identifiers_in(item.value.text), item))
    findings: dict[tuple[str, str], Finding] = {}
    for request in timeline.requests:
        if _own(request.host, profile) or is_partner(request.host, profile):
            continue
        carried = " ".join(_carried(request))
        for token, item in secrets.items():
            if token in carried:
                sentence = f"the value of {thing(item.kind, item.name)} was sent to {request.host}"
                finding = _of_request(timeline, profile, request, "functionality value sent away", sentence)
                findings.setdefault((item.name, request.host), _named(finding, item))
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def came_back(timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float) -> Verdict:
    """No identifier from before a moment is in a cookie, or on its way to a service, after it (P04, P12)."""
    before = timeline.state_before(since)
    old: dict[str, StoredItem] = {}
    for state in timeline.states:
        if before is not None and state.at <= before.at:
            for item in state.items:
                if item.kind is Kind.COOKIE and item.name != profile.consent.stored.name:
                    old.update(dict.fromkeys(identifiers_in(item.value.text), item))
    findings: dict[tuple[str, str], Finding] = {}
    for item, at in _stored(timeline, since):
        if item.kind is not Kind.COOKIE:
            continue
        for token in identifiers_in(item.value.text) & old.keys():
            sentence = f"{thing(item.kind, item.name)} of {item.host} came back with the value of {old[token].name}"
            finding = _about(timeline, profile, item, at, "identifier came back", sentence)
            findings.setdefault((item.name, item.host), finding)
    for request in timeline.requests:
        if request.at < since or purpose_of(request, profile) in (None, Category.FUNCTIONALITY):
            continue
        for token in identifiers_in(" ".join(_carried(request))) & old.keys():
            sentence = f"{request.host} was sent the old value of {thing(Kind.COOKIE, old[token].name)}"
            finding = _of_request(timeline, profile, request, "identifier came back", sentence)
            findings.setdefault((old[token].name, old[token].host), _named(finding, old[token]))
    return Verdict(tuple(findings.values()), about_storage(timeline, blind, (Kind.COOKIE,)))


def share_nothing(one: Timeline, other: Timeline, profile: Profile) -> Verdict:
    """Two visitors hold no identifier in common (P26)."""
    theirs = {token for item, _ in _stored(other) for token in identifiers_in(item.value.text)}
    findings: dict[tuple[str, ...], Finding] = {}
    for item, at in _stored(one):
        own = identifiers_in(item.value.text)
        recognises = item.kind is Kind.COOKIE and item.name != profile.consent.stored.name
        if recognises and own and own <= theirs:
            sentence = f"{thing(item.kind, item.name)} of {item.host} has the same value in two profiles"
            findings.setdefault(item.identity, _about(one, profile, item, at, "identifier shared", sentence))
    return Verdict(tuple(findings.values()))


def partners_cannot_recognise(
    timeline: Timeline, stranger: Timeline, profile: Profile, blind: Iterable[Blindness]
) -> Verdict:
    """Technical partners were told nothing that tells this visitor from another one (P19).

    Told by comparison: a value recognises when it stays the same for one visitor and differs from the stranger's,
    who walked the same way.
    """
    return _recognisable(
        timeline, stranger, profile, blind, lambda host: is_partner(host, profile), "told to a partner"
    )


def addresses_are_anonymous(
    timeline: Timeline, stranger: Timeline, profile: Profile, blind: Iterable[Blindness]
) -> Verdict:
    """No address on the site carries an identifier in place of a cookie (P10)."""
    return _recognisable(timeline, stranger, profile, blind, lambda host: _own(host, profile), "in an address")


def _recognisable(
    timeline: Timeline,
    stranger: Timeline,
    profile: Profile,
    blind: Iterable[Blindness],
    of: Callable[[str], bool],
    rule: str,
) -> Verdict:
    foreign = {value for request in stranger.requests if of(request.host) for _, value in _parameters(request)}
    findings: dict[tuple[str, str], Finding] = {}
    for request in timeline.requests:
        if not of(request.host):
            continue
        for name, value in _parameters(request):
            told = identifiers_in(value)
            if told and value not in foreign and (request.host, name) not in findings:
                sentence = f'{request.host} was told what recognises the visitor, as "{name}": {place(request.url)}'
                found = _of_request(timeline, profile, request, f"recognisable: {rule}", sentence)
                findings[(request.host, name)] = found
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _parameters(request: Request) -> Iterator[tuple[str, str]]:
    """What a request says of the visitor: its query, its body's fields, its cookies when it goes to others."""
    yield from parse_qsl(urlsplit(request.url).query)
    if request.method != "GET":
        yield from parse_qsl(request.body.text)


def _carried(request: Request) -> Iterator[str]:
    yield request.url
    yield unquote(request.url)
    yield from (value for _, value in parse_qsl(urlsplit(request.url).query))
    yield request.body.text
    yield request.referer
    yield from (value.text for _, value in request.cookies)


def _stored(timeline: Timeline, since: float = 0.0) -> Iterator[tuple[StoredItem, float]]:
    for write in timeline.writes:
        if write.at >= since and write.operation == "set":
            yield StoredItem(write.kind, write.host, write.name, write.value), write.at
    for request in timeline.requests:
        if request.at >= since:
            for cookie in request.set_cookies:
                yield StoredItem(Kind.COOKIE, cookie.host, cookie.name, cookie.value, cookie.path), request.at
    for state in timeline.states:
        if state.at >= since:
            for item in state.items:
                yield item, state.at


def _own(host: str, profile: Profile) -> bool:
    return any(covers(pattern, host) for pattern in profile.site.hosts)


def _about(timeline: Timeline, profile: Profile, item: StoredItem, at: float, rule: str, sentence: str) -> Finding:
    category = next(iter(categories_of(item, profile)), UNDECLARED)
    writer = who_wrote(timeline, item, at)
    moment = moment_of(timeline, at)
    told = f"{sentence}; {writer} wrote it" if writer else sentence
    return Finding(rule, category, item.kind, item.name, item.host, at, moment, writer, told)


def _of_request(timeline: Timeline, profile: Profile, request: Request, rule: str, sentence: str) -> Finding:
    category = purpose_of(request, profile) or Category.FUNCTIONALITY
    writer = request.initiator or sender(timeline, request)
    moment = moment_of(timeline, request.at)
    path = urlsplit(request.url).path
    return Finding(rule, category, Kind.REQUEST, path, request.host, request.at, moment, writer, sentence)


def _named(finding: Finding, item: StoredItem) -> Finding:
    """The same finding, about the item whose value was sent."""
    return Finding(
        finding.rule,
        finding.category,
        item.kind,
        item.name,
        finding.host,
        finding.at,
        finding.moment,
        finding.written_by,
        finding.sentence,
    )
