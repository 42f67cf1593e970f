"""Rules about what a dialog shows of itself, and what the site says when it does not ask."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from consentinel.evidence.records import Kind
from consentinel.verdicts import page_rules, regions
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import PROFILE, choice, cookie, item, only, state, timeline, visit

SEEN = timeline(visit())
ALIKE = {"area": 1.0, "letters": 1.0, "opacity": 1.0}


@pytest.mark.parametrize("prominence", [ALIKE, {"area": 0.4, "letters": 0.75, "opacity": 0.75}, {"opacity": 3.0}])
def test_a_quieter_button_that_refuses_is_the_sites_to_choose(prominence: Mapping[str, float]) -> None:
    assert page_rules.refuses_as_visibly(SEEN, prominence) == Verdict()


@pytest.mark.parametrize(
    ("prominence", "what"),
    [
        ({**ALIKE, "area": 0.39}, "its button has 39% of the area that the one for accepting has"),
        ({**ALIKE, "letters": 0.74}, "its button has 74% of the letters that the one for accepting has"),
        (
            {"area": 0.1, "letters": 1.0, "opacity": 0.2},
            "its button has 10% of the area and 20% of the opacity that the one for accepting has",
        ),
        ({}, "The banner has no button for refusing beside the one for accepting"),
    ],
)
def test_a_button_that_refuses_does_not_hide(prominence: Mapping[str, float], what: str) -> None:
    finding = only(page_rules.refuses_as_visibly(SEEN, prominence))
    assert (finding.rule, finding.name) == ("harder to refuse", "refuse")
    assert finding.sentence in (what, f"Refusing hides: {what}")


def test_the_keyboard_opens_the_preferences() -> None:
    assert page_rules.reaches_by_keyboard(SEEN, "reached", opens=True) == Verdict()
    idle = only(page_rules.reaches_by_keyboard(SEEN, "reached", opens=False))
    assert idle.sentence == "The preferences cannot be opened by keyboard: Enter does nothing there"
    aside = only(page_rules.reaches_by_keyboard(SEEN, "out of reach", opens=False))
    assert aside.sentence.endswith("what opens them takes no part in the order of the Tab key")
    missing = page_rules.reaches_by_keyboard(SEEN, "missing", opens=False)
    assert missing == Verdict(doubts=("the profile's elements.preferences_link shows nowhere on this page",))


@pytest.mark.parametrize(("mine", "theirs"), [(None, "https://circle.example/"), ("https://circle.example/", None)])
def test_a_link_that_one_of_two_visitors_does_not_have_proves_nothing(mine: str | None, theirs: str | None) -> None:
    verdict = page_rules.recognises_nobody(SEEN, mine, theirs, "social network")
    assert verdict == Verdict(doubts=("no visible link on this page leads to the social network",))


def test_a_site_that_does_not_ask_is_told_what_an_earlier_choice_left_outside_cookies() -> None:
    before = state(1.0, item(Kind.LOCAL_STORAGE, "theme"))
    after = state(20.0, cookie("session"), item(Kind.LOCAL_STORAGE, "theme"), item(Kind.LOCAL_STORAGE, "agreed"))
    seen = timeline(visit(), before, choice(5.0, "analytics"), after)
    assert only(page_rules.asks(seen, PROFILE, shows=False)).sentence == (
        "The site does not ask for a choice, although none is stored; "
        'outside cookies an earlier choice has left the local storage entry "agreed"'
    )
    nothing = timeline(visit(), state(1.0), choice(5.0, "analytics"), state(20.0, cookie("session")))
    assert only(page_rules.asks(nothing, PROFILE, shows=False)).sentence.endswith("although none is stored")


def test_a_region_whose_visitors_are_not_asked_is_no_breach() -> None:
    assert regions.asked("France", shows=True) == regions.asked("France", shows=True, doubt="unread") == Verdict()
    (doubt,) = regions.asked("France", shows=False).doubts
    assert doubt.startswith("no dialog came to a visitor from France: the site may take the proxy's address")
    assert regions.asked("France", shows=False, doubt="unread") == Verdict(doubts=("unread",))
