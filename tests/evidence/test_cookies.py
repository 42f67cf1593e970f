"""Cookies as servers, scripts and jars write them: RFC 6265, and what hostile pages make of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentinel.evidence.cookies import (
    LONGEST,
    as_utf_8,
    from_jar,
    in_jar,
    parse_cookie_header,
    parse_set_cookie,
    value_text,
)
from consentinel.evidence.dates import cookie_date
from consentinel.evidence.records import Kind, SetCookie, Value

URL = "https://www.shop.example/account/sign-in?next=%2F"
NOW = datetime(2026, 11, 25, tzinfo=UTC).timestamp()
DAY = 86400.0


def parsed(header: str, url: str = URL) -> SetCookie:
    cookie = parse_set_cookie(header, url, NOW)
    assert cookie is not None
    return cookie


def test_the_plainest_cookie_belongs_to_its_host_and_folder_and_ends_with_the_session() -> None:
    assert parsed("id=42") == SetCookie("id", Value("42"), "www.shop.example", "/account", None)


@pytest.mark.parametrize(
    ("header", "name", "value"),
    [
        ("a=b=c", "a", "b=c"),
        ("  a  =  b  ", "a", "b"),
        ('a="b"', "a", '"b"'),
        ("a=", "a", ""),
        ("a", "", "a"),
        ("=a", "", "a"),
        ("a=b;", "a", "b"),
        ("ä=ö", "ä", "ö"),
    ],
)
def test_name_and_value(header: str, name: str, value: str) -> None:
    cookie = parsed(header)
    assert (cookie.name, cookie.value.text) == (name, value)


@pytest.mark.parametrize("header", ["", "=", " ; Path=/", ";a=b", "= ; Max-Age=3"])
def test_a_cookie_of_nothing_is_none(header: str) -> None:
    assert parse_set_cookie(header, URL, NOW) is None


@pytest.mark.parametrize(
    ("attribute", "host"),
    [
        ("Domain=shop.example", "shop.example"),
        ("Domain=.shop.example", "shop.example"),
        ("DOMAIN = SHOP.example", "shop.example"),
        ("Domain=www.shop.example", "www.shop.example"),
        ("Domain=", "www.shop.example"),
        ("Domain=.", "www.shop.example"),
        ("Domain=www.shop.example; Domain=shop.example", "shop.example"),
    ],
)
def test_the_domain(attribute: str, host: str) -> None:
    assert parsed(f"a=b; {attribute}").host == host


@pytest.mark.parametrize("domain", ["example", "other.example", "op.example", "a.www.shop.example", "com"])
def test_a_cookie_for_a_domain_that_is_not_the_senders_is_refused_as_browsers_do(domain: str) -> None:
    assert parse_set_cookie(f"a=b; Domain={domain}", URL, NOW) is None


def test_a_cookie_for_a_public_suffix_is_refused() -> None:
    assert parse_set_cookie("probe=1; domain=co.uk", "https://www.shop.co.uk/", NOW) is None
    assert parse_set_cookie("probe=1; domain=shop.co.uk", "https://www.shop.co.uk/", NOW) is not None


def test_a_frame_without_a_host_of_its_own_is_believed() -> None:
    cookie = parse_set_cookie("a=b; Domain=shop.example", "about:srcdoc", NOW)
    assert cookie is not None
    assert cookie.host == "shop.example"


@pytest.mark.parametrize(
    ("attribute", "path"),
    [
        ("Path=/shop", "/shop"),
        ("path=/", "/"),
        ("Path=shop", "/account"),
        ("Path=", "/account"),
        ("Path=/a; Path=b", "/account"),
    ],
)
def test_the_path(attribute: str, path: str) -> None:
    assert parsed(f"a=b; {attribute}").path == path


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/x", "/"),
        ("https://a.example/x/", "/x"),
    ],
)
def test_the_default_path_is_the_folder_of_the_address(url: str, path: str) -> None:
    assert parsed("a=b", url).path == path


@pytest.mark.parametrize(
    ("attributes", "lifetime"),
    [
        ("Max-Age=3600", 3600),
        ("max-age = 60", 60),
        ("Max-Age=0", 0),
        ("Max-Age=-1", -1),
        ("Max-Age=0060", 60),
        ("Max-Age=10; Expires=Wed, 25 Nov 2026 00:01:00 GMT", 10),
        ("Expires=Wed, 25 Nov 2026 00:01:00 GMT; Max-Age=10", 10),
        ("Max-Age=10; Max-Age=soon", 10),
        ("Max-Age=soon; Expires=Wed, 25 Nov 2026 00:01:00 GMT", 60),
        ("Max-Age=1_000", None),
        ("Max-Age=+10", None),
        ("Max-Age=1.5", None),
        ("Max-Age=٣", None),
        ("Max-Age", None),
        ("Expires=tomorrow", None),
        ("Max-Age=" + "9" * 400, LONGEST),
        ("Max-Age=-" + "9" * 5000, -LONGEST),
    ],
)
def test_the_lifetime(attributes: str, lifetime: float | None) -> None:
    assert parsed(f"a=b; {attributes}").max_age == lifetime


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 26 Nov 2026 00:00:00 GMT",
        "Thursday, 26-Nov-26 00:00:00 GMT",
        "Thu Nov 26 00:00:00 2026",
        "Thu, 26-Nov-2026 00:00:00 UTC",
        "26 november 2026 0:0:0",
        "Thu, 26 Nov 2026 00:00:00 +0200",
        "00:00:00 2026 Nov 26",
    ],
)
def test_a_date_is_read_as_leniently_as_browsers_do_and_always_in_universal_time(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert cookie_date(text) == NOW + DAY
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "text",
    ["", "0", "never", "Thu, 26 Nov 2026", "32 Nov 2026 00:00:00", "30 Feb 2026 00:00:00",
     "26 Nov 2026 25:00:00", "26 Now 2026 00:00:00"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert cookie_date(text) is None


def test_a_year_before_1601_removes_as_any_date_in_the_past() -> None:
    removed = parse_set_cookie("a=1; Expires=Mon, 26 Nov 1600 00:00:00 GMT", "https://shop.example/", NOW)
    assert removed
    assert removed.removes


@pytest.mark.parametrize(("year", "full"), [("69", 2069), ("70", 1970), ("99", 1999), ("00", 2000)])
def test_years_of_two_digits(year: str, full: int) -> None:
    assert cookie_date(f"1 Jan {year} 00:00:00") == datetime(full, 1, 1, tzinfo=UTC).timestamp()


def test_a_date_in_the_past_removes() -> None:
    lifetime = parsed("a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT").max_age
    assert lifetime is not None
    assert lifetime < 0


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_cookie(header: str, url: str) -> None:
    cookie = parse_set_cookie(header, url, NOW)
    if cookie is not None and cookie.max_age is not None:
        assert abs(cookie.max_age) < 1e13


@given(st.text(alphabet="Expires=Max-Ag;: 0123456789JanFb,", max_size=80))
def test_no_almost_right_attribute_breaks_it(attributes: str) -> None:
    parse_set_cookie(f"a=b; {attributes}", URL, NOW)


def test_a_request_header_gives_names_and_values() -> None:
    assert parse_cookie_header("a=1; b=2=3;c ; ; d=") == (
        ("a", Value("1")),
        ("b", Value("2=3")),
        ("", Value("c")),
        ("d", Value("")),
    )
    assert parse_cookie_header("") == ()


@pytest.mark.parametrize(
    ("domain", "host"),
    [(".shop.example", "shop.example"), ("shop.example", "shop.example"), ("[::1]", "::1"), ("192.0.2.7", "192.0.2.7")],
)
def test_the_host_of_a_cookie_of_the_jar_is_that_of_its_site_s_address(domain: str, host: str) -> None:
    assert from_jar({"name": "a", "domain": domain}).host == host


def test_a_cookie_of_the_jar() -> None:
    item = from_jar(
        {"domain": ".shop.example", "name": "_ga", "value": {"type": "string", "value": "GA1"}, "path": "/x",
         "expiry": 1795593600, "httpOnly": True, "secure": True, "sameSite": "lax"}
    )  # fmt: skip
    assert (item.kind, item.host, item.name, item.value.text, item.path) == (
        Kind.COOKIE,
        "shop.example",
        "_ga",
        "GA1",
        "/x",
    )
    assert (item.expires, item.http_only, item.secure, item.same_site) == (1795593600.0, True, True, "lax")
    assert item.partition is None


@pytest.mark.parametrize(
    ("secure", "told", "known"), [(False, "none", "unknown"), (True, "none", "none"), (False, "strict", "strict")]
)
def test_an_insecure_cookie_cannot_be_for_every_site(secure: bool, told: str, known: str) -> None:
    assert from_jar({"domain": "a", "name": "b", "secure": secure, "sameSite": told}).same_site == known


def test_a_session_cookie_has_no_end_and_an_unset_same_site_is_unknown() -> None:
    item = from_jar({"domain": "a", "name": "b"})
    assert (item.expires, item.same_site, item.value.text) == (None, "unknown", "")


@pytest.mark.parametrize(
    ("key", "value", "partition"),
    [
        ("goog:partitionKey", {"topLevelSite": "https://shop.example"}, "https://shop.example"),
        ("moz:partitionKey", {"sourceOrigin": "https://shop.example"}, "https://shop.example"),
        ("goog:partitionKey", "https://shop.example", "https://shop.example"),
        ("goog:partitionKey", {}, None),
        ("goog:partitionKey", "", None),
    ],
)
def test_a_partitioned_cookie_says_under_which_site(key: str, value: object, partition: str | None) -> None:
    assert from_jar({"domain": "a", "name": "b", key: value}).partition == partition


def test_bytes_that_are_no_text_are_kept() -> None:
    assert value_text({"type": "base64", "value": "//4="}) == "\xff\xfe"
    assert value_text({"type": "base64", "value": "?"}) == ""


def test_a_name_and_a_value_outside_ascii_are_the_same_from_the_jar_the_wire_and_a_script() -> None:
    in_bytes = "visité=à".encode().decode("latin-1")
    name, _, value = in_bytes.partition("=")
    jar = from_jar({"name": name, "value": {"type": "base64", "value": "w6A="}, "domain": "shop.example"})
    assert (jar.name, jar.value) == ("visité", Value("à"))
    assert from_jar({"name": name, "value": {"type": "string", "value": value}}).value == Value("à")
    assert parsed(in_bytes) == parsed("visité=à")
    assert parse_cookie_header(in_bytes) == (("visité", Value("à")),)


@pytest.mark.parametrize("text", ["é", "Zürich", "日本", "a\xff"])
def test_what_is_no_utf_8_stays_as_it_is(text: str) -> None:
    assert as_utf_8(text) == text
    assert value_text({}) == ""


def test_a_cookie_that_has_run_out_is_in_no_jar() -> None:
    expiries = {"session": None, "left": NOW + 1, "ended": NOW, "removed": NOW - 1}
    cookies = [
        {"domain": "a.example", "name": name} | ({} if expiry is None else {"expiry": expiry})
        for name, expiry in expiries.items()
    ]
    assert [item.name for item in in_jar(cookies, NOW)] == ["session", "left"]
