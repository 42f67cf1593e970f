"""Which button accepts is told by what it brings, not by its name alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.drafting.pair import fit
from consentinel.drafting.survey import (
    Button,
    Proposal,
    Survey,
    Traces,
)
from tests.site.test_compose import (
    BEFORE,
    CHOICE,
    SURVEY,
    cookie,
)

KEPT = replace(BEFORE, items=BEFORE.items | {CHOICE})
TRACKED = replace(KEPT, items=KEPT.items | {cookie("_x")}, hosts=KEPT.hosts | {"stats.example"})
UNCLEAR, PLAIN = ("Sounds like a plan", "Thanks but later"), ("Accept all", "Reject all")


def surveyed(names: tuple[str, str], accepted: Traces, refused: Traces) -> Survey:
    accept, refuse = names
    buttons = (Button(accept, "#one"), Button(refuse, "#two"))
    dialog = Proposal("#banner", accept=("#one",), refuse=("#two",), buttons=buttons)
    return replace(SURVEY, manager="described", dialog=dialog, accepted=accepted, refused=refused, notes=())


@pytest.mark.parametrize("names", [UNCLEAR, PLAIN])
def test_a_pair_that_fits_is_left_alone(names: tuple[str, str]) -> None:
    survey = surveyed(names, TRACKED, KEPT)
    assert fit(survey) == survey


def test_a_pair_is_turned_round_where_only_what_was_taken_for_refusal_brings_something() -> None:
    found = fit(surveyed(UNCLEAR, KEPT, TRACKED))
    assert found.dialog is not None
    assert (found.dialog.accept, found.dialog.refuse) == (("#two",), ("#one",))
    assert (found.accepted, found.refused) == (TRACKED, KEPT)
    assert found.notes == (
        "The buttons were taken the other way round than their names suggest: one of them brought cookie _x, "
        "stats.example.",
    )


def test_a_site_that_does_the_opposite_of_plain_words_is_doubted_and_not_excused() -> None:
    survey = surveyed(PLAIN, KEPT, TRACKED)
    found = fit(survey)
    assert found.dialog == survey.dialog
    assert "A visitor who refused got what one who accepted did not: cookie _x, stats.example." in found.notes[0]


def test_a_pair_that_brings_the_same_is_doubted() -> None:
    assert "nothing that one who refused did not get" in fit(surveyed(PLAIN, KEPT, KEPT)).notes[0]
    assert "nothing that one who refused did not get" in fit(surveyed(PLAIN, TRACKED, TRACKED)).notes[0]


def test_a_survey_without_both_visits_says_nothing() -> None:
    survey = replace(SURVEY, refused=None)
    assert fit(survey) == survey
