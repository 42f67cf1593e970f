"""Rules about a browser that rejects the cookies of one website and takes all others (P07)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial

from consentinel.evidence.blindness import Blindness
from consentinel.evidence.payload import HOST
from consentinel.evidence.records import STORED_KINDS, Kind, StoredItem
from consentinel.evidence.timeline import Timeline
from consentinel.site.classify import categories_of, is_choice
from consentinel.site.hosts import covered, host_of, pattern_of
from consentinel.site.profile import Category, Profile
from consentinel.verdicts.carried import parameters
from consentinel.verdicts.changes import Seen
from consentinel.verdicts.finding import UNDECLARED, Finding, Verdict, about_request
from consentinel.verdicts.identifiers import identifiers_in
from consentinel.verdicts.messages import located, shortened
from consentinel.verdicts.nonces import Sent
from consentinel.verdicts.observability import about_rest, about_storage, about_traffic
from consentinel.verdicts.sent import purpose_of
from consentinel.verdicts.stored import finding_of, first_category
from consentinel.verdicts.stored_values import StoredValue, kept_on, stored_values

STANDS_IN = "stands in for a rejected cookie"
NEVER_OFFERED = "nobody was offered a cookie by the hosts whose cookies the browser rejects: nothing was rejected"


def nothing_stands_in(
    timeline: Timeline, ordinary: Timeline, profile: Profile, origins: Collection[str], blind: Iterable[Blindness]
) -> Verdict:
    """Whoever cannot set a cookie does not recognise the visitor by something else.

    `origins` are those whose cookies the browser rejects, `ordinary` is the record of somebody who chose the same and
    went the same way with a browser that rejects nothing. An identifier stands in where only the one who rejects has
    it: in an item of the site's that serves no functionality, or in what is sent to the rejected hosts.
    """
    hosts = _patterns(origins)
    blind = tuple(blind)
    doubts = (*_kept(timeline, hosts), *_never_offered(ordinary, hosts))
    doubts += (*about_storage(timeline, blind, _readable(timeline, hosts)), *about_traffic(timeline, blind))
    findings = (*_items(timeline, ordinary, profile, hosts), *_requests(timeline, ordinary, profile, hosts))
    return Verdict(findings, doubts + about_rest(timeline))


def was_rejected(timeline: Timeline, origins: Collection[str]) -> Verdict:
    """The browser did what it was told: of these origins it kept no cookie.

    Otherwise nobody can tell how the site treats a visitor whose browser rejects its cookies.
    """
    return Verdict(doubts=_kept(timeline, _patterns(origins)))


def _patterns(origins: Collection[str]) -> list[str]:
    return [pattern_of(host_of(origin)) for origin in origins]


def _readable(timeline: Timeline, hosts: Collection[str]) -> list[Kind]:
    """Return the kinds of which nothing but what the browser rejects could not be read.

    A browser that rejects cookies denies other stores with them.
    """
    state = timeline.state
    if state is None:
        return list(STORED_KINDS)
    elsewhere = {kind for kind, host in state.unread if not covered(hosts, host)}
    rejected = {kind for kind, _ in state.unread} - elsewhere
    return [kind for kind in STORED_KINDS if kind in state.seen or kind not in rejected]


def _kept(timeline: Timeline, hosts: Collection[str]) -> tuple[str, ...]:
    """Return why the browser did not do what it was told."""
    kept = [one for one in (timeline.state.items if timeline.state else ()) if _is_cookie_of(one, hosts)]
    if kept:
        return (f"the browser kept {located(kept[0])}, which it was told to reject",)
    return ()


def _never_offered(ordinary: Timeline, hosts: Collection[str]) -> tuple[str, ...]:
    """Return why there was nothing to reject."""
    if any(_is_cookie_of(item, hosts) for state in ordinary.states for item in state.items):
        return ()
    return (NEVER_OFFERED,)


def _is_cookie_of(item: StoredItem, hosts: Collection[str]) -> bool:
    return item.kind is Kind.COOKIE and covered(hosts, item.host)


def _items(timeline: Timeline, ordinary: Timeline, profile: Profile, hosts: Collection[str]) -> Iterator[Finding]:
    usual = {(one.item.kind, one.item.name) for one in stored_values(ordinary)}
    reported = set[tuple[str, ...]]()
    for value in stored_values(timeline):
        item = value.item
        is_usual = (item.kind, item.name) in usual or item.identity in reported
        if is_usual or covered(hosts, item.host) or not _may_recognise(value, profile):
            continue
        reported.add(item.identity)
        statement = "recognises a visitor whose browser rejects the service's own cookies"
        seen = Seen(item, value.at, value.writer)
        yield finding_of(timeline, seen, first_category(item, profile), STANDS_IN, statement)


def _may_recognise(value: StoredValue, profile: Profile) -> bool:
    item = value.item
    if is_choice(item, profile) or Category.FUNCTIONALITY in categories_of(item, profile):
        return False
    return bool(identifiers_in(item.value.text, value.span))


def _requests(timeline: Timeline, ordinary: Timeline, profile: Profile, hosts: Collection[str]) -> Iterator[Finding]:
    usual = {(one.host, name) for one in ordinary.requests for name, _ in parameters(one, profile)}
    reported = set[tuple[str, str]]()
    mine = [one for one in timeline.requests if covered(hosts, one.host)]
    sent = Sent.of(timeline.requests, profile, partial(covered, hosts))
    passing = sent.fresh() | sent.computed(partial(kept_on, (timeline,)))
    for request in mine:
        for name, value in parameters(request, profile):
            key = (request.host, name)
            lasting = identifiers_in(value, (request.at, request.at)) - passing
            if name == HOST or key in usual or key in reported or not lasting:
                continue
            reported.add(key)
            statement = f'{request.host} recognises a visitor whose browser rejects its cookies by "{shortened(name)}"'
            category = purpose_of(request, profile) or UNDECLARED
            yield about_request(timeline, request, STANDS_IN, category, statement)
