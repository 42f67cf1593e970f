"""Rules about who hears from the visitor, and how a page came."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.evidence.records import Deed, Kind, Value
from consentinel.site.profile import REFUSABLE, Category
from consentinel.verdicts import navigation, sent
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    SCRIPT,
    only,
    request,
    rest,
    timeline,
    visit,
    write,
)

ANALYTICS, SOCIAL = Category.ANALYTICS, Category.SOCIAL
METRICS = "https://a.metrics.example/collect?cid=12345678"


def test_the_site_and_its_partners_may_hear() -> None:
    seen = timeline(visit(), request(HOME), request("https://img.cdn.example/x.png"), rest())
    assert sent.only_allowed(seen, PROFILE, (), ()) == Verdict()


def test_a_service_of_a_category_that_was_not_allowed_is_a_finding() -> None:
    seen = timeline(visit(), request(METRICS, initiator=f"{SCRIPT}"), request(METRICS, at=11.0), rest())
    finding = only(sent.only_allowed(seen, PROFILE, (SOCIAL,), ()))
    assert (finding.rule, finding.category, finding.kind) == ("contacted without consent", "analytics", Kind.REQUEST)
    assert (finding.name, finding.host, finding.at) == ("/collect", "a.metrics.example", 10.0)
    assert (finding.moment, finding.written_by) == ("reads article 1", SCRIPT)
    assert finding.sentence == (
        "The analytics service at a.metrics.example heard from the visitor without consent: "
        f"GET https://a.metrics.example/collect, caused by {SCRIPT}"
    )
    assert sent.only_allowed(seen, PROFILE, (ANALYTICS,), ()).findings == ()


def test_an_unknown_third_party_is_never_allowed() -> None:
    seen = timeline(visit(), request("https://tracker.example/p"), rest())
    finding = only(sent.only_allowed(seen, PROFILE, REFUSABLE, ()))
    assert (finding.rule, finding.category) == ("undeclared: contacted without consent", "undeclared")
    assert finding.sentence.startswith(
        "The service at tracker.example is in no category of the policy: contacted before a choice, GET https://tracker"
    )


def test_a_host_whose_name_ends_like_a_partners_is_a_stranger() -> None:
    seen = timeline(visit(), request("https://bing.com/x"), request("https://shopbing.com/x"), rest())
    assert only(sent.only_allowed(seen, PROFILE, (), ())).host == "shopbing.com"


def test_a_first_party_address_that_serves_analytics_is_analytics() -> None:
    seen = timeline(visit(), request("https://stats.shop.example/hit"), rest())
    assert only(sent.only_allowed(seen, PROFILE, (), ())).category == "analytics"


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("https://www.shop.example/m?v=2&tid=G-AB12CD34EF&cid=5.6", ""),
        ("https://www.shop.example/m", "v=1&tid=UA-1234-1&cid=7c9e6679-f3a1-4b02-8d3e-5d41402abc4b"),
    ],
)
def test_a_first_party_address_that_speaks_the_measurement_protocol_is_analytics(url: str, body: str) -> None:
    seen = timeline(visit(), request(url, method="POST", body=Value(body)), rest())
    assert only(sent.only_allowed(seen, PROFILE, (), ())).category == "analytics"


PIXEL = "id=1234567890123456&ev=PageView&dl=https%3A%2F%2Fwww.shop.example%2F"


@pytest.mark.parametrize(("url", "body"), [("/tr/?" + PIXEL, ""), ("/events", PIXEL)])
def test_an_address_of_the_sites_own_that_takes_events_of_metas_pixel_is_advertising(url: str, body: str) -> None:
    seen = timeline(visit(), request(f"https://www.shop.example{url}", method="POST", body=Value(body)), rest())
    assert only(sent.only_allowed(seen, PROFILE, (), ())).category == "advertising"


@pytest.mark.parametrize(
    "query",
    [
        PIXEL.replace("PageView", "Opening"),
        PIXEL.replace("1234567890123456", "12"),
        "id=1234567890123456&ev=Search&dl=de",
        "id=1234567890123456&ev=Search",
        "v=2&tid=G-1",
        "v=grid&tid=SHOES&cid=5.6",
        "v=2&tid=12&cid=7.1",
        "v=2&tid=SHOES&cid=7",
        "v=1&tid=shoes&cid=7.1",
    ],
)
def test_a_shops_own_parameters_are_no_measurement(query: str) -> None:
    seen = timeline(visit(), request(f"https://www.shop.example/list?{query}"), rest())
    assert sent.only_allowed(seen, PROFILE, (), ()).findings == ()


def test_what_was_sent_before_a_moment_does_not_count_after_it() -> None:
    seen = timeline(visit(), request(METRICS, at=10.0), request("https://circle.example/b", at=10.0), rest())
    assert sent.only_allowed(seen, PROFILE, (), (), since=10.5).findings == ()
    assert sent.nothing_to(seen, PROFILE, REFUSABLE, (), since=10.5).findings == ()
    assert len(sent.nothing_to(seen, PROFILE, REFUSABLE, (), since=10.0).findings) == 2


def test_nothing_to_looks_at_the_refused_categories_alone() -> None:
    seen = timeline(visit(), request(METRICS), request("https://tracker.example/"), rest())
    assert sent.nothing_to(seen, PROFILE, (SOCIAL,), ()).findings == ()
    assert only(sent.nothing_to(seen, PROFILE, (ANALYTICS,), ())).rule == "contacted without consent"


def test_every_service_is_declared() -> None:
    declared = timeline(visit(), request(METRICS), request(HOME), request("https://cdn.example/x"))
    assert sent.all_declared(declared, PROFILE, ()) == Verdict()
    seen = timeline(visit(), request("https://tracker.example/a"), request("https://tracker.example/b"))
    finding = only(sent.all_declared(seen, PROFILE, ()))
    assert finding.rule == "undeclared: contacted without consent"
    assert finding.sentence == (
        f"The service at tracker.example is in no category of the policy: contacted, GET https://tracker.example/a, "
        f"caused by {HOME}"
    )


def test_whoever_caused_a_request_is_named_without_values() -> None:
    beacon = write(METRICS, at=9.9, kind=Kind.REQUEST, script="https://www.shop.example/b.js?uid=s3cr3t:7")
    by_script = only(sent.nothing_to(timeline(visit(), beacon, request(METRICS), rest()), PROFILE, (ANALYTICS,), ()))
    assert by_script.written_by == "https://www.shop.example/b.js:7"
    from_page = request(METRICS, referer=f"{HOME}?mail=ada@example.com")
    by_page = only(sent.nothing_to(timeline(visit(), from_page, rest()), PROFILE, (ANALYTICS,), ()))
    assert by_page.written_by == HOME
    assert "ada@" not in by_page.sentence
    nobody = only(sent.nothing_to(timeline(request(METRICS, page=""), rest()), PROFILE, (ANALYTICS,), ()))
    assert (nobody.written_by, nobody.moment) == ("", "before the first action")


@pytest.mark.parametrize(
    "ask",
    [
        lambda seen, blind, since: sent.only_allowed(seen, PROFILE, (), blind, since),
        lambda seen, blind, since: sent.nothing_to(seen, PROFILE, REFUSABLE, blind, since),
    ],
)
def test_silence_counts_only_where_somebody_listened_until_the_page_was_at_rest(ask: object) -> None:
    assert callable(ask)
    seen = timeline(visit(), request(HOME), rest(at=20.0))
    assert ask(seen, (), 0.0).doubts == ()
    assert ask(seen, BLIND, 0.0).doubts == ("some requests cannot be observed in chromium: beacons were not seen",)
    assert ask(seen, (), 25.0).doubts == ("no page was watched until it came to rest",)
    busy = timeline(visit(), rest(complete=False, reason="a request never ended", page=f"{HOME}?uid=s3cr3t"))
    assert ask(busy, (), 0.0).doubts == (f"{HOME} did not come to rest: a request never ended",)
    nowhere = timeline(visit(), rest(complete=False, reason="it kept loading", page=""))
    assert ask(nowhere, (), 0.0).doubts == ("a page did not come to rest: it kept loading",)


def test_undeclared_services_are_a_doubt_where_requests_cannot_be_seen() -> None:
    assert len(sent.all_declared(timeline(request(HOME)), PROFILE, BLIND).doubts) == 1


# ---- how a page came

TRY = visit(5.0, "tries to use the basket", Deed.TRIES_PAGE)


def came(*statuses: int | None) -> Verdict:
    documents = [
        request(f"{HOME}basket", at=6.0 + n, status=status, document=True) for n, status in enumerate(statuses)
    ]
    return navigation.plain_answer(timeline(request(HOME, at=1.0, status=500, document=True), TRY, *documents))


def test_a_page_without_an_answer_on_the_wire_may_come_from_the_browser_itself() -> None:
    finding = only(navigation.plain_answer(timeline(TRY, visit(8.0, navigation.NO_PAGE))))
    assert (finding.rule, finding.sentence) == ("no answer", "The page did not answer")
    (doubt,) = navigation.plain_answer(timeline(TRY)).doubts
    assert doubt == "the record shows no answer of the page: the browser may have kept it"


def test_what_the_browser_fetches_ahead_is_not_the_page() -> None:
    page = request(f"{HOME}basket", at=6.0, document=True)
    ahead = request(f"{HOME}next", at=7.0, document=True, status=503, wishes=(("sec-purpose", "prefetch;prerender"),))
    assert navigation.plain_answer(timeline(TRY, page, ahead)) == Verdict()
    assert only(navigation.plain_answer(timeline(TRY, page, replace(ahead, wishes=())))).name == "/basket"


@pytest.mark.parametrize("statuses", [(200,), (302, 200), (303, 307, 403), (404,)])
def test_a_page_that_came_straight_or_refused_politely(statuses: tuple[int, ...]) -> None:
    assert came(*statuses) == Verdict()


@pytest.mark.parametrize(
    ("statuses", "rule", "told"),
    [
        ((302, 302, 302), "redirect loop", "The page /basket sends the visitor round in circles, with 3 redirections"),
        ((500,), "no answer", "The page /basket fails without cookies, with status 500"),
        ((302, None), "no answer", "The page /basket fails without cookies, without an answer"),
    ],
)
def test_a_page_that_did_not(statuses: tuple[int | None, ...], rule: str, told: str) -> None:
    finding = only(came(*statuses))
    assert (finding.rule, finding.sentence, finding.moment) == (rule, told, "tries to use the basket")


def went(*addresses: str) -> Verdict:
    """A page that came by these redirections."""
    detours = [request(url, at=6.0 + n, status=302, document=True) for n, url in enumerate(addresses)]
    return navigation.plain_answer(timeline(TRY, *detours, request(f"{HOME}login", at=50.0, document=True)))


def test_a_long_way_is_no_circle() -> None:
    account = (
        "http://shop.example/account",
        "https://shop.example/account",
        f"{HOME}account",
        f"{HOME}login?to=/account",
    )
    assert went(*account) == Verdict()
    assert only(went(*(f"{HOME}{one}" for one in "ababab"))).rule == "redirect loop"
    assert only(went(*(f"{HOME}a?try={one}" for one in range(12)))).rule == "redirect loop"
