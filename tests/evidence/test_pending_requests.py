"""Requests that scripts made and nobody has seen yet: they keep a page from being at rest, for a while."""

from __future__ import annotations

import pytest

from consentinel.evidence import pending_requests
from consentinel.evidence.pending_requests import LONGEST, PendingRequests, announces

URL = "https://metrics.localhost/tag.js"


def test_a_made_request_is_unseen_until_the_browser_tells_of_it() -> None:
    made = PendingRequests()
    made.make(f"{URL}#part")
    assert made.unseen({}) == [URL]
    made.report(URL)
    assert made.unseen({}) == []


def test_the_wire_may_be_the_first_to_see_it() -> None:
    made = PendingRequests()
    made.make(URL, ends_there=True)
    assert made.unseen({URL: 1}) == []


def test_what_the_wire_has_answered_is_yet_to_run_until_the_browser_tells_of_it() -> None:
    made = PendingRequests()
    made.make(URL)
    assert made.unseen({URL: 1}) == [URL]
    made.report(URL)
    assert made.unseen({URL: 1}) == []


def test_the_same_address_again_is_another_request() -> None:
    made = PendingRequests()
    made.report(URL)
    made.make(URL)
    assert made.unseen({}) == []
    made.make(URL)
    assert made.unseen({}) == [URL]


def test_what_never_shows_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    made = PendingRequests()
    made.make(URL)
    monkeypatch.setattr(pending_requests, "UNSEEN", 0.0)
    assert made.unseen({}) == []
    monkeypatch.undo()
    made.make(URL)
    made.report(URL)
    assert made.unseen({}) == []


def test_what_the_browser_puts_off_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    made = PendingRequests()
    made.make(URL)
    made.withdraw(f"{URL}#part")
    assert made.unseen({}) == []
    made.make(URL)
    with monkeypatch.context() as patch:
        patch.setattr(pending_requests, "UNSEEN", 0.0)
        assert made.unseen({}) == []
    made.withdraw(URL)
    made.make(URL)
    assert made.unseen({}) == [URL]


def test_a_long_address_is_known_by_its_beginning() -> None:
    made, url = PendingRequests(), f"{URL}?{'x' * 2 * LONGEST}"
    made.make(url[:LONGEST])
    assert made.unseen({}) == [url[:LONGEST]]
    made.report(url)
    assert made.unseen({}) == []


def test_what_is_no_address_of_the_network_is_no_request() -> None:
    made = PendingRequests()
    made.make("blob:https://harbour.localhost/1")
    assert made.unseen({}) == []


@pytest.mark.parametrize(
    ("operation", "element", "expected"),
    [("beacon", "", True), ("element", "script", True), ("element", "link", False), ("leaving", "", False)],
)
def test_only_what_sends_at_once_announces(operation: str, element: str, expected: bool) -> None:
    assert announces(operation, element) is expected
