"""No more visitors have a site open at once than its profile allows, whichever worker plays them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from consentinel.site.ways import Politeness
from consentinel.visitor.errors import SiteUnavailable
from consentinel.visitor.places import FURTHER, VisitorPlaces

SITE = "https://shop.example/"
FIRST, SECOND, THIRD = "first", "second", "third"


@pytest.fixture
def worker(tmp_path: Path) -> Callable[..., VisitorPlaces]:
    return lambda count, limit=0.2, site=SITE: VisitorPlaces(count, site, tmp_path, limit)


def is_refused(places: VisitorPlaces, visitor: str, why: str = "a place at the site") -> bool:
    with pytest.raises(SiteUnavailable, match=why):
        places.take(visitor)
    return True


def test_who_comes_to_a_full_site_waits_until_somebody_leaves(worker: Callable[..., VisitorPlaces]) -> None:
    one, other = worker(1), worker(1, limit=30.0)
    one.take(FIRST)
    waiting = threading.Thread(target=other.take, args=(SECOND,))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    one.give_back(FIRST)
    waiting.join(30)
    assert not waiting.is_alive()
    other.give_back(SECOND)


def test_another_site_and_a_site_without_a_limit_are_free(worker: Callable[..., VisitorPlaces]) -> None:
    worker(1).take(FIRST)
    worker(1, site="https://garden.example/").take(FIRST)
    unlimited = worker(None)
    for visitor in range(20):
        unlimited.take(visitor)
    unlimited.give_back(0)
    assert Politeness().visitors_at_once is None


def test_a_scenario_that_needs_more_than_there_may_be_is_told_so(worker: Callable[..., VisitorPlaces]) -> None:
    places = worker(2)
    places.take(FIRST)
    places.take(SECOND)
    assert is_refused(places, THIRD, "lets 2 visitors be there at once .* needs more")
    places.give_back(SECOND)
    places.take(THIRD)


@pytest.mark.parametrize(("count", "scenarios"), [(1, 1), (2, 1), (4, 1), (FURTHER + 3, 3)])
def test_places_are_left_for_further_visitors(worker: Callable[..., VisitorPlaces], count: int, scenarios: int) -> None:
    workers = [worker(count) for _ in range(scenarios + 1)]
    for one in workers[:-1]:
        one.take(FIRST)
    assert is_refused(workers[-1], FIRST)
    for number in range(min(count - 1, FURTHER)):
        workers[0].take(number)


def test_one_scenario_at_a_time_has_further_visitors(worker: Callable[..., VisitorPlaces]) -> None:
    """Else two could wait for each other."""
    one, other = worker(10), worker(10)
    one.take(FIRST)
    other.take(FIRST)
    one.take(SECOND)
    one.take(THIRD)
    one.give_back(SECOND)
    assert is_refused(other, SECOND), "the third is still there"
    one.give_back(THIRD)
    other.take(SECOND)
    assert is_refused(one, SECOND)
    other.give_back(SECOND)
    one.take(SECOND)


def test_when_all_have_left_the_next_is_a_first_one(worker: Callable[..., VisitorPlaces]) -> None:
    places, other = worker(2), worker(2)
    places.take(FIRST)
    places.take(SECOND)
    places.give_back(FIRST)
    places.give_back(SECOND)
    other.take(FIRST)
    assert is_refused(places, THIRD)
    other.give_back(FIRST)
    places.take(THIRD)
    places.take(FIRST)


def test_who_has_no_place_gives_none_back(worker: Callable[..., VisitorPlaces]) -> None:
    one, other = worker(1), worker(1)
    one.take(FIRST)
    assert is_refused(other, SECOND)
    other.give_back(SECOND)
    one.give_back(SECOND)
    assert is_refused(other, SECOND)


def test_who_uses_an_account_keeps_what_another_could_wait_for(worker: Callable[..., VisitorPlaces]) -> None:
    """Else that other one, which waits for the account, would have it meanwhile."""
    one, other = worker(2), worker(2)
    one.take(FIRST)
    one.keep()
    one.give_back(FIRST)
    assert is_refused(other, FIRST), "the place is kept for this scenario's next visitor"
    one.take(SECOND)
    one.take(THIRD)
    one.give_back(SECOND)
    one.give_back(THIRD)
    one.release()
    other.take(FIRST)
    other.take(SECOND)


@pytest.mark.parametrize("count", [2, 10])
def test_one_scenario_at_a_time_waits_for_an_account(worker: Callable[..., VisitorPlaces], count: int) -> None:
    one, other = worker(count), worker(count)
    one.take(FIRST)
    one.keep()
    with pytest.raises(SiteUnavailable):
        other.keep()
    other.release()
    one.release()
    other.keep()


@pytest.mark.parametrize("count", [None, 1])
def test_where_there_are_no_further_visitors_nobody_waits_for_them(
    worker: Callable[..., VisitorPlaces], count: int | None
) -> None:
    one, other = worker(count), worker(count)
    one.keep()
    other.keep()
    one.release()
    other.release()
