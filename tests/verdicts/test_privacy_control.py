"""A browser asks not to be sold or shared: whether it did, and what the site made of it."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.records import MESSAGE, Record, Source, Value
from consentinel.evidence.signal_records import ConsentString, PrivacyPreference
from consentinel.verdicts import privacy_control
from consentinel.verdicts.finding import Verdict
from consentinel.visitor.positive_control import ASKING, unasked
from tests.verdicts.builders import HOME, PROFILE, choice, only, request, rest, timeline, visit

AD = "https://www.ads.example/pixel"
SHOWN = PrivacyPreference(2.0, True, None, HOME)
URL = "https://www.shop.example/.well-known/gpc.json"


def asking(url: str, **changed: Any) -> Record:
    return request(url, wishes=(("sec-gpc", "1"),), **changed)


def judged(*records: Record) -> Verdict:
    return privacy_control.nothing_sold(timeline(visit(), *records, rest()), PROFILE, ())


def test_a_site_that_honours_the_signal_is_clean() -> None:
    assert judged(SHOWN, asking(HOME, document=True), asking("https://www.metrics.example/m.js")) == Verdict()


def test_an_advertising_service_that_hears_is_named() -> None:
    found = only(judged(SHOWN, asking(HOME), asking(AD)))
    assert (found.host, found.name) == ("www.ads.example", "/pixel")


def test_a_browser_that_did_not_ask_proves_nothing() -> None:
    assert judged(SHOWN).doubts == (privacy_control.NO_WIRE,)
    assert judged(SHOWN, request(HOME, source=Source.BROWSER)).doubts == (privacy_control.NO_WIRE,)
    assert "did not ask with its request for" in judged(SHOWN, asking(HOME), request(f"{HOME}a")).doubts[0]
    assert judged(asking(HOME)).doubts == ("the browser does not show scripts that it asks",)


def test_what_never_carries_the_header_is_no_doubt() -> None:
    assert judged(SHOWN, asking(HOME), request(HOME, method="OPTIONS"), request(HOME, method=MESSAGE)) == Verdict()


@pytest.mark.parametrize(
    ("status", "text", "right"),
    [
        (200, '{"gpc": true, "lastUpdate": "2026-08-01"}', True),
        (200, '{"gpc": false}', False),
        (404, '{"gpc": false}', True),
        (200, "<p>none</p>", True),
        (200, "[1]", True),
    ],
)
def test_only_a_declaration_that_denies_the_signal_is_a_finding(status: int, text: str, right: bool) -> None:
    assert (privacy_control.not_denied(URL, 1.0, status, text) == Verdict()) is right


def told(where: str, gpc: str = "true", header: str = "1") -> Record:
    url = f"https://control.localhost/plant/privacy-control?where={where}&gpc={gpc}"
    return request(url, wishes=(("sec-gpc", header),) if header else ())


def test_the_control_page_names_where_a_browser_sends_no_signal() -> None:
    page, worker, frame = ASKING
    assert unasked(timeline(told(page), told(worker), told(frame))) == ()
    doubts = unasked(timeline(told(page), told(worker, gpc="undefined"), told(frame, header="")))
    assert [doubt.partition(",")[0] for doubt in doubts] == [
        "chromium does not show globalPrivacyControl to scripts in a worker",
        "chromium sends no Sec-GPC in a frame of another site",
    ]
    assert len(unasked(timeline())) == len(ASKING)


OUT, IN = "DBABLA~BVQVAAAAAgA.QA", "DBABLA~BVQqAAAAAgA.QA"


def spoken(text: str, at: float = 5.0) -> ConsentString:
    return ConsentString(at, "gpp", Value(text), "signalStatus", frame=HOME)


def test_a_string_that_denies_the_wish_is_a_finding() -> None:
    finding = only(judged(spoken(OUT, 4), spoken(IN)))
    assert (finding.rule, finding.name) == (privacy_control.DENIED, "GPP string")
    assert "did not opt out of the sale of their data, its sharing and targeted advertising" in finding.sentence
    assert only(judged(request(f"{HOME}px?gpp={IN}&gpp_sid=7", 5.0))).host == "www.shop.example"


def test_a_string_that_says_nothing_against_the_wish_is_none() -> None:
    assert not judged(spoken(OUT), spoken("DBABLA~BVQAAAAAAgA.QA"), spoken("colour")).findings
    assert not judged(choice(4, "advertising"), spoken(IN)).findings


@pytest.mark.parametrize(
    ("said", "is_denied"), [("1YNN", True), ("1YNY", True), ("1YYN", False), ("1---", False), ("${US_PRIVACY}", False)]
)
def test_the_older_string_of_the_united_states_denies_the_wish_as_well(said: str, is_denied: bool) -> None:
    told = asking(f"{HOME}own?us_privacy={said}")
    bid = asking(f"{HOME}bid", method="POST", body=Value(f'{{"regs": {{"ext": {{"us_privacy": "{said}"}}}}}}'))
    for one in (told, bid):
        assert [found.rule for found in judged(SHOWN, one).findings] == ["wish denied by a string"] * is_denied
    assert judged(SHOWN, choice(4.0, "advertising"), told) == Verdict()
