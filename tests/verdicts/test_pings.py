"""A service may hear from everybody where the policy announces it, as long as it recognises nobody."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import Record, Request, Value
from consentinel.site.profile import Category, Profile
from consentinel.verdicts import recognisable, sent
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    cookie,
    only,
    request,
    rest,
    state,
    timeline,
    visit,
)

PING = "https://a.metrics.example/g/collect?v=2&tid=G-AB12CD34EF&gcs=G100"
ANALYTICS = Category.ANALYTICS


def changed(category: Category, **changes: object) -> Profile:
    table = PROFILE.categories[category].model_copy(update=changes)
    return PROFILE.model_copy(update={"categories": {**PROFILE.categories, category: table}})


ANNOUNCED = changed(ANALYTICS, cookieless_pings=True)
PARTNER = PROFILE.model_copy(update={"partners": (*PROFILE.partners, "*.metrics.example")})


def pages(*urls: str, **more: Any) -> tuple[Record, ...]:
    """A visit of a page for each of these pings, which it sends once it has loaded."""
    records: list[Record] = [visit()]
    for number, url in enumerate(urls):
        at = 10.0 + 10 * number
        page = f"{HOME}articles/{number}"
        records += [request(page, at, document=True), request(f"{url}&dl={page}", at + 1, method="POST", **more)]
    return (*records, rest())


def judged(profile: Profile, *records: Record) -> tuple[Verdict, Verdict]:
    seen = timeline(*records)
    return sent.only_allowed(seen, profile, (), ()), sent.nothing_to(seen, profile, (ANALYTICS,), ())


@pytest.mark.parametrize("profile", [ANNOUNCED, PARTNER])
def test_a_ping_that_was_announced_and_recognises_nobody_is_no_finding(profile: Profile) -> None:
    assert judged(profile, *pages(PING, PING)) == (Verdict(), Verdict())


@pytest.mark.parametrize("profile", [ANNOUNCED, PARTNER])
def test_an_identifier_that_is_made_anew_for_each_page_recognises_nobody(profile: Profile) -> None:
    assert judged(profile, *pages(f"{PING}&cid=1234567.1", f"{PING}&cid=7654321.2")) == (Verdict(), Verdict())


def test_a_ping_that_nobody_announced_is_a_finding() -> None:
    for verdict in judged(PROFILE, *pages(PING)):
        assert f"without consent: POST {PING.partition('?')[0]}" in only(verdict).sentence


@pytest.mark.parametrize("profile", [ANNOUNCED, PARTNER])
@pytest.mark.parametrize(
    ("records", "told"),
    [
        (pages(f"{PING}&cid=1234567.1", f"{PING}&cid=1234567.1"), '"cid", which is the same on several pages'),
        (pages(PING, PING, body=Value("en=view\nuid=77")), '"uid", which is the same on several pages'),
        (pages(PING, cookies=(("_ga", Value("GA1.1.5")),)), 'the cookie "_ga"'),
        ((*pages(f"{PING}&x=GA1.1.83746523.9182736"), state(50.0, cookie("_ga", "GA1.1.83746523.9182736"))),
         "an identifier that is kept on the device"),
    ],
)  # fmt: skip
def test_a_ping_that_recognises_the_visitor_is_a_finding(
    profile: Profile, records: tuple[Record, ...], told: str
) -> None:
    for verdict in judged(profile, *records):
        finding = only(verdict)
        assert (finding.rule, finding.category) == ("contacted without consent", "analytics")
        assert f"without consent, with {told}: POST" in finding.sentence


def test_an_identifier_of_the_device_may_hide_in_a_packed_body() -> None:
    kept = state(5.0, cookie("_ga", "GA1.1.83746523.9182736"))
    hidden = request(PING, 11.0, fields=(("u", kept.items[0].value),))
    for verdict in judged(ANNOUNCED, visit(), kept, hidden, rest()):
        assert "with an identifier that is kept on the device" in only(verdict).sentence
    assert judged(ANNOUNCED, visit(), kept, request(PING, 11.0, fields=(("u", Value("1.1")),)), rest())[0] == Verdict()


def test_an_identifier_within_one_page_is_not_one_of_several_pages() -> None:
    page, ping = request(HOME, 5.0, document=True), f"{PING}&cid=1234567.1"
    assert judged(ANNOUNCED, visit(), page, request(ping, 6.0), request(ping, 60.0), rest()) == (Verdict(), Verdict())


def test_one_announcement_says_nothing_of_another_category() -> None:
    ads = request("https://x.ads.example/pixel")
    assert only(sent.only_allowed(timeline(visit(), ads, rest()), ANNOUNCED, (), ())).category == "advertising"


def test_what_announced_services_are_told_is_compared_with_a_stranger_as_a_partners_is() -> None:
    def told(visitor: str) -> tuple[Request, ...]:
        return tuple(request(f"{PING}&who={visitor}", at, document=False) for at in (10.0, 20.0))

    mine, foreign = timeline(visit(), *told("k3j9x8q2m5"), rest()), timeline(visit(), *told("z7w4p1n6b0"), rest())
    assert only(recognisable.partners_cannot_recognise(mine, foreign, ANNOUNCED, ())).host == "a.metrics.example"
    assert recognisable.partners_cannot_recognise(mine, mine, ANNOUNCED, ()) == Verdict()
    assert recognisable.partners_cannot_recognise(mine, foreign, PROFILE, ()) == Verdict()
