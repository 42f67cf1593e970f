"""Which traffic is waited for, and for how long."""

from __future__ import annotations

import time

import pytest

from consentinel.evidence.standing import (
    GIVEN_UP,
    KNOWN,
    PATIENCE,
    ROUNDS,
    TO_A_SCRIPT,
    Flight,
    Memory,
    Standing,
)

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


def test_what_has_begun_before_a_look_is_waited_for_however_often_it_was_asked(standing: Standing) -> None:
    asked = flight()
    for _ in range(ROUNDS + 1):
        standing.happened(asked.name)
    standing.look()
    assert standing.left(asked) > 0
    assert standing.left(Flight(POLL, TO_A_SCRIPT)) == 0.0
    assert [stood.name for stood in standing.stood()] == [f"GET {POLL}"]


def test_a_few_requests_at_once_make_no_loop(standing: Standing) -> None:
    asked = flight()
    for _ in range(3):
        standing.happened(asked.name)
    assert standing.left(asked) > KNOWN
    assert standing.memory == Memory()
