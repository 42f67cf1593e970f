"""Rules about what recognises the visitor in the addresses of pages, of redirections and of sockets."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import MESSAGE, Record
from consentinel.verdicts import recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    HOME,
    PROFILE,
    only,
    request,
    timeline,
    visit,
)
from tests.verdicts.test_anonymity import TOKEN


def by_referrer(*referrers: str, url: str = "https://cdn.example/f", asked: str = "") -> Verdict:
    sent = [request(url, at, referer=f"{HOME}{one}") for at, one in enumerate(referrers, 10)]
    seen = timeline(visit(), *([request(f"{HOME}{asked}")] if asked else []), *sent)
    stranger = timeline(visit(), request(url, referer=f"{HOME}a?build=44445555666677"))
    verdict = recognisable.partners_cannot_recognise(seen, stranger, PROFILE, ())
    return verdict + recognisable.addresses_are_anonymous(seen, stranger, PROFILE, ())


def test_an_identifier_may_reach_a_partner_in_the_address_of_a_page() -> None:
    finding = only(by_referrer(f"a?sid={TOKEN}", f"b?sid={TOKEN}", asked=f"c?x={TOKEN[:3]}"))
    assert finding.sentence == (
        "The service at cdn.example was told something that recognises the visitor, "
        f'as "sid" in the address of its page: {HOME}a'
    )
    assert only(by_referrer(f"a?sid={TOKEN}")).host == "cdn.example"


def test_an_address_that_a_script_gives_its_page_may_hold_an_identifier() -> None:
    own = f"{HOME}logo.png"
    assert only(by_referrer(f"a?sid={TOKEN}", f"b?sid={TOKEN}", url=own)).host == "www.shop.example"
    assert len(by_referrer(f"a?sid={TOKEN}", url=own, asked=f"a?sid={TOKEN}").findings) == 1, "once is enough"


@pytest.mark.parametrize(
    "referrers",
    [
        ("a?build=44445555666677",),
        (f"a?nonce={TOKEN}", "b?nonce=1b9d6bcd4f2a8e03"),
        ("a?lang=en-GB", "tea"),
        ("",),
    ],
)
@pytest.mark.parametrize("url", ["https://cdn.example/f", f"{HOME}logo.png"])
def test_an_address_that_differs_by_page_or_build_recognises_nobody(referrers: tuple[str, ...], url: str) -> None:
    assert by_referrer(*referrers, url=url) == Verdict()


def test_the_address_of_a_partners_own_frame_is_its_own() -> None:
    framed = request("https://cdn.example/a.js", referer=f"https://cdn.example/embed?session={TOKEN}")
    assert (
        recognisable.partners_cannot_recognise(timeline(visit(), framed), timeline(visit()), PROFILE, ()) == Verdict()
    )


HANDED = f"{HOME}in?code={TOKEN}"


def on_the_way(url: str, at: float, **more: object) -> Record:
    return request(
        url, at, **{"document": True, "asked": "https://cdn.example/wait", "status": 302, "page": "", **more}
    )


@pytest.mark.parametrize(
    ("records", "is_accused"),
    [
        pytest.param([on_the_way(HANDED, 10.0)], False, id="it is traded for a cookie at once"),
        pytest.param([on_the_way(HANDED, 10.0, status=200)], True, id="it stays in the address of a page"),
        pytest.param([on_the_way(HANDED, 10.0, asked="")], True, id="a page of the site links to it"),
        pytest.param(
            [on_the_way(HANDED, 10.0), on_the_way(HANDED, 20.0)], True, id="the visitor comes by with it again"
        ),
        pytest.param(
            [on_the_way(HANDED, 10.0), request(f"{HOME}list?u={TOKEN}", 20.0)], True, id="the site is told it again"
        ),
    ],
)
def test_what_is_handed_over_by_redirections_stands_in_for_no_cookie(records: list[Record], is_accused: bool) -> None:
    seen = timeline(visit(), *records)
    verdict = recognisable.addresses_are_anonymous(seen, timeline(visit()), PROFILE, ())
    assert bool(verdict.findings) is is_accused


SOCKET = "https://www.shop.example/live"


@pytest.mark.parametrize(("second", "is_accused"), [("1b9d6bcd4f2a8e03", False), (TOKEN, True)])
def test_a_sockets_messages_do_not_tell_its_address_again(second: str, is_accused: bool) -> None:
    opened = [(f"{SOCKET}?_token={TOKEN}", 10.0), (f"{SOCKET}?_token={second}", 20.0)]
    told = [request(url, at, page="") for url, at in opened]
    told += [request(url, at + 1, page="", method=MESSAGE) for url, at in opened]
    seen = timeline(visit(), *sorted(told, key=lambda one: one.at))
    verdict = recognisable.addresses_are_anonymous(seen, timeline(visit()), PROFILE, ())
    assert bool(verdict.findings) is is_accused
