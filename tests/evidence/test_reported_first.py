"""A browser may report a request before the proxy has it: until then no page is at rest."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from consentinel.evidence.proxy import Tap
from consentinel.evidence.traffic import LEAVES, Traffic

PAGE = "https://www.shop.example/"
HIT = f"{PAGE}hit"


def begin(traffic: Traffic, number: str, url: str = HIT) -> None:
    request = {"request": number, "url": url, "method": "GET", "headers": []}
    traffic.began({"request": request, "context": "tab"}, PAGE)


def end(traffic: Traffic, number: str, **response: Any) -> None:
    traffic.ended({"request": {"request": number}, "context": "tab", "response": response})


def fail(traffic: Traffic, number: str) -> None:
    traffic.ended({"request": {"request": number}, "context": "tab", "errorText": "blocked"})


@pytest.fixture
def tap() -> Tap:
    return Tap("127.0.0.1", 1, 0.0, addresses=Counter([HIT]))


@pytest.fixture
def traffic(tap: Tap) -> Traffic:
    """One that has sent a first hit, which the proxy has had."""
    traffic = Traffic(tap)
    begin(traffic, "first")
    assert traffic.going_on() == {}
    return traffic


def test_the_same_address_again_is_awaited_until_the_proxy_has_it(traffic: Traffic, tap: Tap) -> None:
    begin(traffic, "again", f"{HIT}#part")
    ((address, seconds),) = traffic.going_on().items()
    assert address == f"{HIT}#part"
    assert 0 < seconds <= LEAVES
    tap.addresses[HIT] += 1
    assert traffic.going_on() == {}


def test_who_is_seen_by_the_proxy_first_is_not_awaited(traffic: Traffic, tap: Tap) -> None:
    tap.addresses[HIT] += 1
    begin(traffic, "again")
    assert traffic.going_on() == {}


def test_what_never_passes_is_not_awaited_any_more_once_the_browser_says_so(traffic: Traffic, tap: Tap) -> None:
    begin(traffic, "kept")
    begin(traffic, "blocked")
    assert [*traffic.going_on()] == [HIT]
    end(traffic, "kept", fromCache=True)
    fail(traffic, "blocked")
    assert traffic.going_on() == {}
    begin(traffic, "again")
    assert [*traffic.going_on()] == [HIT]
    tap.addresses[HIT] += 1
    assert traffic.going_on() == {}, "those that never passed are not counted"


def test_what_does_not_leave_in_time_is_not_waited_for(traffic: Traffic, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(traffic, "again")
    monkeypatch.setattr("consentinel.evidence.traffic.LEAVES", 0.0)
    assert traffic.going_on() == {}
