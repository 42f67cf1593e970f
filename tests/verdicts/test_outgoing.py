"""The rule about links by which a visitor leaves the site."""

from __future__ import annotations

from functools import partial

import pytest

from consentinel.verdicts import outgoing
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, cookie, only, rest, state, timeline, visit

MINE, THEIRS, THIRD = "9f86d081884c7d65", "2c26b46b68ffc68f", "fcde2b2edba56bf4"
AT = "https://other.example/about"


def judged(mine: list[list[str]], theirs: list[list[str]], choice: str = "none") -> Verdict:
    seen = timeline(visit(), state(2.0, cookie("choice", choice)), rest(page=HOME))
    return outgoing.links_are_anonymous(seen, mine, theirs, PROFILE)


def test_a_link_that_names_the_visitor_on_each_page_is_told_with_its_host() -> None:
    finding = only(judged([[f"{AT}?from={MINE}"], [f"{AT}?from={MINE}"]], [[f"{AT}?from={THEIRS}"]]))
    assert (finding.rule, finding.name) == ("recognisable: in a link", "other.example")
    assert finding.sentence == ('A link to other.example carries something that recognises the visitor, as "from"')


@pytest.mark.parametrize(
    ("form", "name"), [("#_id={}", "_id"), ("#/tea?from={}", "/tea?from"), ("#{}", "its fragment")]
)
def test_a_link_may_name_the_visitor_in_its_fragment(form: str, name: str) -> None:
    mine, theirs = AT + form.format(MINE), AT + form.format(THEIRS)
    assert f'"{name}"' in only(judged([[mine], [mine]], [[theirs]])).sentence
    assert judged([[mine], [mine]], [[mine]]) == Verdict()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([[f"{AT}?page={MINE}"]] * 2, [[f"{AT}?page={MINE}"]]),
        ([[f"{AT}?request={MINE}"], [f"{AT}?request={THIRD}"]], [[f"{AT}?request={THEIRS}"]]),
        ([[f"{AT}?from={MINE}"]], [[f"{AT}?from={THEIRS}"]]),
        ([[f"{AT}?from={MINE}"]] * 2, [[AT]]),
        ([[f"{AT}?from={MINE}"], [AT], [f"{AT}?from={THIRD}"]], [[f"{AT}?from={THEIRS}"]]),
        ([[f"{AT}?state={MINE}"]] * 2, [[f"{AT}?state={THEIRS}"]]),
        ([[f"{AT}?csrf_token={MINE}"]] * 2, [[f"{AT}?csrf_token={THEIRS}"]]),
        ([[f"https://help.shop.example/?from={MINE}"]] * 2, [[f"https://help.shop.example/?from={THEIRS}"]]),
        ([[f"https://a.cdn.example/?from={MINE}"]] * 2, [[f"https://a.cdn.example/?from={THEIRS}"]]),
        ([[], []], [[]]),
    ],
    ids=["everybody's", "anew", "one load", "theirs is plain", "once", "state", "forgery", "own", "partner", "none"],
)
def test_what_recognises_nobody_is_no_finding(mine: list[list[str]], theirs: list[list[str]]) -> None:
    assert judged(mine, theirs) == Verdict()


def test_the_number_of_the_choice_may_go_along() -> None:
    links = [[f"{AT}?consent=none.{MINE}"]] * 2
    assert judged(links, [[f"{AT}?consent=none.{THEIRS}"]], choice=f"none.{MINE}") == Verdict()


def test_what_two_others_are_shown_in_its_place_is_what_the_site_shows_at_that_time() -> None:
    seen = timeline(visit(), rest(page=HOME))
    links = [[f"{AT}?newest={MINE}"]] * 2
    others = [[f"{AT}?newest={THEIRS}"]] * 2
    assert outgoing.links_are_anonymous(seen, links, others, PROFILE, lambda: others) == Verdict()
    for later in ([[f"{AT}?newest={THIRD}"]] * 2, [[AT]], [[f"{AT}?newest={THEIRS}"], [f"{AT}?newest={THIRD}"]]):
        assert only(outgoing.links_are_anonymous(seen, links, others, PROFILE, partial(tuple, later)))


def test_nobody_else_is_asked_where_nothing_is_found() -> None:
    def nobody() -> list[list[str]]:
        raise AssertionError("nobody has to come")

    same = [[f"{AT}?newest={MINE}"]] * 2
    assert outgoing.links_are_anonymous(timeline(visit()), same, same, PROFILE, nobody) == Verdict()
