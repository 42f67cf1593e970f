"""A name that is a word as well names nobody where everybody has it in the same place."""

from __future__ import annotations

import pytest

from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.verdicts import personal_data
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import PROFILE, cookie, only, request, state, timeline, visit

MAX = PROFILE.model_copy(update={"person": PROFILE.person.model_copy(update={"names": ("Max Mustermann",)})})
SETTINGS = state(3.0, cookie("ui", '{"max": 5}'))
TILES = request("https://maps.example/tiles?max=10", 4.0)


def judged(*records: Record, theirs: tuple[Record, ...] = ()) -> Verdict:
    seen, others = timeline(visit(), *records), timeline(visit(), *theirs)
    stored = personal_data.stores_no_personal_data(seen, MAX, (), lambda: others)
    return stored + personal_data.sends_no_personal_data(seen, MAX, (), others=lambda: others)


@pytest.mark.parametrize("record", [SETTINGS, TILES])
def test_a_word_that_everybody_has_in_the_same_place_names_nobody(record: Record) -> None:
    assert judged(record, state(9.0), theirs=(record,)).findings == ()
    assert only(judged(record, state(9.0))).rule == "names a person"


@pytest.mark.parametrize(
    "record",
    [
        state(3.0, cookie("ui", '{"max": 5, "name": "Mustermann"}')),
        state(3.0, cookie("greeting", "Max")),
        request("https://maps.example/tiles?max=10&who=mustermann", 4.0),
        request("https://other.example/tiles?max=10", 4.0),
    ],
)
def test_what_only_the_visitor_has_there_names_them(record: Record) -> None:
    assert only(judged(record, state(9.0), theirs=(SETTINGS, TILES))).rule == "names a person"


def test_nobody_else_is_asked_where_nothing_names_the_visitor() -> None:
    def others() -> Timeline:
        raise AssertionError("nobody has to come")

    seen = timeline(visit(), state(3.0, cookie("ui", "maximum")), request("https://maps.example/tiles?maximum=10", 4.0))
    assert personal_data.stores_no_personal_data(seen, MAX, (), others) == Verdict()
    assert personal_data.sends_no_personal_data(seen, MAX, (), others=others) == Verdict()
