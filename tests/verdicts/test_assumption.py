"""A choice that the site keeps although nobody made it is a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consentinel.evidence.records import StoredItem, Value
from consentinel.verdicts import assumption
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import (
    PROFILE,
    choice,
    cookie,
    only,
    state,
    timeline,
    visit,
)


def test_a_choice_that_nobody_made_is_a_finding() -> None:
    finding = only(assumption.assumed(timeline(visit(), state(20.0, cookie("choice"))), PROFILE))
    assert (finding.rule, finding.name) == ("choice assumed", "choice")
    made = timeline(visit(), choice(10.0), state(20.0, cookie("choice")))
    assert assumption.assumed(made, PROFILE) == Verdict()


def test_a_note_that_the_site_still_waits_is_no_choice() -> None:
    kept = PROFILE.consent.stored.model_copy(update={"undecided": ("*=wait*",)})
    waits = PROFILE.model_copy(update={"consent": PROFILE.consent.model_copy(update={"stored": kept})})
    waiting = replace(cookie("choice"), value=Value("!stats=wait!likes=wait"))
    assert assumption.assumed(timeline(visit(), state(20.0, waiting)), waits) == Verdict()
    assert only(assumption.assumed(timeline(visit(), state(20.0, cookie("choice"))), waits)).name == "choice"


NUMBERS = {
    "letters that look like words": ("wCNXxEARFxxRfjRZWZxciwdBJqxwglnx", "mLfHaUxKBxkoouuuyPOTBjnzxxxLxxVE"),
    "one that does and one that does not": ("TMfxthVuxGxhxuXxMVZoxtryxSYvYJLr", "iROaOWORxONxXkwdubxMmlmMfTzAxHLx"),
    "base64 of letters and digits": (
        "WDFuZHVtcTQwWldiUDlzN0tSdDJNeEw4WWhWNUdqRWM",
        "a1U3Z1BxOFRuMlh3NFpzOUJ5Nk1jM1JmNUxqMEhkMVY",
    ),
}


def kept(number: str, choice: str = "") -> StoredItem:
    return replace(
        cookie("choice"), value=Value(f"id:{number},consent:{choice},needed:yes,statistics:{choice or 'no'}")
    )


@pytest.mark.parametrize(("mine", "others"), NUMBERS.values(), ids=NUMBERS)
def test_a_default_with_a_number_that_chance_drew_is_no_choice(mine: str, others: str) -> None:
    noted = timeline(visit(), state(20.0, kept(mine)))
    assert assumption.assumed(noted, PROFILE, [kept(others, "yes")], [kept(others)]) == Verdict()
    for answer in ("yes", "no"):
        made = timeline(visit(), state(20.0, kept(mine, answer)))
        only(assumption.assumed(made, PROFILE, [kept(others, "yes")], [kept(others)]))


def test_names_that_programmers_make_are_not_drawn_by_chance() -> None:
    made, agreed, waits = (
        replace(cookie("choice"), value=Value(name))
        for name in ("onlyFunctionalCookies", "acceptedAllTheCookies", "undecidedAboutCookies")
    )
    only(assumption.assumed(timeline(visit(), state(20.0, made)), PROFILE, [agreed], [waits]))
