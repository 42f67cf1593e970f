"""A browser that rejects the cookies of one website: what stands in for them, and what only looks like it."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import STORED_KINDS, Kind, Record, State, StoredItem
from consentinel.verdicts import rejected
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import PROFILE, choice, cookie, item, request, rest, state, timeline, visit

ORIGINS = ("https://ads.example", "https://ads.example:8443")
NUMBER = "b7c41f09e2d85a36"
PIXEL = "https://px.ads.example/pixel"


def judged(*records: Record, ordinary: tuple[Record, ...] = ()) -> Verdict:
    known = cookie("id", NUMBER, host="px.ads.example")
    theirs = timeline(visit(), choice(2, "advertising"), state(3, known), *ordinary, rest())
    mine = timeline(visit(), choice(2, "advertising"), *records, rest())
    return rejected.nothing_stands_in(mine, theirs, PROFILE, ORIGINS, ())


def kept(name: str, value: str, kind: Kind = Kind.COOKIE) -> StoredItem:
    return cookie(name, value) if kind is Kind.COOKIE else item(kind, name, value)


@pytest.mark.parametrize("kind", [Kind.COOKIE, Kind.LOCAL_STORAGE])
def test_an_identifier_that_only_the_one_who_rejects_has_stands_in(kind: Kind) -> None:
    (finding,) = judged(state(5, kept("reader", NUMBER, kind))).findings
    assert (finding.name, finding.kind, finding.rule) == ("reader", kind, f"undeclared: {rejected.STANDS_IN}")


def test_what_everybody_has_stands_in_for_nothing() -> None:
    usual = state(5, cookie("_adn", f"{NUMBER}0"))
    assert judged(usual, ordinary=(state(5, cookie("_adn", f"{NUMBER}9")),)) == Verdict()


@pytest.mark.parametrize(
    ("name", "value"),
    [("limited", "yes"), ("session", NUMBER), ("choice", NUMBER)],
    ids=["no identifier", "functionality", "the choice"],
)
def test_what_recognises_nobody_stands_in_for_nothing(name: str, value: str) -> None:
    assert judged(state(5, cookie(name, value))) == Verdict()


def test_a_host_may_be_told_that_its_cookie_is_rejected_but_not_who_that_is() -> None:
    nonces = [request(f"{PIXEL}?limited=1&ord={number}", at) for at, number in ((4.0, NUMBER), (4.5, NUMBER[::-1]))]
    assert judged(*nonces, state(5)) == Verdict()
    (finding,) = judged(request(f"{PIXEL}?device={NUMBER}", 4.0), state(5)).findings
    assert "recognises a visitor whose browser rejects its cookies" in finding.sentence
    usual = (request(f"{PIXEL}?adn={NUMBER[::-1]}", 4.0),)
    assert judged(request(f"{PIXEL}?adn={NUMBER}", 4.0), state(5), ordinary=usual) == Verdict()


def test_a_browser_that_keeps_what_it_shall_reject_proves_nothing() -> None:
    (doubt,) = judged(state(5, cookie("id", NUMBER, host="px.ads.example"))).doubts
    assert "which it was told to reject" in doubt


@pytest.mark.parametrize(("host", "doubts"), [("px.ads.example", 0), ("www.shop.example", 1)])
def test_a_store_that_goes_with_the_rejected_cookies_need_not_be_read(host: str, doubts: int) -> None:
    seen = frozenset(STORED_KINDS) - {Kind.LOCAL_STORAGE}
    verdict = judged(State(5.0, (), seen, unread=((Kind.LOCAL_STORAGE, host),)))
    assert (verdict.findings, len(verdict.doubts)) == ((), doubts)


def test_where_nobody_was_offered_a_cookie_nothing_was_rejected() -> None:
    mine = timeline(visit(), state(5), rest())
    (doubt,) = rejected.nothing_stands_in(mine, timeline(visit(), state(5), rest()), PROFILE, ORIGINS, ()).doubts
    assert "nothing was rejected" in doubt


def test_a_browser_that_keeps_the_sites_own_cookies_does_not_reject_them() -> None:
    origins = ("https://shop.example",)
    assert rejected.was_rejected(timeline(visit(), state(5), rest()), origins) == Verdict()
    (doubt,) = rejected.was_rejected(timeline(visit(), state(5, cookie("session")), rest()), origins).doubts
    assert "which it was told to reject" in doubt
