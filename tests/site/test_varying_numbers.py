"""Items whose names differ by a moment or a number have one entry, a pattern; a name that all have alike is kept."""

from __future__ import annotations

from consentinel.drafting.sorting import sort_items
from consentinel.drafting.survey import Item, Survey, Traces
from consentinel.drafting.trackers import Trackers
from consentinel.drafting.varying import with_patterns
from consentinel.evidence.records import Kind
from consentinel.site.profile import Category

SHOP = "shop.example"


def cookie(name: str) -> Item:
    return Item(Kind.COOKIE, SHOP, name)


def probing(*names: str) -> Traces:
    items = frozenset(map(cookie, names))
    return Traces(passed=items, values={item: item.name for item in items})


def survey(before: Traces, refused: Traces, accepted: Traces) -> Survey:
    return Survey(f"https://{SHOP}/", "Shop", "described", {}, (), before, refused, accepted, {}, {}, ())


def test_a_probe_that_is_called_by_the_moment_is_one_item_that_tries_the_store() -> None:
    one = survey(
        probing("_probe1795968838901", "_probe1795968839189"),
        probing("_probe1795968840000"),
        probing("_probe1795968849999"),
    )
    told = sort_items(with_patterns(one), Trackers({}), SHOP)
    assert list(told) == [cookie("_probe*")]
    assert told[cookie("_probe*")].category is Category.FUNCTIONALITY


def test_a_probe_that_is_called_by_another_identifier_on_each_page_is_one_item_too() -> None:
    ids = [f"{number}3cce806-ac74-45a3-a971-6eefa4ac613{number}" for number in range(4)]
    first, second, third, fourth = (f"dmn_chk_{one}" for one in ids)
    told = sort_items(
        with_patterns(survey(probing(first, second), probing(third), probing(fourth))), Trackers({}), SHOP
    )
    assert list(told) == [cookie("dmn_chk_*")]
    assert told[cookie("dmn_chk_*")].category is Category.FUNCTIONALITY


def test_a_probe_that_is_called_by_a_scripts_date_is_one_item_too() -> None:
    named = (f"Tue Dec 01 2026 09:09:{second} GMT+0000 (Coordinated Universal Time)" for second in (10, 15, 20))
    told = sort_items(with_patterns(survey(*(probing(name) for name in named))), Trackers({}), SHOP)
    assert list(told) == [cookie("* GMT+0000 (Coordinated Universal Time)")]


def test_an_item_that_keeps_its_number_keeps_its_name() -> None:
    same = Traces(items=frozenset({cookie("_ga_12345678")}), values={cookie("_ga_12345678"): "GS1.1"})
    assert with_patterns(survey(same, same, same)).before == same


def test_small_numbers_count_and_stay() -> None:
    seen = [
        Traces(items=frozenset({cookie(f"step{number}")}), values={cookie(f"step{number}"): "x"})
        for number in (1, 2, 3)
    ]
    assert {item.name for item in sort_items(with_patterns(survey(*seen)), Trackers({}), SHOP)} == {
        "step1",
        "step2",
        "step3",
    }


def test_a_name_that_is_nothing_but_a_number_stays() -> None:
    one = survey(probing("1795968838901"), probing("1795968840000"), probing("1795968849999"))
    assert with_patterns(one) == one
