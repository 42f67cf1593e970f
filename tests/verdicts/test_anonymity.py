"""Rules about recognising and naming the visitor."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from consentinel.evidence.records import Kind, Value
from consentinel.site.profile import Category
from consentinel.verdicts import anonymity, personal_data, recognisable
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    BLIND,
    HOME,
    PROFILE,
    choice,
    cookie,
    item,
    only,
    request,
    rest,
    setting,
    state,
    timeline,
    visit,
    write,
)

ADA = "ada@example.com"
TOKEN = "7c9e6679f3a14b02"
METRICS = "https://a.metrics.example/c"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (ADA, "e-mail address"),
        ("u=ADA@Example.COM", "e-mail address"),
        (quote(ADA, safe=""), "e-mail address"),
        (quote(quote(ADA, safe=""), safe=""), "e-mail address"),
        (coded(ADA), "e-mail address"),
        (coded(ADA).rstrip("="), "e-mail address"),
        (f"v1.{coded(ADA)}.sig", "e-mail address"),
        (quote(coded(f'{{"u":"{ADA}"}}')), "e-mail address"),
        (coded(coded(ADA)), "e-mail address"),
        (ADA.encode().hex(), "e-mail address"),
        (hashlib.md5(ADA.encode()).hexdigest(), "e-mail address, hashed"),
        (hashlib.sha256(ADA.encode()).hexdigest().upper(), "e-mail address, hashed"),
        (base64.b64encode(hashlib.sha256(ADA.encode()).digest()).decode(), "e-mail address, hashed"),
        (base64.urlsafe_b64encode(hashlib.sha1(ADA.encode()).digest()).decode(), "e-mail address, hashed"),
        ("Ada Lovelace", "name"),
        ("ada.lovelace", "name"),
        ("Ada+Lovelace", "name"),
        ("ada%20lovelace", "name"),
        ("name:Ada", "name"),
        ("lovelace", "name"),
        ("442079460958", "telephone number"),
        ("tel:+44 20 7946 0958", "telephone number"),
    ],
)
def test_a_value_that_names_the_visitor_in_any_reading(value: str, what: str) -> None:
    seen = timeline(visit(), setting("session", value), state(20.0, cookie("session", value)))
    finding = only(personal_data.stores_no_personal_data(seen, PROFILE, ()))
    assert (finding.rule, finding.category, finding.kind) == ("names a person", "functionality", Kind.COOKIE)
    assert (finding.name, finding.host, finding.moment, finding.written_by) == (
        "session", "shop.example", "reads article 1", HOME,
    )  # fmt: skip
    assert finding.sentence == f'The cookie "session" of shop.example holds the visitor\'s {what}; written by {HOME}'
    assert value not in finding.sentence


@pytest.mark.parametrize(
    "value", ["", TOKEN, "canada", "3ada7f", "GA1.2.123456789.1795593600", coded("eve@example.com")]
)
def test_a_value_that_names_nobody(value: str) -> None:
    seen = timeline(visit(), state(20.0, cookie("session", value)))
    assert personal_data.stores_no_personal_data(seen, PROFILE, ()) == Verdict()


def test_a_name_in_a_name_and_one_that_was_gone_again_count() -> None:
    named = timeline(visit(), state(20.0, item(Kind.LOCAL_STORAGE, f"cart-{ADA}")))
    assert only(personal_data.stores_no_personal_data(named, PROFILE, ())).kind is Kind.LOCAL_STORAGE
    gone = timeline(visit(), write("zz", value=ADA), state(20.0))
    assert only(personal_data.stores_no_personal_data(gone, PROFILE, ())).category == "undeclared"


def test_a_person_of_whom_nothing_is_known_is_not_found_everywhere() -> None:
    nobody = PROFILE.model_copy(
        update={"person": PROFILE.person.model_copy(update={"phones": ("-",), "names": ("", "Li")})}
    )
    seen = timeline(visit(), state(20.0, cookie("session", "limit=1")))
    assert personal_data.stores_no_personal_data(seen, nobody, ()).findings == ()


@pytest.mark.parametrize(
    "more",
    [
        {"url": f"{METRICS}?u={quote(ADA)}"},
        {"url": METRICS, "body": Value(f"em={hashlib.sha256(ADA.encode()).hexdigest()}"), "method": "POST"},
        {"url": METRICS, "referer": f"{HOME}?mail={ADA}"},
        {"url": METRICS, "cookies": (("uid", Value(coded(ADA))),)},
    ],
)
def test_a_service_that_receives_personal_data_is_a_finding(more: dict[str, object]) -> None:
    told = request(**more)  # type: ignore[arg-type]
    finding = only(personal_data.sends_no_personal_data(timeline(visit(), told, told), PROFILE, ()))
    assert (finding.rule, finding.category, finding.host, finding.name) == (
        "names a person", "analytics", "a.metrics.example", "/c",
    )  # fmt: skip
    assert finding.sentence.startswith("The service at a.metrics.example was told the visitor's e-mail address")
    assert ADA not in finding.sentence


def test_the_site_itself_may_know_whom_it_serves_and_silence_is_clean() -> None:
    seen = timeline(visit(), request(f"{HOME}account?u={ADA}"), request(METRICS))
    assert personal_data.sends_no_personal_data(seen, PROFILE, ()) == Verdict()
    early = timeline(visit(), request(f"{METRICS}?u={ADA}", at=5.0))
    assert personal_data.sends_no_personal_data(early, PROFILE, (), since=6.0).findings == ()


def test_a_functionality_value_must_not_reach_another_service() -> None:
    held = state(20.0, cookie("session", TOKEN), cookie("choice", "c" + TOKEN[1:]), cookie("_ga", "GA1.2.33344455566"))
    seen = timeline(visit(), held, request(f"{METRICS}?sid=x-{TOKEN}-y", at=30.0))
    finding = only(anonymity.functionality_stays_home(seen, PROFILE, ()))
    assert (finding.rule, finding.category, finding.kind) == ("functionality value sent away", "analytics", Kind.COOKIE)
    assert (finding.name, finding.host, finding.at) == ("session", "a.metrics.example", 30.0)
    assert finding.sentence == 'The value of the cookie "session" was sent to a.metrics.example'


@pytest.mark.parametrize(
    "url",
    [
        f"{HOME}x?sid={TOKEN}",
        f"https://cdn.example/x?sid={TOKEN}",
        f"{METRICS}?choice=c{TOKEN[1:]}",
        f"{METRICS}?cid=GA1.2.33344455566",
        f"{METRICS}?lang=en-GB&sid={TOKEN[:-1]}",
    ],
)
def test_a_request_without_a_functionality_value_to_others_is_clean(url: str) -> None:
    held = state(20.0, cookie("session", TOKEN), cookie("choice", "c" + TOKEN[1:]), cookie("_ga", "GA1.2.33344455566"))
    lang = item(Kind.LOCAL_STORAGE, "ui", "en-GB")
    seen = timeline(visit(), held, state(21.0, lang), request(url, at=30.0))
    assert anonymity.functionality_stays_home(seen, PROFILE, ()) == Verdict()


OLD = (visit(), state(20.0, cookie("_ga", f"GA1.{TOKEN}"), cookie("choice", "v1-44445555666677")))


def test_an_identifier_that_is_new_after_all_was_removed_is_clean() -> None:
    later = (visit(40.0, "comes back"), setting("_ga", "GA1.0000aaaa1111bbbb", at=41.0), request(METRICS, at=42.0))
    again = state(50.0, cookie("_ga", "GA1.0000aaaa1111bbbb"), cookie("choice", "v1-44445555666677"))
    assert anonymity.came_back(timeline(*OLD, *later, again), PROFILE, (), 30.0) == Verdict()


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(state(50.0, cookie("_ga", f"GA1.{TOKEN}")), id="in the jar"),
        pytest.param(setting("_ga", TOKEN, at=41.0), id="set by an answer"),
        pytest.param(write("_ga", at=41.0, value=f"x.{TOKEN}"), id="written by a script"),
    ],
)
def test_an_identifier_that_came_back_is_a_finding(later: object) -> None:
    seen = timeline(*OLD, visit(40.0, "comes back"), later)  # type: ignore[arg-type]
    finding = only(anonymity.came_back(seen, PROFILE, (), 30.0))
    assert (finding.rule, finding.name, finding.moment) == ("identifier came back", "_ga", "comes back")
    assert finding.sentence.startswith(
        'The cookie "_ga" of shop.example came back with the old value of the cookie "_ga"'
    )
    assert TOKEN not in finding.sentence


def test_an_identifier_that_comes_back_under_another_name_or_on_its_way_out_is_one_too() -> None:
    renamed = timeline(*OLD, setting("session", TOKEN, at=41.0))
    assert (
        'came back with the old value of the cookie "_ga"'
        in only(anonymity.came_back(renamed, PROFILE, (), 30.0)).sentence
    )
    sent = timeline(*OLD, request(f"{METRICS}?cid={TOKEN}", at=41.0), state(60.0))
    finding = only(anonymity.came_back(sent, PROFILE, (), 30.0))
    assert (finding.kind, finding.name, finding.host) == (Kind.COOKIE, "_ga", "a.metrics.example")
    assert finding.sentence == 'The service at a.metrics.example was sent the old value of the cookie "_ga"'
    own = timeline(*OLD, request(f"{HOME}?cid={TOKEN}", at=41.0), state(60.0))
    assert anonymity.came_back(own, PROFILE, (), 30.0).findings == ()


def test_stores_other_than_cookies_stay_when_cookies_are_removed() -> None:
    kept = timeline(*OLD, state(60.0, item(Kind.INDEXED_DB, "buffer", TOKEN)))
    assert anonymity.came_back(kept, PROFILE, (), 30.0).findings == ()


def sent(at: float, address: str) -> Verdict:
    """What came back of a session that had begun a few seconds before all cookies were deleted."""
    old = state(1795732859.0, cookie("_ga_1", "GS1.1.1795732855.1"))
    seen = timeline(visit(), old, state(1795732860.0), request(address, at))
    return anonymity.came_back(seen, PROFILE, (), 1795732859.5)


def test_a_new_session_within_the_second_of_the_old_one_is_a_coincidence() -> None:
    address = "https://a.metrics.example/c?sid=1795732855"
    assert only(sent(1795732861.0, address)).rule == "identifier came back"
    renewed = sent(1795732861.0, "https://a.metrics.example/c?sid=1795732861")
    assert renewed.findings == ()


@pytest.mark.parametrize(
    ("ask", "doubt"),
    [
        (lambda seen: personal_data.stores_no_personal_data(seen, PROFILE, BLIND), "IndexedDB cannot be observed"),
        (lambda seen: personal_data.sends_no_personal_data(seen, PROFILE, BLIND), "some requests cannot be observed"),
        (lambda seen: anonymity.functionality_stays_home(seen, PROFILE, BLIND), "some requests cannot be observed"),
        (
            lambda seen: recognisable.partners_cannot_recognise(seen, seen, PROFILE, BLIND),
            "some requests cannot be observed",
        ),
        (lambda seen: anonymity.came_back(seen, PROFILE, (), 30.0), "what is stored was never read"),
    ],
)
def test_an_unread_store_is_a_doubt(ask: Callable[[object], Verdict], doubt: str) -> None:
    seen = timeline(visit(), rest()) if "never read" in doubt else timeline(visit(), state(20.0), rest())
    assert [one for one in ask(seen).doubts if one.startswith(doubt)]


def test_what_scripts_read_of_another_store_is_read_as_well() -> None:
    kept = item(Kind.LOCAL_STORAGE, "prefs", '{"member": "b7c41f09e2d85a36"}', "px.ads.example")
    sent = request("https://www.shop.example/search?member=b7c41f09e2d85a36", 20.0)
    read = timeline(visit(), choice(2, "advertising"), state(5, kept), choice(10), sent, rest())
    finding = only(anonymity.left_unread(read, PROFILE, [Category.ADVERTISING], (), 10.0))
    assert "local storage" in finding.sentence
