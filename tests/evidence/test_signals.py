"""What a request tells of consent, read wherever tags write it, and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.page_signals import command_of, signal_of
from consentinel.evidence.records import Request, Source, Value
from consentinel.evidence.signal_records import ConsentCommand, ConsentString, PrivacyPreference
from consentinel.evidence.signals import LETTERS, Purpose, Told, signals_of

ADS, STATISTICS = Purpose.AD_STORAGE, Purpose.ANALYTICS_STORAGE
ALL = dict.fromkeys(Purpose, True)
NONE = dict.fromkeys(Purpose, False)


def sent(url: str, body: str = "", **changed: Any) -> Request:
    facts: dict[str, Any] = {"method": "POST", "source": Source.WIRE, **changed}
    return Request(1.0, url, body=Value(body), **facts)


def allowed(url: str, body: str = "") -> list[dict[Purpose, bool | None]]:
    return [signal.allowed for signal in signals_of(sent(url, body))]


@pytest.mark.parametrize(
    ("gcs", "told"),
    [
        ("G111", {ADS: True, STATISTICS: True}),
        ("G100", {ADS: False, STATISTICS: False}),
        ("G110", {ADS: True, STATISTICS: False}),
        ("G101", {ADS: False, STATISTICS: True}),
        ("G1--", {ADS: None, STATISTICS: None}),
        ("G1-0", {ADS: None, STATISTICS: False}),
    ],
)
def test_storage_alone(gcs: str, told: dict[Purpose, bool | None]) -> None:
    assert allowed(f"https://region1.metrics.example/g/collect?gcs={gcs}") == [told]


@pytest.mark.parametrize("value", ["", "G2", "G11", "G1111", "G112", "g111", "1", "map"])
def test_a_parameter_of_that_name_without_such_a_value_is_none(value: str) -> None:
    assert allowed(f"https://maps.example/tile?gcs={value}") == []


@pytest.mark.parametrize(
    ("gcd", "letters"),
    [
        ("13l3l3l2l1l1", "llll"),
        ("13q3qPq2q5l1", "qqqq"),
        ("11t1t1t1t5", "tttt"),
        ("13r3p3p2p5l1", "rppp"),
        ("13v3m3u2n5l1", "vmun"),
    ],
)
def test_letters_stand_between_signs_that_vary(gcd: str, letters: str) -> None:
    (signal,) = signals_of(sent(f"https://metrics.example/g/collect?gcd={gcd}"))
    assert signal.purposes == tuple(zip(Purpose, (LETTERS[one] for one in letters), strict=True))


@pytest.mark.parametrize(
    "value", ["13resolution", "13x3x3x2x5l1", "13r3r3r2", "2025-01-01", "23r3r3r2r5l1", "13r-r3r2r5"]
)
def test_other_texts_of_that_name_are_none(value: str) -> None:
    assert allowed(f"https://metrics.example/g/collect?gcd={value}") == []


def test_each_letter_tells_what_default_and_update_said() -> None:
    assert {letter: told.allowed for letter, told in LETTERS.items()} == {
        "l": None, "p": False, "q": False, "m": False, "u": False, "r": True, "n": True, "t": True, "v": True
    }  # fmt: skip
    assert LETTERS["u"] == Told(default=True, update=False)


def test_flags_and_client() -> None:
    (signal,) = signals_of(sent("https://shop.example/data?gcs=G100&npa=1&dma=0&cid=55.66"))
    assert (signal.npa, signal.dma, signal.client) == (True, False, "55.66")
    (bare,) = signals_of(sent("https://shop.example/data?gcs=G100&npa=x"))
    assert (bare.npa, bare.dma, bare.client) == (None, None, "")


def test_a_uet_tag_is_told_of_advertising_alone() -> None:
    (signal,) = signals_of(sent("https://bat.example/action/0?ti=187000001&Ver=2&vid=abc&asc=D"))
    assert (signal.maker, signal.allowed, signal.client) == ("microsoft", {ADS: False}, "abc")
    assert allowed("https://shop.example/u", "ti=187000001&asc=G") == [{ADS: True}]


@pytest.mark.parametrize("query", ["asc=G", "ti=1&asc=asc", "ti=x&asc=G", "sort=price&asc=D", "ti=1"])
def test_a_parameter_called_like_that_of_a_uet_tag_is_none(query: str) -> None:
    assert allowed(f"https://shop.example/list?{query}") == []


def test_each_line_of_a_batch_counts() -> None:
    body = "en=page_view&gcs=G100\r\nen=scroll&gcd=13r3r3r2r5l1"
    assert allowed("https://shop.example/events", body) == [{ADS: False, STATISTICS: False}, ALL]


def test_fields_in_a_path_count() -> None:
    url = "https://1.ads.example/activity;src=1;cat=visit;ord=2;gcs=G111;gcd=13r3r3r2r5l1?"
    assert allowed(url) == [ALL]


def test_json_counts_at_any_reasonable_depth() -> None:
    body = json.dumps({"events": [{"name": "page_view", "consent": {"gcs": "G100"}}]})
    assert allowed("https://collect.shop.example/e", body) == [{ADS: False, STATISTICS: False}]


def test_a_packed_body_counts() -> None:
    fields = (("en", "a"), ("gcs", "G100"), ("en", "b"), ("gcs", "G111"))
    request = sent("https://shop.example/e", fields=tuple((name, Value(value)) for name, value in fields))
    assert [signal.allowed[STATISTICS] for signal in signals_of(request)] == [False, True]


@pytest.mark.parametrize(
    "url",
    [
        "https://metrics.example/g/collect?dl=https%3A%2F%2Fshop.example%2F%3Fgcs%3DG111%26gcd%3D13r3r3r2r5l1",
        "https://metrics.example/g/collect?dr=https%3A%2F%2Fshop.example%2F%3Fgcs%3DG111",
        "https://shop.example/#gcs=G111",
        "https://shop.example/gcs=G111",
    ],
)
def test_what_stands_inside_another_value_is_none(url: str) -> None:
    assert allowed(url) == []


def test_the_first_of_two_counts() -> None:
    url = "https://metrics.example/g/collect?gcs=G100&dl=https://shop.example/?a=1&gcs=G111"
    assert allowed(url) == [{ADS: False, STATISTICS: False}]


def test_a_pages_own_address_is_no_message() -> None:
    assert signals_of(sent("https://shop.example/?gcs=G111", document=True)) == ()


@given(st.text(), st.text())
def test_nothing_that_strangers_write_raises(url: str, body: str) -> None:
    signals_of(sent(url, f"gcs{body}"))
    command_of({"value": body, "name": url, "stack": body, "frame": url, "at": 1})


def noted(operation: str, name: str, value: object) -> dict[str, Any]:
    text = value if isinstance(value, str) else json.dumps(value)
    return {
        "operation": operation,
        "name": name,
        "value": text,
        "stack": "",
        "frame": "https://shop.example/",
        "at": 2000,
    }


def test_what_a_pages_api_said() -> None:
    said = signal_of(noted("consent string", "tcf", {"text": "C", "event": "tcloaded", "applies": True}))
    assert said == ConsentString(2.0, "tcf", Value("C"), "tcloaded", True, "https://shop.example/")
    odd = signal_of(noted("consent string", "gpp", {"text": 7, "event": None, "applies": "yes"}))
    assert odd == ConsentString(2.0, "gpp", Value(""), "", None, "https://shop.example/")


@pytest.mark.parametrize(("maker", "taken"), [("meta", "meta"), (None, "google"), ("x", "google"), (7, "google")])
def test_a_command_knows_whose_tags_are_told(maker: object, taken: str) -> None:
    said = signal_of(noted("consent command", "grant", {"works": True, "maker": maker, "ad_storage": "granted"}))
    assert isinstance(said, ConsentCommand)
    assert (said.maker, said.states) == (taken, (("ad_storage", "granted"),))


def test_what_a_browser_said_to_a_document() -> None:
    said = signal_of(noted("privacy preference", "", {"gpc": True, "dnt": "1"}))
    assert said == PrivacyPreference(2.0, True, "1", "https://shop.example/")
    assert signal_of(noted("privacy preference", "", "x")) == PrivacyPreference(
        2.0, None, None, "https://shop.example/"
    )
    assert signal_of(noted("set", "", "{}")) is None


def test_a_command_keeps_what_is_text() -> None:
    value = {"works": True, "ad_storage": "denied", "analytics_storage": 7, "regions": ["FR", 5], "wait": 500}
    told = command_of(
        {
            "value": json.dumps(value),
            "name": "default",
            "stack": "at gtag (https://shop.example/:3:9)",
            "frame": "https://shop.example/",
            "at": 2000,
        }
    )
    assert told.states == (("ad_storage", "denied"),)
    assert (told.regions, told.wait_ms, told.works, told.at) == (("FR",), 500, True, 2.0)
    assert told.script == "https://shop.example/:3"
