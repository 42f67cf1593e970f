"""Who wrote an item and who sent a request."""

from __future__ import annotations

import pytest

from consentinel.evidence.attribution import Attribution
from consentinel.evidence.records import (
    Action,
    Deed,
    Kind,
    Request,
    SetCookie,
    Source,
    State,
    StoredItem,
    Value,
    Write,
)

SCRIPT = "https://www.shop.example/m.js:12"


def write(name: str, host: str, kind: Kind = Kind.COOKIE, at: float = 10.0, **more: str) -> Write:
    script = more.get("script", SCRIPT)
    return Write(at, kind, name, host, more.get("operation", "set"), script=script, frame="https://www.shop.example/")


def response(name: str, host: str, at: float = 10.0, url: str = "https://www.shop.example/set?id=1") -> Request:
    return Request(at, url, "GET", Source.WIRE, set_cookies=(SetCookie(name, Value("1"), host),))


def item(name: str, host: str, kind: Kind = Kind.COOKIE) -> StoredItem:
    return StoredItem(kind, host, name)


@pytest.mark.parametrize(
    ("written", "stored", "known"),
    [
        ("www.shop.example", "www.shop.example", True),
        ("shop.example", "www.shop.example", True),
        ("www.shop.example", "shop.example", True),
        ("a.www.shop.example", "shop.example", True),
        ("shop.example", "workshop.example", False),
        ("workshop.example", "shop.example", False),
        ("www.shop.example", "api.shop.example", False),
    ],
)
def test_a_cookies_domain_may_be_wider_or_narrower_than_its_writers_host(
    written: str, stored: str, known: bool
) -> None:
    assert Attribution([write("a", written)], []).of(item("a", stored), 20.0) == (SCRIPT if known else "")
    answered = Attribution([], [response("a", written)]).of(item("a", stored), 20.0)
    assert answered == ("https://www.shop.example/set" if known else "")


def test_the_last_writer_before_the_moment_is_named() -> None:
    writes = [write("a", "shop.example", at=at, script=f"https://x.example/{at:.0f}.js:1") for at in (30.0, 10.0, 20.0)]
    attribution = Attribution(writes, [response("a", "shop.example", at=25.0)])
    assert attribution.of(item("a", "shop.example"), 20.0) == "https://x.example/20.js:1"
    assert attribution.of(item("a", "shop.example"), 29.0) == "https://www.shop.example/set"
    assert attribution.of(item("a", "shop.example"), 29.8) == "https://x.example/30.js:1", "clocks differ a little"
    assert attribution.of(item("a", "shop.example"), 5.0) == ""


def test_another_name_kind_or_host_is_not_the_same_item() -> None:
    attribution = Attribution([write("a", "shop.example", Kind.LOCAL_STORAGE)], [])
    assert attribution.of(item("a", "shop.example", Kind.LOCAL_STORAGE), 20.0) == SCRIPT
    assert attribution.of(item("b", "shop.example", Kind.LOCAL_STORAGE), 20.0) == ""
    assert attribution.of(item("a", "shop.example", Kind.SESSION_STORAGE), 20.0) == ""
    assert attribution.of(item("a", "www.shop.example", Kind.LOCAL_STORAGE), 20.0) == "", "storage is an origin's own"


def test_removing_is_not_writing_and_opening_a_cache_is() -> None:
    assert Attribution([write("a", "x.example", operation="delete")], []).of(item("a", "x.example"), 20.0) == ""
    opened = Attribution([write("c", "x.example", Kind.CACHE, operation="open")], [])
    entry = Attribution([write("", "x.example", Kind.CACHE)], [])
    assert opened.of(item("c", "x.example", Kind.CACHE), 20.0) == SCRIPT
    assert entry.of(item("c", "x.example", Kind.CACHE), 20.0) == SCRIPT


@pytest.mark.parametrize("kind", [Kind.CACHE, Kind.INDEXED_DB])
def test_what_no_script_of_a_page_has_opened_is_a_workers(kind: Kind) -> None:
    mine = write("mine", "www.shop.example", kind, operation="open")
    entry = write("", "www.shop.example", Kind.CACHE, at=11.0)
    worker = Write(12.0, Kind.SERVICE_WORKER, "/", "www.shop.example", "set", Value("/sw.js"), frame=mine.frame)
    attribution = Attribution([mine, entry, worker], [])
    assert attribution.of(item("shell", "www.shop.example", kind), 20.0) == "https://www.shop.example/sw.js"
    assert attribution.of(item("mine", "www.shop.example", kind), 20.0) == SCRIPT
    assert attribution.of(item("shell", "other.example", kind), 20.0) == "", "a worker writes its own origin's"
    assert attribution.of(item("shell", "www.shop.example", kind), 11.5) == (SCRIPT if kind is Kind.CACHE else "")


def test_where_no_script_is_known_the_frame_is_named_without_its_query() -> None:
    nameless = Write(10.0, Kind.COOKIE, "a", "x.example", "set", frame="https://x.example/page?uid=1234")
    assert Attribution([nameless], []).of(item("a", "x.example"), 20.0) == "https://x.example/page"


def test_the_sender_is_the_last_script_that_called_with_this_address() -> None:
    url = "https://metrics.example/collect"
    early = write(f"{url}#f", "", Kind.REQUEST, at=5.0, operation="fetch", script="https://x.example/early.js?u=9:1")
    late = write(url, "", Kind.REQUEST, at=50.0, operation="fetch", script="https://x.example/late.js:1")
    attribution = Attribution([early, late], [])
    assert attribution.sender_of(Request(6.0, url, "GET", Source.WIRE)) == "https://x.example/early.js:1"
    assert attribution.sender_of(Request(60.0, url, "GET", Source.WIRE)) == "https://x.example/late.js:1"
    assert attribution.sender_of(Request(1.0, url, "GET", Source.WIRE)) == "https://x.example/early.js:1"
    assert attribution.sender_of(Request(6.0, f"{url}/other", "GET", Source.WIRE)) == ""


def test_a_long_address_is_known_by_what_the_page_noted_of_it() -> None:
    url = "https://metrics.example/collect?" + "x" * 600
    attribution = Attribution([write(url[:512], "", Kind.REQUEST, operation="beacon")], [])
    assert attribution.sender_of(Request(20.0, url, "POST", Source.WIRE)) == SCRIPT


def test_who_wrote_a_cookie_that_was_removed_since_has_not_written_the_next_one() -> None:
    cookie = item("a", "shop.example")
    states = [State(15.0, (cookie,), frozenset()), State(20.0, (), frozenset()), State(30.0, (cookie,), frozenset())]
    writes = [write("a", "shop.example")]
    assert Attribution(writes, [], states).of(cookie, 15.0) == SCRIPT
    assert Attribution(writes, [], states).of(cookie, 30.0) == ""
    again = write("a", "shop.example", at=25.0, script="https://x.example/again.js:1")
    assert Attribution([*writes, again], [], states).of(cookie, 30.0) == "https://x.example/again.js:1"


@pytest.mark.parametrize(
    ("host", "actions", "writer"),
    [
        ("www.shop.example", [(30.0, Deed.SEES_KEPT_PAGE)], "https://www.shop.example/tea"),
        ("shop.example", [(30.0, Deed.SEES_KEPT_PAGE)], "https://www.shop.example/tea"),
        ("ads.example", [(30.0, Deed.SEES_KEPT_PAGE)], ""),
        ("www.shop.example", [(30.0, Deed.SEES_KEPT_PAGE), (32.0, Deed.OTHER)], ""),
        ("www.shop.example", [(30.0, Deed.OTHER)], ""),
    ],
)
def test_what_appears_as_a_kept_page_shows_is_that_pages(
    host: str, actions: list[tuple[float, Deed]], writer: str
) -> None:
    acts = [Action(at, "goes back", "https://www.shop.example/tea?id=1", deed=deed) for at, deed in actions]
    assert Attribution([], [], [], acts).of(item("a", host), 35.0) == writer
    assert Attribution([write("a", "www.shop.example", at=31.0)], [], [], acts).of(item("a", host), 35.0) in (
        SCRIPT,
        "",
    )
