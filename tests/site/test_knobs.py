"""What a click changes about a part of a dialog tells whether it was on, and what shows that it is."""

from __future__ import annotations

import pytest

from consentinel.drafting.knobs import Looks, read_marks


@pytest.mark.parametrize(
    ("before", "after", "marks", "was_on"),
    [
        ({"#a": [".t"]}, {"#a": [".t", ".on"]}, {"on": "#a.on"}, False),
        ({"#a": [".t", ".switch--on"]}, {"#a": [".t"]}, {"on": "#a.switch--on"}, True),
        (
            {"#a": ['[data-state="unchecked"]']},
            {"#a": ['[data-state="checked"]']},
            {"on": '#a[data-state="checked"]'},
            False,
        ),
        ({"#a": ['[data-state="on"]']}, {"#a": ['[data-state="off"]']}, {"on": '#a[data-state="on"]'}, True),
        ({"#a": [".t"], "#row": [".r"]}, {"#a": [".t"], "#row": [".r", ".is-active"]}, {"on": "#row.is-active"}, False),
        ({"#a": [".inactive"]}, {"#a": []}, {"off": "#a.inactive"}, False),
        ({"#a": []}, {"#a": [".disabled"]}, {"off": "#a.disabled"}, True),
        ({"#a": [".x1"]}, {"#a": [".x2"]}, {"on": "#a.x2"}, False),
        ({"#a": [".x1", ".x2"]}, {"#a": [".x1"]}, {"off": "#a.x2"}, False),
        ({"#a": [".button"]}, {"#a": [".button", ".button-pressed"]}, {"on": "#a.button-pressed"}, False),
        ({"#a": [".t"]}, {"#a": [".t"]}, {}, False),
    ],
)
def test_the_look_of_a_switch_that_nothing_names_says_how_it_stands(
    before: Looks, after: Looks, marks: dict[str, str], was_on: bool
) -> None:
    assert read_marks(before, after, before) == (marks, was_on)


def test_what_the_second_click_does_not_undo_tells_nothing() -> None:
    assert read_marks({"#a": [".t"]}, {"#a": [".t", ".seen"]}, {"#a": [".t", ".seen"]}) == ({}, False)
