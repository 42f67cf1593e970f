"""What scripts did to cookies and storage, and what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from consentinel.evidence.attribution import Attribution
from consentinel.evidence.page_writes import (
    cookie_store_write,
    cookie_write,
    index_of_refused,
    with_fleeting,
    write_of,
)
from consentinel.evidence.records import (
    Kind,
    Request,
    SetCookie,
    Source,
    StoredItem,
    Value,
    Write,
)

HOME = "https://www.shop.example/shop/a"
HOST = "www.shop.example"


def write(name: str = "", operation: str = "set", kind: Kind = Kind.LOCAL_STORAGE, **more: Any) -> Write:
    return Write(5.0, kind, name, more.pop("host", HOST), operation, Value(more.pop("value", "1")), frame=HOME, **more)


@pytest.mark.parametrize(
    ("frame", "domain", "host"),
    [
        ("http://[::1]:8080/shop", "", "::1"),
        ("https://www.shop.example:8443/shop", "", "www.shop.example"),
        ("https://www.shop.example/", ".Shop.example", "shop.example"),
        ("about:srcdoc", "", HOST),
    ],
)
def test_whose_write_it_is(frame: str, domain: str, host: str) -> None:
    raw = {"at": 5000, "kind": "cookie", "name": "a", "value": "1", "operation": "set", "stack": "", "frame": frame}
    assert write_of({**raw, "domain": domain}, HOME).host == host


@pytest.mark.parametrize(
    ("text", "shown", "operation"),
    [
        ("a=1; path=/", True, "set"),
        ("a=1; path=/", False, "refused"),
        ("a=1; path=/shop", False, "refused"),
        ("a=1; path=/other", False, "set"),
        ("a=1; path=/other; HttpOnly", False, "refused"),
        ("a=; max-age=0", False, "delete"),
        ("a=; expires=Thu, 01 Jan 1970 00:00:05 GMT", False, "delete"),
        ("a=; expires=Thu, 01 Jan 1970 00:01:05 GMT", True, "set"),
    ],
)
def test_what_assigning_a_cookie_came_to(text: str, shown: bool, operation: str) -> None:
    made = cookie_write({"shown": shown}, write(kind=Kind.COOKIE, value=text), "chromium")
    assert made is not None
    assert (made.name, made.operation) == ("a", operation)


def test_the_cookie_stores_dates_are_ends_too() -> None:
    asked = write("a", kind=Kind.COOKIE)
    assert cookie_store_write({"expires": 65_000}, asked).max_age == 60.0
    assert cookie_store_write({"expires": 0}, asked).operation == "delete"
    assert cookie_store_write({"expires": None}, asked) == asked


def test_a_refusal_that_comes_later_is_of_the_last_such_write() -> None:
    notes = [write("a", kind=Kind.COOKIE), write("a", kind=Kind.COOKIE), write("b", kind=Kind.COOKIE)]
    assert index_of_refused(notes, write("a", "refused", Kind.COOKIE)) == 1
    assert index_of_refused(notes, write("c", "refused", Kind.COOKIE)) is None


@pytest.mark.parametrize(
    ("task", "fleeting"),
    [
        ([write("a"), write("a", "delete")], [True, False]),
        ([write("a"), write("", "clear")], [True, False]),
        ([write("a"), write("a", value="2"), write("a", "delete")], [True, True, False]),
        ([write("a"), write("a", "delete"), write("a")], [True, False, False]),
        ([write("a"), write("b", "delete")], [False, False]),
        ([write("a"), write("a", "delete", host="other.example")], [False, False]),
        ([write("a"), write("a", "delete", Kind.SESSION_STORAGE)], [False, False]),
        ([write("a"), write("a")], [False, False]),
    ],
)
def test_what_one_task_has_written_and_removed_is_fleeting(task: list[Write], fleeting: list[bool]) -> None:
    assert [one.fleeting for one in with_fleeting(task)] == fleeting


def test_who_removes_is_not_who_writes() -> None:
    def answer(url: str, at: float, max_age: float | None) -> Request:
        cookie = SetCookie("message", Value("1"), HOST, max_age=max_age)
        return Request(at, url, "GET", Source.WIRE, set_cookies=(cookie,))

    asked = [answer("https://www.shop.example/choose", 10.0, None), answer(HOME, 10.1, 0.0)]
    attribution, item = Attribution([], asked), StoredItem(Kind.COOKIE, HOST, "message")
    assert attribution.of(item, 10.0) == attribution.of(item, 20.0) == "https://www.shop.example/choose"
    assert attribution.remover_of(item, 10.0) == HOME
    assert attribution.remover_of(item, 11.0) == ""
