"""What scripts store and remove in one task, to try whether a store works, and what only looks like that."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Kind, Record, Write
from consentinel.site.profile import REFUSABLE
from consentinel.verdicts import stored
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, item, only, request, rest, state, timeline, visit, write


def test_what_is_tried_and_undone_in_one_task_is_no_item() -> None:
    tried = timeline(visit(), write("test", kind=Kind.LOCAL_STORAGE, fleeting=True), state(20.0), rest())
    for verdict in (
        stored.only(tried, PROFILE, (), ()),
        stored.written_since(tried, PROFILE, REFUSABLE, (), 0.0),
        stored.declared_once(tried, PROFILE, ()),
    ):
        assert verdict == Verdict()


DRAWN = "__storage_test__0.8372615243"


def trial(at: float, value: str = DRAWN) -> Write:
    return write(DRAWN, at=at, value=value, kind=Kind.LOCAL_STORAGE, fleeting=True)


@pytest.mark.parametrize("value", [DRAWN, "1", "u0.8372615243"])
def test_a_store_may_be_tried_under_a_number_that_is_drawn_anew(value: str) -> None:
    assert stored.only(timeline(visit(), trial(10.0, value), state(20.0), rest()), PROFILE, (), ()) == Verdict()


@pytest.mark.parametrize(
    "again", [trial(12.0), request(f"{HOME}?u={DRAWN}", 12.0), state(12.0, item(Kind.SESSION_STORAGE, "ui", DRAWN))]
)
def test_a_number_that_is_found_again_is_no_mere_trial(again: Record) -> None:
    seen = timeline(visit(), trial(10.0), again, state(20.0), rest())
    assert DRAWN in {one.name for one in stored.only(seen, PROFILE, (), ()).findings}


@pytest.mark.parametrize(
    "tried",
    [
        pytest.param(write("_uid", value="u0.8372615243", fleeting=True), id="its value recognises a device"),
        pytest.param(write("u08372615243", fleeting=True), id="its name recognises a device"),
        pytest.param(write("_ga", fleeting=True), id="a category names it"),
        pytest.param(write("test"), id="it stayed for a while"),
    ],
)
def test_an_item_that_is_undone_at_once_may_be_more_than_a_trial(tried: Write) -> None:
    only(stored.only(timeline(visit(), tried, state(20.0), rest()), PROFILE, (), ()))


PROBE = "validate-browser-context"


def database(at: float, operation: str = "set", name: str = PROBE) -> Write:
    return write(name, at=at, value="", kind=Kind.INDEXED_DB, operation=operation)


@pytest.mark.parametrize("name", [PROBE, "_probe_j8zxgjuxtw4"])
def test_a_database_that_is_made_and_dropped_again_was_tried(name: str) -> None:
    put = write(name, at=10.1, value="a store in it", kind=Kind.INDEXED_DB)
    tried = timeline(visit(), database(10.0, name=name), put, database(10.2, "drop", name), state(20.0), rest())
    for verdict in (
        stored.only(tried, PROFILE, (), ()),
        stored.written_since(tried, PROFILE, REFUSABLE, (), 0.0),
        stored.declared_once(tried, PROFILE, ()),
    ):
        assert verdict == Verdict()


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([database(10.0)], id="it stays"),
        pytest.param([database(10.0), database(10.2, "delete")], id="an entry alone is removed"),
        pytest.param([database(9.0, "drop"), database(10.0)], id="an earlier one was dropped"),
        pytest.param(
            [database(10.0), state(15.0, item(Kind.INDEXED_DB, PROBE, "")), database(16.0, "drop")],
            id="it was there for a while",
        ),
        pytest.param(
            [database(10.0, name="u08372615243"), database(10.2, "drop", "u08372615243")],
            id="its name recognises a device",
        ),
        pytest.param(
            [database(at, how, "probe_u08372615243") for at in (10.0, 12.0) for how in ("set", "drop")],
            id="its name is known the next time",
        ),
    ],
)
def test_a_database_that_stays_is_stored(records: list[Record]) -> None:
    only(stored.only(timeline(visit(), *records, state(20.0), rest()), PROFILE, (), ()))
