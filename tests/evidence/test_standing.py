"""Which traffic is waited for, and for how long."""

from __future__ import annotations

import time

import pytest

from consentinel.evidence.standing import (
    GIVEN_UP,
    KNOWN,
    PATIENCE,
    ROUNDS,
    SURE,
    TO_A_SCRIPT,
    Flight,
    Memory,
    Standing,
    kind_of,
)
from consentinel.evidence.traffic import Traffic

POLL = "https://www.shop.example/poll"


def flight(since: float = 0.0, destination: str = TO_A_SCRIPT, *, endless: bool = False) -> Flight:
    """A request that left so many seconds ago."""
    return Flight(f"{POLL}?since={since}", destination, since=time.monotonic() - since, endless=endless)


@pytest.fixture
def standing() -> Standing:
    standing = Standing()
    standing.begin()
    return standing


@pytest.mark.parametrize(
    ("destination", "patience"), [(TO_A_SCRIPT, PATIENCE), ("script", GIVEN_UP), ("image", GIVEN_UP), ("", GIVEN_UP)]
)
def test_an_answer_is_waited_for_by_what_it_is_for(standing: Standing, destination: str, patience: float) -> None:
    assert standing.left(flight(0.0, destination)) == pytest.approx(patience, abs=0.5)
    assert standing.left(flight(patience + 1, destination)) == 0.0
    assert bool(standing.late) is (destination != TO_A_SCRIPT)


def test_what_was_waited_for_in_vain_is_waited_for_briefly_from_then_on(standing: Standing) -> None:
    standing.left(flight(PATIENCE + 1))
    other = Standing(standing.memory)
    assert other.left(flight()) == pytest.approx(KNOWN, abs=0.5)
    assert other.left(Flight("https://www.shop.example/other", TO_A_SCRIPT)) > KNOWN
    assert other.left(Flight(POLL, TO_A_SCRIPT, "POST")) > KNOWN, "another method is another request"


@pytest.mark.parametrize(("seconds", "is_forgotten"), [(0.5, True), (PATIENCE + 1, False)])
def test_what_answers_soon_is_waited_for_with_patience_again(seconds: float, is_forgotten: bool) -> None:
    memory = Memory(slow={flight().name})
    memory.answered(flight(seconds))
    assert (memory.slow == set()) is is_forgotten


def test_what_has_no_end_is_waited_for_briefly_and_leaves_no_doubt(standing: Standing) -> None:
    assert standing.left(flight(0.0, "audio", endless=True)) == pytest.approx(KNOWN, abs=0.5)
    assert standing.left(flight(KNOWN + 1, "audio", endless=True)) == 0.0
    assert standing.late == set()


def test_what_happens_over_and_over_is_no_news(standing: Standing) -> None:
    told = [standing.happened("set cookie _ga") for _ in range(ROUNDS + 5)]
    assert told == [True] * ROUNDS + [False] * 5
    assert standing.happened("set cookie other")
    assert standing.latest == "set cookie other"
    standing.begin()
    assert standing.happened("set cookie _ga")


def rounds(standing: Standing, name: str, asked: int, answered: int) -> None:
    """So many requests of a name, and so many answers to them."""
    for number in range(asked):
        standing.happened(name)
        if number < answered:
            standing.happened(f"answer {name}")


def passes(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    begun = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: begun + seconds)


def test_what_goes_round_is_waited_for_until_nothing_new_comes_of_it(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing.look()
    rounds(standing, flight().name, ROUNDS + 2, ROUNDS + 1)
    assert standing.left(Flight(POLL, "image")) == pytest.approx(SURE, abs=0.5)
    passes(monkeypatch, SURE + 0.1)
    assert standing.left(Flight(POLL, "image")) == 0.0
    assert standing.memory.loops == {flight().name}
    assert [stood.name for stood in standing.stood()] == [f"GET {POLL}"]
    assert standing.doubt() == ""


def test_the_next_round_is_not_waited_for_either_once_its_request_was_made(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page whose pictures come one after the other has always just asked for one that is not on its way yet."""
    traffic = Traffic(None, standing=standing)
    rounds(standing, flight().name, ROUNDS + 2, ROUNDS + 1)
    passes(monkeypatch, SURE + 0.1)
    for address in (POLL, "https://www.shop.example/other"):
        traffic.made("element", address, "img")
    assert set(traffic.going_on()) == {"https://www.shop.example/other"}


def test_what_has_begun_before_a_look_is_waited_for_however_often_it_was_asked(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = flight(0.0, "image")
    rounds(standing, asked.name, ROUNDS + 2, ROUNDS + 1)
    passes(monkeypatch, SURE + 0.1)
    standing.look()
    assert standing.left(asked) > 0


@pytest.mark.parametrize("destination", [TO_A_SCRIPT, "image"])
def test_many_requests_of_one_kind_that_are_not_answered_yet_are_waited_for(
    standing: Standing, monkeypatch: pytest.MonkeyPatch, destination: str
) -> None:
    """A page of thirty products asks for each of them: no loop, however long the first answers take."""
    standing.look()
    flights = [Flight(f"https://www.shop.example/product/{number}", destination) for number in range(ROUNDS + 10)]
    rounds(standing, flights[0].name, len(flights), 3)
    passes(monkeypatch, SURE + 0.1)
    assert all(standing.left(one) > 0 for one in flights)


def test_a_loop_that_is_known_makes_nobody_hurry_elsewhere(standing: Standing) -> None:
    standing.memory.loops.add(flight().name)
    standing.happened(flight().name)
    assert standing.left(flight()) == pytest.approx(PATIENCE, abs=0.5)
    rounds(standing, flight().name, 3, 3)
    assert standing.left(flight()) == pytest.approx(KNOWN, abs=0.5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("GET https://cdn7.shop.example:8443/img/0012/a3.jpg", "GET https://cdn7.shop.example:8443/img/#/a#.jpg"),
        ("set local_storage ga_12", "set local_storage ga_12"),
        ("GET https://192.0.2.1/", "GET https://192.0.2.1/"),
    ],
)
def test_the_numbers_of_a_path_make_no_kind(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_few_requests_at_once_make_no_loop(standing: Standing) -> None:
    asked = flight()
    for _ in range(3):
        standing.happened(asked.name)
    assert standing.left(asked) > KNOWN
    assert standing.memory == Memory()
