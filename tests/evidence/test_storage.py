"""The ledger of what origins keep, also those whose frames have closed."""

from __future__ import annotations

import json

from consentinel.evidence.records import STORED_KINDS, Kind
from consentinel.evidence.storage import StorageLedger

SHOP = "https://www.shop.example"
AD = "https://ads.example"


def reading(
    origin: str, *items: tuple[str, str, str], denied: tuple[str, ...] = (), lacking: tuple[str, ...] = ()
) -> str:
    told = [{"kind": kind, "name": name, "value": value} for kind, name, value in items]
    refused = [[kind, "SecurityError"] for kind in denied]
    return json.dumps({"origin": origin, "items": told, "denied": refused, "lacking": lacking})


def names(ledger: StorageLedger) -> list[tuple[str, str, str | None]]:
    return sorted((item.host, item.name, item.partition) for item in ledger.items())


def test_what_a_frame_keeps_is_known_with_its_origin() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("local_storage", "k", "v")), SHOP)])
    (item,) = ledger.items()
    assert (item.kind, item.host, item.name, item.value.text) == (Kind.LOCAL_STORAGE, "www.shop.example", "k", "v")
    assert item.secure
    assert item.partition is None


def test_an_embedded_origin_is_kept_under_the_page_that_embeds_it() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, ("local_storage", "id", "1")), SHOP)])
    ledger.update([(reading(AD, ("local_storage", "id", "2")), "https://other.example")])
    assert names(ledger) == [("ads.example", "id", "https://other.example"), ("ads.example", "id", SHOP)]


def test_an_origin_whose_frame_has_closed_still_holds_what_it_held() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, ("indexed_db", "db", "")), SHOP)])
    ledger.update([(reading(SHOP), SHOP)])
    assert names(ledger) == [("ads.example", "db", SHOP)]


def test_a_new_reading_of_an_origin_replaces_the_old_one() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("local_storage", "a", "1"), ("local_storage", "b", "1")), SHOP)])
    ledger.update([(reading(SHOP, ("local_storage", "b", "2")), SHOP)])
    assert [(item.name, item.value.text) for item in ledger.items()] == [("b", "2")]


def test_two_tabs_of_one_origin_add_up() -> None:
    ledger = StorageLedger()
    one, other = reading(SHOP, ("session_storage", "a", "1")), reading(SHOP, ("session_storage", "b", "1"))
    ledger.update([(one, SHOP), (other, SHOP)])
    assert [item.name for item in ledger.items()] == ["a", "b"]


def test_session_storage_ends_with_the_tabs_and_the_rest_does_not() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("session_storage", "s", "1"), ("local_storage", "l", "1")), SHOP)])
    ledger.forget_sessions()
    assert [item.name for item in ledger.items()] == ["l"]


def test_a_frame_without_an_origin_of_its_own_keeps_nothing() -> None:
    ledger = StorageLedger()
    ledger.update([(reading("null", ("local_storage", "k", "v")), SHOP)])
    assert ledger.items() == ()


def test_a_store_that_a_frame_refuses_to_show_is_unread_and_keeps_what_was_known_of_it() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, ("local_storage", "a", "1"), ("indexed_db", "db", "")), SHOP)])
    ledger.update([(reading(AD, denied=("local_storage",)), SHOP)])
    assert ledger.unread() == ((Kind.LOCAL_STORAGE, "ads.example"),)
    assert [item.kind for item in ledger.items()] == [Kind.LOCAL_STORAGE]


def test_a_store_stays_unread_until_a_frame_shows_it() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, denied=("local_storage",)), SHOP)])
    ledger.update([(reading(SHOP), SHOP)])
    assert ledger.unread() == ((Kind.LOCAL_STORAGE, "ads.example"),)
    ledger.update([(reading(AD), SHOP)])
    assert ledger.unread() == ()


def test_one_frame_that_shows_a_store_is_enough() -> None:
    ledger = StorageLedger()
    one, other = reading(AD, denied=("cache", "indexed_db")), reading(AD, denied=("cache",))
    ledger.update([(one, SHOP), (other, SHOP)])
    assert ledger.unread() == ((Kind.CACHE, "ads.example"),)


def test_a_store_that_a_document_lacks_is_as_it_was() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, lacking=("service_worker",)), SHOP)])
    assert ledger.unread() == ()
    ledger.update([(reading(AD, ("service_worker", "/", "sw.js"), ("cache", "c", "")), SHOP)])
    ledger.update([(reading(AD, lacking=("service_worker",)), SHOP)])
    assert [item.kind for item in ledger.items()] == [Kind.SERVICE_WORKER]
    ledger.update([(reading(AD), SHOP), (reading(AD, lacking=("service_worker",)), SHOP)])
    assert ledger.items() == ()


def test_a_document_that_lacks_a_store_does_not_show_what_another_refuses() -> None:
    ledger = StorageLedger()
    lacking, refusing = reading(AD, lacking=("service_worker",)), reading(AD, denied=("service_worker",))
    for readings in ([lacking, refusing], [refusing, lacking], [lacking]):
        ledger.update([(one, SHOP) for one in readings])
        assert ledger.unread() == ((Kind.SERVICE_WORKER, "ads.example"),)
    ledger.update([(lacking, SHOP), (reading(AD), SHOP)])
    assert ledger.unread() == ()


def test_an_opaque_origin_refuses_because_it_has_nothing() -> None:
    ledger = StorageLedger()
    ledger.update([(reading("null", denied=("local_storage", "indexed_db")), SHOP)])
    ledger.update([], [("null", SHOP)])
    assert ledger.unread() == ()


def test_of_a_frame_that_is_there_and_does_not_answer_nothing_is_read() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP), SHOP)], [(AD, SHOP)])
    assert {kind for kind, _ in ledger.unread()} == set(STORED_KINDS) - {Kind.COOKIE}
    ledger.forget_sessions()
    assert (Kind.SESSION_STORAGE, "ads.example") not in ledger.unread()


def test_what_one_frame_shows_is_read_though_another_of_the_same_origin_does_not_answer() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP), SHOP)], [(SHOP, SHOP)])
    assert ledger.unread() == ()
