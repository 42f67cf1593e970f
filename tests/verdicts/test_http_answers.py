"""Whether addresses answer: a wall against robots, or a network that leads nowhere, is no dead link."""

from __future__ import annotations

from consentinel.verdicts import http_answers
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import HOME, PROFILE, only

URL = f"{HOME}cookies"


def test_of_several_addresses_each_that_does_not_answer_is_a_finding() -> None:
    statuses = [(URL, 200), ("https://a.example/", 404), ("https://b.example/", None)]
    found = http_answers.all_answer(statuses, 1.0, "a link", PROFILE)
    assert [one.host for one in found.findings] == ["a.example", "b.example"]
    assert http_answers.all_answer(statuses[:1], 1.0, "a link", PROFILE) == Verdict()
    assert http_answers.all_answer([], 1.0, "a link", PROFILE).doubts


def test_a_wall_against_robots_is_no_dead_link() -> None:
    for status in (403, 429, 503, 999):
        verdict = http_answers.all_answer([("https://network.example/", status)], 1.0, "a link", PROFILE)
        assert verdict.findings == ()
        assert f"a link answered {status}: https://network.example/; walls against robots" in verdict.doubts[0]


def test_where_nothing_outside_the_site_answers_no_link_to_there_is_dead() -> None:
    mute = [("https://a.example/", None), ("https://b.example/", None)]
    verdict = http_answers.all_answer([*mute, (URL, None)], 1.0, "a link", PROFILE)
    assert only(verdict).host == "www.shop.example"
    assert verdict.doubts == (
        "nothing outside the site answers from here (a.example and b.example): a link was not seen",
    )
