"""With which load of a page a request was sent: addresses without a document, and last words, belong to one before."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record, Request
from consentinel.verdicts import recognisable, sent, signals
from consentinel.verdicts.finding import Verdict
from consentinel.verdicts.loads import Loads
from tests.verdicts.builders import HOME, PROFILE, choice, only, request, rest, timeline, visit
from tests.verdicts.test_anonymity import TOKEN
from tests.verdicts.test_pings import ANALYTICS, ANNOUNCED, PING
from tests.verdicts.test_signals import hit

NEXT, ROUTE = f"{HOME}next", f"{HOME}route"
FIRST = request(HOME, 10.0, document=True, answered=10.2)
SECOND = request(NEXT, 20.0, document=True, answered=21.0)
PIXEL = "https://cdn.example/f"


def load_of(*others: Request, page: str, at: float) -> object:
    return Loads((FIRST, *others)).of(request(PIXEL, at, page=page))


@pytest.mark.parametrize(
    ("page", "at", "load"),
    [
        (HOME, 11.0, (HOME, 1)),
        (f"{HOME}#top", 11.0, (HOME, 1)),
        (ROUTE, 11.0, (HOME, 1)),
        (ROUTE, 22.0, (NEXT, 1)),
        (NEXT, 22.0, (NEXT, 1)),
        (NEXT, 20.5, (HOME, 1)),
        (HOME, 22.0, (HOME, 1)),
        ("", 11.0, None),
    ],
)
def test_what_was_sent_belongs_to_the_document_that_had_come(page: str, at: float, load: object) -> None:
    assert load_of(SECOND, page=page, at=at) == load


@pytest.mark.parametrize(("url", "load"), [(f"{HOME}note", (HOME, 1)), (PIXEL, None)])
def test_its_own_host_is_told_which_page_has_sent_something(url: str, load: object) -> None:
    assert Loads((FIRST, SECOND)).of(request(url, 11.0, page="", referer=HOME)) == load


def test_a_page_that_was_fetched_ahead_has_a_load_of_its_own_once_it_shows() -> None:
    ahead = request(NEXT, 11.0, document=True, answered=11.1, wishes=(("sec-purpose", "prefetch"),))
    assert load_of(ahead, page=ROUTE, at=12.0) == (HOME, 1)
    assert load_of(ahead, page=NEXT, at=12.0) == (NEXT, 1)


def test_a_detour_is_no_page_and_a_page_that_is_loaded_again_is_another_load() -> None:
    detour = request(f"{HOME}out", 19.0, document=True, status=302, answered=19.1)
    assert load_of(detour, SECOND, page=NEXT, at=20.5) == (HOME, 1)
    again = request(HOME, 30.0, document=True, answered=30.1)
    assert load_of(again, page=HOME, at=31.0) == (HOME, 2)
    assert Loads((FIRST, again)).of(again) == (HOME, 2)


def test_pages_are_told_apart_by_their_addresses_where_no_document_was_seen() -> None:
    assert Loads(()).of(request(PIXEL, 11.0, page=ROUTE)) == (ROUTE, 0)


def denied(at: float, page: str) -> Record:
    return hit("qqqq", at, more="&cid=771234.881234", page=page)


def recognised(*records: Record) -> int:
    told = timeline(visit(), choice(5), FIRST, *records, rest())
    return len(signals.recognises_nobody(told, PROFILE, ()).findings)


def test_a_client_id_in_the_memory_of_a_document_does_not_outlive_it() -> None:
    assert recognised(denied(11, HOME), denied(12, ROUTE), SECOND, denied(20.5, NEXT), denied(20.6, "")) == 0
    assert recognised(denied(11, HOME), SECOND, denied(22, NEXT)) == 1
    assert recognised(denied(11, HOME), request(HOME, 20.0, document=True), denied(22, HOME)) == 1


def test_a_ping_in_the_last_words_of_a_page_is_of_that_page() -> None:
    def pinged(*pages: tuple[float, str]) -> int:
        pings = [request(f"{PING}&cid=1234567.1", at, page=page) for at, page in pages]
        return len(
            sent.nothing_to(timeline(visit(), FIRST, SECOND, *pings, rest()), ANNOUNCED, (ANALYTICS,), ()).findings
        )

    assert pinged((11.0, HOME), (12.0, ROUTE), (20.5, NEXT), (20.6, "")) == 0
    assert pinged((11.0, HOME), (22.0, NEXT)) == 1


def test_a_number_of_a_documents_own_recognises_nobody_under_the_addresses_of_a_single_page_site() -> None:
    def walk(first: str, second: str) -> list[Record]:
        told = [(first, 11.0, HOME), (first, 12.0, ROUTE), (second, 22.0, NEXT), (second, 23.0, f"{NEXT}/route")]
        return [FIRST, SECOND, *(request(f"{PIXEL}?trace={value}", at, page=page) for value, at, page in told)]

    def judged(first: str, second: str) -> Verdict:
        stranger = timeline(visit(), request(PIXEL))
        return recognisable.partners_cannot_recognise(timeline(visit(), *walk(first, second)), stranger, PROFILE, ())

    assert judged(TOKEN, "1b9d6bcd4f2a8e03") == Verdict()
    assert only(judged(TOKEN, TOKEN)).host == "cdn.example"
