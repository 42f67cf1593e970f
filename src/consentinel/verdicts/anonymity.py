"""Rules about recognising the visitor (P04, P11, P12, P18, P26)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import NamedTuple

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.gpp import sections_of
from consentinel.evidence.records import Kind, Request, StoredItem
from consentinel.evidence.tcf import decoded
from consentinel.evidence.timeline import Timeline, between
from consentinel.site.classify import categories_of, is_choice, is_partner
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.attribution_text import place
from consentinel.verdicts.carried import (
    carried,
    is_own,
    spoken,
)
from consentinel.verdicts.finding import (
    Finding,
    Verdict,
    about_item,
    about_request,
)
from consentinel.verdicts.identifiers import (
    Finder,
    cores_in,
    cores_of,
    identifiers_in,
    recognises,
)
from consentinel.verdicts.messages import located, sentence, thing
from consentinel.verdicts.observability import about_storage, about_traffic
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored import first_category
from consentinel.verdicts.stored_values import StoredValue, stored_values, values_read

_KEEPS = (Kind.COOKIE, Kind.LOCAL_STORAGE, Kind.SESSION_STORAGE)
"""What a script can read at once."""


Others = Callable[[], Timeline]
"""Fetches the record of a further visitor with another device who walked the same way; an empty one for none."""

DEVICES = 6
"""Further visitors who are sent at the most: of two machines, chance gives one to all six in one case of thirty-two, of
three in one of 243."""


class _Recognised(NamedTuple):
    """A finding, with the identifiers that it rests on."""

    finding: Finding
    identifiers: frozenset[str]


def nobody() -> Timeline:
    """Return the record of nobody: nothing is compared with it."""
    return Timeline("", "", ())


def functionality_stays_home(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], others: Others = nobody
) -> Verdict:
    """No value of a functionality item was sent to a service of another category (P18).

    The choice itself does not count: services may receive what the visitor allowed. `others` is asked as by
    `came_back`. What another device sends as well, and does not keep, is no value of an item: it is the name of what
    a page shows, such as a product that lies in the basket.
    """
    secrets: dict[str, StoredItem] = {}
    for item, *_ in stored_values(timeline):
        if Category.FUNCTIONALITY in categories_of(item, profile) and not _says_the_choice(item, profile):
            secrets.update(dict.fromkeys(identifiers_in(item.value.text), item))
    finder = Finder(secrets)
    findings: dict[tuple[str, str, str], _Recognised] = {}
    for request in timeline.requests:
        if is_own(request.host, profile) or is_partner(request.host, profile):
            continue
        for token in finder.found_in(" ".join(carried(request))):
            item = secrets[token]
            key = (item.name, request.host, token)
            if key not in findings and recognises(token, (request.at, request.at)):
                statement = f"the value of {thing(item.kind, item.name)} was sent to {request.host}"
                finding = of_request(timeline, profile, request, "functionality value sent away", statement)
                findings[key] = _Recognised(_named(finding, item), frozenset([token]))
    return _once(_unless_shown(findings.values(), others, about_traffic(timeline, blind)))


def _unless_shown(found: Collection[_Recognised], others: Others, doubts: tuple[str, ...]) -> Verdict:
    """What was found, but for what pages show everybody: another device sends it, or asks for it, and keeps it not."""
    if not found:
        return Verdict(doubts=doubts)
    theirs = others()
    kept = frozenset[str]().union(*(identifiers_in(item.value.text) for item, *_ in stored_values(theirs)))
    finder = Finder(frozenset[str]().union(*(one.identifiers for one in found)) - kept)
    shown = {token for request in theirs.requests for token in finder.found_in(" ".join(spoken(request)))}
    return _unless_everybodys([one for one in found if not one.identifiers <= shown], lambda: theirs, doubts)


def _once(verdict: Verdict) -> Verdict:
    """Of each item only the first finding for each host."""
    first: dict[tuple[str, str], Finding] = {}
    for one in verdict.findings:
        first.setdefault((one.name, one.sentence), one)
    return replace(verdict, findings=tuple(first.values()), doubts=tuple(dict.fromkeys(verdict.doubts)))


def came_back(
    timeline: Timeline, profile: Profile, blind: Iterable[Blindness], since: float, others: Others = nobody
) -> Verdict:
    """No identifier from before a moment is in a cookie, or on its way to a service, after it (P04, P12).

    `others` is asked where one is: what a visitor with another device was given too recognises no browser.
    """
    old = _identifiers_before(timeline, profile, since)
    findings: dict[tuple[str, str], _Recognised] = {}
    for item, at, writer, span in stored_values(timeline, since):
        if item.kind is not Kind.COOKIE:
            continue
        tokens = sorted(identifiers_in(item.value.text, span) & old.keys())
        if tokens and (item.name, item.host) not in findings:
            whose = thing(Kind.COOKIE, old[tokens[0]].name)
            statement = f"{located(item)} came back with the old value of {whose}"
            found = about_item(
                timeline, item, at, "identifier came back", first_category(item, profile), statement, writer=writer
            )
            findings[(item.name, item.host)] = _Recognised(found, cores_of(frozenset(tokens)))
    for request in between(timeline.requests, since):
        if purpose_of(request, profile) in (None, Category.FUNCTIONALITY):
            continue
        for token in sorted(identifiers_in(" ".join(carried(request)), (request.at, request.at)) & old.keys()):
            if (old[token].name, old[token].host) not in findings:
                statement = (
                    f"the service at {request.host} was sent the old value of {thing(Kind.COOKIE, old[token].name)}"
                )
                found = _named(of_request(timeline, profile, request, "identifier came back", statement), old[token])
                findings[(old[token].name, old[token].host)] = _Recognised(found, frozenset([token]))
    return _unless_everybodys(findings.values(), others, about_storage(timeline, blind, (Kind.COOKIE,)))


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
                finding = of_request(timeline, profile, request, "read without consent", statement)
                findings[item.name] = replace(finding, category=first_category(item, profile))
    return Verdict(tuple(findings.values()), about_traffic(timeline, blind))


def _says_the_choice(item: StoredItem, profile: Profile) -> bool:
    """Return whether an item is the choice, or a consent string.

    Two who chose the same on one day may hold the same.
    """
    text = item.value.text
    return is_choice(item, profile) or decoded(text) is not None or bool(sections_of(text))


def _identifiers_before(
    timeline: Timeline, profile: Profile, since: float, kinds: Collection[Kind] = (Kind.COOKIE,)
) -> dict[str, StoredItem]:
    """Return the identifiers that were in such items when the device was read before a moment; the choice is none."""
    found: dict[str, StoredItem] = {}
    for item, *_ in values_read([state for state in timeline.states if state.at < since]):
        if item.kind in kinds and not _says_the_choice(item, profile):
            found.update(dict.fromkeys(identifiers_in(item.value.text), item))
    return found


def _unless_everybodys(found: Collection[_Recognised], others: Others, doubts: tuple[str, ...] = ()) -> Verdict:
    """What was found, but for what is given to visitors with other devices as well.

    A value that some of them hold while others hold another one in its place is one of few, such as the name of a
    machine among several: all of them come from one network address, so that it is made of neither. What all of them
    hold is everybody's, such as the name of a release, or it is made of that address. Nobody can tell the two apart
    from here.
    """
    theirs: list[Timeline] = []
    for _ in range(DEVICES):
        further = others() if any(not _is_of_few(one, theirs) for one in found) else nobody()
        if not further.records:
            break
        theirs.append(further)
    left = [one for one in found if not _is_of_few(one, theirs)]
    shared = [one for one in left if any(one.identifiers <= _all_identifiers(other) for other in theirs)]
    names = (thing(one.finding.kind, one.finding.name) for one in shared)
    told = (f"a visitor with another device holds the same value in {name}" for name in names)
    return Verdict(tuple(one.finding for one in left if one not in shared), (*doubts, *told))


def _is_of_few(one: _Recognised, theirs: Iterable[Timeline]) -> bool:
    """Return whether visitors who come one after the other are given what was found or something else, as it comes.

    They have one kind of device. A value that two of them hold and another one does not is not made of it either.
    """
    held = [tokens for other in theirs if (tokens := _held_in(other, one.finding))]
    is_shared = any(one.identifiers <= tokens for tokens in held) or len({*held}) < len(held)
    return is_shared and not all(one.identifiers <= tokens for tokens in held) and len({*held}) > 1


def _held_in(timeline: Timeline, finding: Finding) -> frozenset[str]:
    """Return the identifiers that an item called like that of a finding has held."""
    held = (one for one in stored_values(timeline) if (one.item.kind, one.item.name) == (finding.kind, finding.name))
    return frozenset[str]().union(*map(_stored_in, held))


def _all_identifiers(timeline: Timeline) -> frozenset[str]:
    sent = (identifiers_in(" ".join(carried(request))) for request in timeline.requests)
    return frozenset[str]().union(*map(_stored_in, stored_values(timeline)), *sent)


def _stored_in(one: StoredValue) -> frozenset[str]:
    return identifiers_in(one.item.value.text) | cores_in(one.item.value.text, one.span)


def share_nothing(one: Timeline, other: Timeline, profile: Profile, others: Others = nobody) -> Verdict:
    """Two visitors hold no identifier in common (P26). `others` is asked as by `came_back`."""
    theirs: dict[str, bool] = {}
    cores = set[str]()
    for item, *_, span in stored_values(other):
        cores |= cores_in(item.value.text, span)
        for token in identifiers_in(item.value.text):
            theirs[token] = theirs.get(token, False) or recognises(token, span)
    findings: dict[tuple[str, ...], _Recognised] = {}
    for item, at, writer, span in stored_values(one):
        if item.kind is not Kind.COOKIE or _says_the_choice(item, profile):
            continue
        own, core = identifiers_in(item.value.text), cores_in(item.value.text, span)
        # What the clock said to both is no finding. Who came later and holds the other's moment was given it.
        is_theirs = own <= theirs.keys() and any(theirs[token] or recognises(token, span) for token in own)
        if is_theirs or (core and core <= cores):
            same = "has the same value" if is_theirs else "holds the same identifier"
            statement = f"{located(item)} {same} in two profiles"
            found = about_item(
                one, item, at, "identifier shared", first_category(item, profile), statement, writer=writer
            )
            findings.setdefault(item.identity, _Recognised(found, core or own))
    return _unless_everybodys(findings.values(), others)


def of_request(timeline: Timeline, profile: Profile, request: Request, rule: str, statement: str) -> Finding:
    """Return a finding about what a request says; `statement` is its sentence without a full stop."""
    found = about_request(timeline, request, rule, purpose_of(request, profile) or Category.FUNCTIONALITY, statement)
    return replace(found, sentence=sentence(statement))  # what was told matters here, not who caused it


def _named(finding: Finding, item: StoredItem) -> Finding:
    """Return the same finding, about the item whose value was sent."""
    return replace(finding, kind=item.kind, name=item.name)
