"""The ledger of what origins keep, also those whose frames have closed."""

from __future__ import annotations

import json

from evidence.records import Kind
from evidence.storage import StorageLedger

SHOP = "https://www.shop.example"
AD = "https://ads.example"


def reading(origin: str, *items: tuple[str, str, str]) -> str:
    return json.dumps({"origin": origin, "items": [{"kind": k, "name": n, "value": v} for k, n, v in items]})


def names(ledger: StorageLedger) -> list[tuple[str, str, str | None]]:
    return sorted((item.host, item.name, item.partition) for item in ledger.items())


def test_what_a_frame_keeps_is_known_with_its_origin() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("local_storage", "k", "v")), "tab", SHOP)])
    (item,) = ledger.items()
    assert (item.kind, item.host, item.name, item.value.text) == (Kind.LOCAL_STORAGE, "www.shop.example", "k", "v")
    assert item.secure
    assert item.partition is None


def test_an_embedded_origin_is_kept_under_the_page_that_embeds_it() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, ("local_storage", "id", "1")), "tab", SHOP)])
    ledger.update([(reading(AD, ("local_storage", "id", "2")), "tab", "https://other.example")])
    assert names(ledger) == [("ads.example", "id", "https://other.example"), ("ads.example", "id", SHOP)]


def test_an_origin_whose_frame_has_closed_still_holds_what_it_held() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(AD, ("indexed_db", "db", "")), "tab", SHOP)])
    ledger.update([(reading(SHOP), "tab", SHOP)])
    assert names(ledger) == [("ads.example", "db", SHOP)]


def test_a_new_reading_of_an_origin_replaces_the_old_one() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("local_storage", "a", "1"), ("local_storage", "b", "1")), "tab", SHOP)])
    ledger.update([(reading(SHOP, ("local_storage", "b", "2")), "tab", SHOP)])
    assert [(item.name, item.value.text) for item in ledger.items()] == [("b", "2")]


def test_two_tabs_of_one_origin_add_up() -> None:
    ledger = StorageLedger()
    one, other = reading(SHOP, ("session_storage", "a", "1")), reading(SHOP, ("session_storage", "b", "1"))
    ledger.update([(one, "tab 1", SHOP), (other, "tab 2", SHOP)])
    assert [item.name for item in ledger.items()] == ["a", "b"]


def test_session_storage_ends_with_the_tabs_and_the_rest_does_not() -> None:
    ledger = StorageLedger()
    ledger.update([(reading(SHOP, ("session_storage", "s", "1"), ("local_storage", "l", "1")), "tab", SHOP)])
    ledger.forget_sessions()
    assert [item.name for item in ledger.items()] == ["l"]


def test_a_frame_without_an_origin_of_its_own_keeps_nothing() -> None:
    ledger = StorageLedger()
    ledger.update([(reading("null", ("local_storage", "k", "v")), "tab", SHOP)])
    assert ledger.items() == ()
