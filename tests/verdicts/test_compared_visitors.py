"""Visitors who are compared: what two profiles share, and what a visitor with another device was given too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from consentinel.evidence.records import Record
from consentinel.evidence.timeline import Timeline
from consentinel.reference_site.tc_string import tc_string
from consentinel.verdicts import anonymity
from consentinel.verdicts.finding import Verdict
from tests.verdicts.builders import PROFILE, choice, cookie, only, request, rest, setting, state, timeline, visit
from tests.verdicts.test_anonymity import TOKEN

OTHER_IDS = (
    "1b9d6bcd4f2a8e03",
    "6e23c3a1be4f0d27",
    "9f86d081884c7d65",
    "a3c65c2974270fd0",
    "b10a8db164e07541",
    "c4ca4238a0b92382",
)


def test_two_profiles_share_no_identifier() -> None:
    one = timeline(visit(), state(20.0, cookie("_ga", TOKEN), cookie("choice", "v1-44445555666677")))
    other = timeline(visit(), state(20.0, cookie("_ga", "1111aaaa2222bbbb"), cookie("choice", "v1-44445555666677")))
    assert anonymity.share_nothing(one, other, PROFILE) == Verdict()
    finding = only(anonymity.share_nothing(one, one, PROFILE))
    assert (finding.rule, finding.name) == ("identifier shared", "_ga")
    assert finding.sentence == 'The cookie "_ga" of shop.example has the same value in two profiles'


def test_what_another_device_was_given_too_recognises_no_browser() -> None:
    route = state(20.0, cookie("route", TOKEN))
    same = timeline(visit(), route)
    doubt = 'a visitor with another device holds the same value in the cookie "route"'
    assert anonymity.share_nothing(same, same, PROFILE, lambda: same) == Verdict((), (doubt,))
    again = timeline(visit(), route, state(40.0), state(50.0, cookie("route", TOKEN)))
    assert anonymity.came_back(again, PROFILE, (), 30.0, lambda: same) == Verdict((), (doubt,))


def test_what_another_device_was_not_given_does_recognise() -> None:
    mixed = timeline(visit(), state(20.0, cookie("route", TOKEN), cookie("_ga", f"{TOKEN}.1111aaaa2222bbbb")))
    other = timeline(visit(), state(20.0, cookie("route", TOKEN), cookie("_ga", f"{TOKEN}.3333cccc4444dddd")))
    verdict = anonymity.share_nothing(mixed, mixed, PROFILE, lambda: other)
    assert [finding.name for finding in verdict.findings] == ["_ga"]


MACHINES = (TOKEN, "5d41402abc4b2a76", "8e0398aa41f75d20")


def holding(*values: str, name: str = "SERVERID") -> Callable[[], Timeline]:
    """Visitors with other devices, who are given these values one after the other, and the last one from then on."""
    rest = [*values]

    def others() -> Timeline:
        return timeline(visit(), state(20.0, cookie(name, rest.pop(0) if len(rest) > 1 else rest[0])))

    return others


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param((MACHINES[1], MACHINES[0]), id="another has it too"),
        pytest.param((MACHINES[1], MACHINES[2], MACHINES[1]), id="two others have the same, a third has not"),
        pytest.param((MACHINES[0], MACHINES[0], MACHINES[0], MACHINES[2]), id="it is rare to have none of them"),
    ],
)
def test_the_name_of_one_of_a_few_machines_recognises_nobody(theirs: tuple[str, ...]) -> None:
    mine = state(20.0, cookie("SERVERID", MACHINES[0]))
    same, again = timeline(visit(), mine), timeline(visit(), mine, state(40.0), state(50.0, *mine.items))
    assert anonymity.share_nothing(same, same, PROFILE, holding(*theirs)) == Verdict()
    assert anonymity.came_back(again, PROFILE, (), 30.0, holding(*theirs)) == Verdict()


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param(OTHER_IDS, id="each has one of their own"),
        pytest.param(OTHER_IDS[:1], id="one for a kind of device"),
        pytest.param([f"{OTHER_IDS[0]}.{own}" for own in OTHER_IDS], id="a kind's with one of their own"),
    ],
)
def test_what_belongs_to_a_visitor_or_to_a_kind_of_device_recognises(theirs: tuple[str, ...]) -> None:
    mine = state(20.0, cookie("SERVERID", MACHINES[0]))
    same, again = timeline(visit(), mine), timeline(visit(), mine, state(40.0), state(50.0, *mine.items))
    assert only(anonymity.share_nothing(same, same, PROFILE, holding(*theirs))).name == "SERVERID"
    assert only(anonymity.came_back(again, PROFILE, (), 30.0, holding(*theirs))).name == "SERVERID"


def test_nobody_is_compared_where_nothing_was_found() -> None:
    def others() -> Timeline:
        raise AssertionError("nobody has to come")

    kept = timeline(visit(), state(20.0, cookie("_ga", TOKEN)), state(40.0))
    assert anonymity.came_back(kept, PROFILE, (), 30.0, others) == Verdict()
    assert anonymity.share_nothing(kept, timeline(visit(), state(20.0)), PROFILE, others) == Verdict()


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        (f"{TOKEN}.1795732859", f"{TOKEN}.1795732959", True),
        (f"{TOKEN}.1", f"{TOKEN}.2", True),
        (f"{TOKEN}.7654321", f"{TOKEN}.1928374", False),
        (f"{TOKEN}.1111aaaa2222bbbb", f"{TOKEN}.3333cccc4444dddd", False),
    ],
)
def test_a_counter_or_a_moment_beside_an_identifier_hides_it_not(one: str, other: str, is_shared: bool) -> None:
    mine = timeline(visit(1795732850.0), state(1795732860.0, cookie("uid", one)))
    theirs = timeline(visit(1795732950.0), state(1795732960.0, cookie("uid", other)))
    verdict = anonymity.share_nothing(mine, theirs, PROFILE)
    assert [found.rule for found in verdict.findings] == ["identifier shared"] * is_shared


def test_the_name_of_a_release_beside_a_moment_recognises_nobody() -> None:
    def at(moment: float) -> Timeline:
        return timeline(visit(moment - 9), state(moment + 1, cookie("release", f"9f86d081-{int(moment)}")))

    one, other, third = at(1795732859.0), at(1795732959.0), at(1795733859.0)
    assert anonymity.share_nothing(one, other, PROFILE, lambda: third).findings == ()
    assert only(anonymity.share_nothing(one, other, PROFILE, lambda: timeline(visit()))).name == "release"


def test_the_variant_of_an_experiment_that_everybody_takes_part_in_recognises_no_browser() -> None:
    mine = cookie("trial", "trial-12345678.B")
    phone = timeline(visit(), state(20.0, cookie("trial", "trial-12345678.A")))
    doubt = 'a visitor with another device holds the same value in the cookie "trial"'
    again = timeline(visit(), state(20.0, mine), state(40.0), state(50.0, mine))
    assert anonymity.came_back(again, PROFILE, (), 30.0, lambda: phone) == Verdict((), (doubt,))
    same = timeline(visit(), state(20.0, mine))
    assert anonymity.share_nothing(same, same, PROFILE, lambda: phone) == Verdict((), (doubt,))


def added(*theirs: Record) -> Verdict:
    """A product was put into the basket, and a service of statistics was told which one."""
    basket = state(20.0, cookie("basket", '[{"id": "sku-98765432", "n": 1}]'))
    counted = request("https://www.metrics.example/collect?id=sku-98765432", 21.0)
    mine = timeline(visit(), choice(5.0, "analytics"), basket, counted)
    return anonymity.functionality_stays_home(mine, PROFILE, (), lambda: timeline(visit(), *theirs))


def test_the_name_of_what_a_page_shows_everybody_is_no_value_of_the_basket() -> None:
    assert only(added()).name == "basket"
    assert added(request("https://www.metrics.example/collect?id=sku-98765432", 21.0)) == Verdict()
    assert added(request("https://www.shop.example/lamp/sku-98765432.jpg", 21.0)) == Verdict()
    (doubt,) = added(state(20.0, cookie("basket", "sku-98765432"))).doubts
    assert doubt == 'a visitor with another device holds the same value in the cookie "basket"'


def test_short_values_are_the_same_for_everybody_and_recognise_nobody() -> None:
    same = timeline(visit(), state(20.0, cookie("session", "en-GB"), cookie("basket", "3")))
    assert anonymity.share_nothing(same, same, PROFILE) == Verdict()


def test_the_same_second_in_two_profiles_is_a_coincidence() -> None:
    counted = timeline(setting("_ga_1", "GS1.1.1795732859.1", 1795732859.1))
    beside = timeline(setting("_ga_1", "GS1.1.1795732859.1", 1795732859.9))
    later = timeline(setting("_ga_1", "GS1.1.1795732859.1", 1795732864.0))
    assert anonymity.share_nothing(counted, beside, PROFILE) == Verdict()
    for one, other in ((counted, later), (later, counted), (later, later)):
        finding = only(anonymity.share_nothing(one, other, PROFILE))
        assert (finding.rule, finding.name) == ("identifier shared", "_ga_1")


def test_the_moment_of_a_cookie_that_no_write_was_seen_of() -> None:
    seen = timeline(visit(), state(1795732850.0), state(1795732864.0, cookie("_ga_1", "GS1.1.1795732859.1")))
    assert anonymity.share_nothing(seen, seen, PROFILE) == Verdict()
    over = timeline(visit(), state(1795732862.0), state(1795732864.0, cookie("_ga_1", "GS1.1.1795732859.1")))
    assert only(anonymity.share_nothing(over, over, PROFILE)).rule == "identifier shared"


@pytest.mark.parametrize("string", [tc_string(), "DBABLA~BVQVAAAAAgA.QA"])
def test_a_consent_string_is_no_identifier(string: str) -> None:
    kept = cookie("consent-string", string)
    one = timeline(visit(), state(5, kept))
    assert anonymity.share_nothing(one, one, PROFILE) == Verdict()
    again = timeline(visit(), state(5, kept), state(20, kept), rest())
    assert anonymity.came_back(again, PROFILE, (), 10.0) == Verdict()
