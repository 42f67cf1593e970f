"""What is known of a jar that no browser shows as a whole."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.classic_jar import JarReading, from_classic, jar_of
from consentinel.evidence.records import (
    Kind,
    Request,
    SetCookie,
    Source,
    StoredItem,
    Value,
)

NOW = 1000.0


def request(
    at: float, url: str = "https://ads.example/pixel", sent: str = "", asked: SetCookie | None = None
) -> Request:
    cookies = tuple((name, Value(value)) for name, _, value in (pair.partition("=") for pair in sent.split()))
    return Request(at, url, "GET", Source.WIRE, cookies=cookies, set_cookies=(asked,) if asked else ())


def asking(name: str = "id", value: str = "1", host: str = "ads.example", **more: Any) -> SetCookie:
    return SetCookie(name, Value(value), host, **more)


def cookie(name: str, host: str = "shop.example", **more: Any) -> StoredItem:
    return StoredItem(Kind.COOKIE, host, name, Value(more.pop("value", "1")), **more)


def shown(
    at: float, *cookies: StoredItem, host: str = "shop.example", path: str = "/", whole: bool = True
) -> JarReading:
    return JarReading(at, host, path, cookies, whole)


def names(*events: Request | JarReading) -> list[tuple[str, str]]:
    requests = [event for event in events if isinstance(event, Request)]
    looks = [event for event in events if isinstance(event, JarReading)]
    return sorted((item.host, item.name) for item in jar_of(requests, looks, NOW))


def test_a_cookie_that_was_only_asked_for_may_have_been_refused() -> None:
    assert names(request(1, asked=asking())) == []


def test_its_way_back_proves_that_it_was_kept_and_tells_its_term() -> None:
    asked = request(1, asked=asking(max_age=5000.0, host="example.org", path="/a", http_only=True))
    (item,) = jar_of([asked, request(2, "https://ads.example.org/", "id=1")], [], NOW)
    expected = cookie("id", "example.org", path="/a", expires=5001.0, http_only=True)
    assert item == expected


def test_a_cookie_that_comes_from_nowhere_was_written_by_a_script() -> None:
    (item,) = jar_of([request(1, sent="made=2")], [], NOW)
    assert (item.host, item.name, item.value, item.expires) == ("ads.example", "made", Value("2"), None)


def test_what_has_run_out_or_was_removed_is_gone() -> None:
    sent = request(2, sent="id=1")
    assert names(request(1, asked=asking(max_age=10.0)), sent) == []
    assert names(request(1, asked=asking()), sent, request(3, asked=asking(max_age=0.0))) == []


def test_a_document_shows_all_that_it_could_be_sent() -> None:
    before = shown(1, cookie("a"), cookie("b"))
    assert names(before, shown(2, cookie("b"))) == [("shop.example", "b")]
    deep = shown(1, cookie("deep", path="/account"), path="/account/orders")
    assert names(deep, shown(2, path="/accounts")) == [("shop.example", "deep")]
    assert names(deep, shown(2, path="/account")) == []
    assert names(before, shown(2, host="help.shop.example")) == []
    assert names(before, shown(2, host="other.example")) == [("shop.example", "a"), ("shop.example", "b")]


def test_a_frames_scripts_see_no_http_only_cookie() -> None:
    kept = [request(1, asked=asking("hidden", http_only=True)), request(2, sent="hidden=1 plain=1")]
    look = shown(3, host="ads.example", whole=False)
    assert names(*kept, look) == [("ads.example", "hidden")]
    seen = shown(3, cookie("plain", "ads.example", value="2"), host="ads.example", whole=False)
    assert {item.name: item.value for item in jar_of(kept, [seen], NOW)} == {"hidden": Value("1"), "plain": Value("2")}


def test_an_unset_same_site_is_not_taken_for_none() -> None:
    raw = {"name": "a", "value": "1", "domain": ".shop.example", "path": "/", "sameSite": "None", "secure": False}
    assert from_classic(raw).same_site == "unknown"
    assert from_classic({**raw, "secure": True}).same_site == "none"
    assert from_classic({**raw, "sameSite": "Lax", "expiry": 5}).same_site == "lax"
    assert from_classic({**raw, "expiry": 5}).expires == 5.0
    assert from_classic(raw).host == "shop.example"


@given(st.lists(st.tuples(st.integers(1, 900), st.sampled_from("abc"), st.booleans()), max_size=12))
def test_nothing_is_in_the_jar_that_nobody_sent_or_showed(events: list[tuple[int, str, bool]]) -> None:
    told = [request(at, sent=f"{name}=1") if sent else request(at, asked=asking(name)) for at, name, sent in events]
    sent = {name for _, name, was_sent in events if was_sent}
    assert {name for _, name in names(*told)} == sent
